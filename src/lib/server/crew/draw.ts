// 揭示并抽取: the nonce is opened, seed₂ follows, the ticket picks one pairing of the portfolio. Who holds each seat, and who
// would take it, is saved with it. Computed again by anybody it is the same; the first one saved stays.
import { sql, type Transaction } from 'kysely';
import { canonicalBytes } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { taggedHash } from '../../core/bytes/sha256';
import type { CrewDocument } from '../../core/crew/document';
import type { CrewPlan } from '../../core/crew/ticket';
import type { CrewRefusal } from '../../schema/crew-draw';
import { readyDraw } from '../ceremony/draw';
import { refused, step, type Acting } from '../ceremony/step';
import type { DB } from '../db/schema';
import { documentOf, readLottery } from './lottery-reading';
import { onCrews } from './tables';

/** H(TAG("fairlot/crew/document/1") ‖ JCS(document)). */
export const documentHashOf = (document: CrewDocument): string =>
	toHex(taggedHash('fairlot/crew/document/1', canonicalBytes(document)));

export async function drawCrews(
	acting: Acting,
	id: number
): Promise<{ ok: true; manifestHash: string } | CrewRefusal> {
	const { db, county, at } = acting;
	const ready = await readyDraw<CrewPlan>(onCrews(acting), id);
	if (!ready.ok || 'manifestHash' in ready) return ready;
	const kept = await readLottery(db, county.code, id);
	if (!kept) return refused('no_such_draw');
	const document = documentOf({ ...kept, entropy: ready.entropy })!;
	const manifestHash = documentHashOf(document);
	return step(onCrews(acting), id, ['locked', 'drawn'], async ({ trx, draw, note }) => {
		// Another process was faster: its crews are these.
		if (draw.manifest_hash !== null) return { ok: true, manifestHash: draw.manifest_hash };
		await trx
			.updateTable('app.crew_draw')
			.set({
				...{ state: 'drawn', entropy: JSON.stringify(ready.entropy), seed: document.seed },
				...{ ticket: document.ticket, manifest_hash: manifestHash, drawn_at: at }
			})
			.where('county', '=', county.code)
			.where('id', '=', id)
			.execute();
		await saveCrews(trx, county.code, id, document);
		await note('drawn', {
			...{ commitment: document.commitment, seed: document.seed, ticket: document.ticket },
			documentHash: manifestHash
		});
		return { ok: true, manifestHash };
	});
}

async function saveCrews(
	trx: Transaction<DB>,
	county: string,
	draw: number,
	{ problem, drawn, replacements }: CrewDocument
): Promise<void> {
	const seats = problem.routes.flatMap(({ id: route, day }) =>
		drawn![route]!.map((alias, k) => ({ route, day, seat: k + 1, alias }))
	);
	const order = seats.flatMap(({ route, seat }) =>
		replacements![route]![seat - 1]!.map((alias, i) => ({ route, seat, rank: i + 1, alias }))
	);
	await sql`INSERT INTO app.crew_order (county, draw, route, seat, rank, alias)
		SELECT ${county}, ${draw}::integer, route, seat, rank, alias FROM json_to_recordset(${JSON.stringify(order)}::json)
			AS r (route text, seat integer, rank integer, alias text)`.execute(trx);
	await sql`INSERT INTO app.crew_member (county, draw, route, seat, turn, alias, day, inspector)
		SELECT ${county}, ${draw}::integer, r.route, r.seat, 0, r.alias, r.day, i.inspector
		FROM json_to_recordset(${JSON.stringify(seats)}::json) AS r (route text, seat integer, alias text, day date)
		JOIN app.crew_inspector i ON i.county = ${county} AND i.draw = ${draw}::integer AND i.alias = r.alias`.execute(
		trx
	);
}
