// 揭示并抽取: the nonce is opened, the seed follows, and the list is computed from the frame that was committed. It can be
// computed any number of times, by any process: it is the same list, and the first one saved is the one that stays.
import { sql } from 'kysely';
import type { Entropy } from '../../core/draw/entropy';
import type { SealedPlan } from '../../core/draw/plan';
import type { CeremonyRefusal } from '../../schema/ceremony';
import { changeOne } from '../db/change-one';
import { listOf, saveDrawn } from '../draw';
import { compute, type Running } from '../draw-compute';
import { isSalted } from './digits';
import { storedFrame } from './freeze';
import { openNonce, type NonceOwner } from './nonce';
import { drawTables, refused, step, witnessesOf, type Acting, type CeremonyTables } from './step';

type Drawn = { ok: true; manifestHash: string } | CeremonyRefusal;
/** What was sealed and what was drawn; or the hash of what another process has drawn already. */
type Ready<Plan> = Drawn | { ok: true; plan: Plan; entropy: Entropy };

export async function drawLocked(acting: Acting, id: number, running: Running = {}): Promise<Drawn> {
	const { county, at } = acting;
	const { onProgress, signal } = running;
	const ready = await readyDraw<SealedPlan>(acting, id);
	if (!ready.ok) return ready;
	if ('manifestHash' in ready) return ready;
	const { plan, entropy } = ready;
	onProgress?.({ step: 'freeze', done: 0, total: 1 });
	const outcome = await compute({ work: 'draw', ...(await storedFrame(acting, id)), plan, entropy }, running);
	if (!outcome.ok && outcome.reason === 'frame_differs') return refused('frame_differs');
	if (!outcome.ok) throw new Error(`the entropy of draw ${id} was refused: ${JSON.stringify(outcome)}`);
	const { manifest } = outcome;
	onProgress?.({ step: 'save', done: 0, total: 1 });
	return step(acting, id, ['locked', 'drawn'], async ({ trx, draw, note }) => {
		const list = listOf(manifest, entropy, at);
		// Another process was faster: its list is this one.
		if (draw.manifest_hash !== null) return { ok: true, manifestHash: draw.manifest_hash };
		await changeOne(
			trx
				.updateTable('app.draw')
				.set({ state: 'drawn', ...list })
				.where('county', '=', county.code)
				.where('id', '=', id)
		);
		await saveDrawn(trx, county.code, id, manifest, signal);
		await note('drawn', {
			...{ commitment: manifest.commitment, assurance: manifest.assurance },
			...{ manifestHash: list.manifest_hash, selectedRoot: list.selected_root }
		});
		signal?.throwIfAborted();
		return { ok: true, manifestHash: list.manifest_hash };
	});
}

/** Everything the seed is made of, or why it cannot be made. */
export async function readyDraw<Plan>(
	{ db, county, secret, at, actor, tables = drawTables }: Acting,
	id: number
): Promise<Ready<Plan>> {
	const row = await db
		.selectFrom(`${tables.draw} as d`)
		.innerJoin(`${tables.ceremony} as c`, (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.where('d.county', '=', county.code)
		.where('d.id', '=', id)
		.select(['d.state', 'd.manifest_hash', 'c.sealed_plan', 'c.beacon_kind', 'c.beacon_value'])
		.select(['c.beacon_after'])
		.select(sql<Buffer | null>`${sql.raw(tables.nonce)}(d.county, d.id)`.as('nonce_sealed'))
		.executeTakeFirst();
	if (!row) return refused('no_such_draw');
	if (row.state === 'drawn' && row.manifest_hash) return { ok: true, manifestHash: row.manifest_hash };
	if (row.state !== 'locked' || !row.sealed_plan || !row.nonce_sealed) return refused('wrong_state');
	if (row.beacon_kind && row.beacon_value === null)
		return refused('beacon_missing', {
			...(row.beacon_after && row.beacon_after > at && { until: row.beacon_after.toISOString() })
		});
	const witnesses = await witnessesOf(db, county.code, id, tables);
	if (witnesses.some(({ account }) => account === actor)) return refused('is_witness');
	const nonce = openNonce(secret, nonceOwner(county.code, id, tables), row.nonce_sealed);
	if (nonce === null) return refused('nonce_lost');
	const entropy: Entropy = {
		beacon: row.beacon_value,
		digits: witnesses.map(({ digits }) => digits ?? ''),
		nonce,
		salts: isSalted(witnesses) ? witnesses.map(({ salt }) => salt ?? '') : []
	};
	return { ok: true, plan: JSON.parse(row.sealed_plan) as Plan, entropy };
}

export const nonceOwner = (county: string, id: number, tables: CeremonyTables): NonceOwner => ({
	county,
	draw: tables === drawTables ? id : `${tables.noun}/${id}`
});
