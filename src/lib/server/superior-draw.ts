// 上级抽取: a list drawn by a superior body is taken over as it is, under its document number, and never redrawn here. It has
// no frame, no chance and no commitment of ours, and says so; its targets must be in the registry.
import { sql } from 'kysely';
import type { SuperiorForm } from '../schema/superior-draw';
import type { Database } from './db/database';
import { nextNumber } from './draw';
import { append } from './ledger';
import { insertPlan } from './plan';

export type SuperiorOutcome =
	| { ok: true; draw: number }
	/** Codes that the registry does not hold under this kind. */
	| { ok: false; unknown: string[] };

export function importSuperior(
	db: Database,
	county: string,
	{ document, body, kind, drawnOn, codes }: SuperiorForm,
	actor: string,
	at: Date
): Promise<SuperiorOutcome> {
	return db.transaction().execute(async (trx) => {
		const { rows } = await sql<{ code: string }>`SELECT code FROM app.current_target
			WHERE county = ${county} AND kind = ${kind} AND code = ANY(${codes})`.execute(trx);
		const known = new Set(rows.map(({ code }) => code));
		const unknown = codes.filter((code) => !known.has(code));
		if (unknown.length > 0) return { ok: false, unknown };
		const plan = await insertPlan(
			trx,
			county,
			{
				...{ name: `${body} ${document}`, kind, area: null, areaRule: 'intersects', townships: null },
				...{ sampleSize: codes.length, ratioPercent: null, minPerTownship: 0, h3Resolution: 7, grid: 1 },
				...{ substitutes: 0, multipliers: { A: 1, B: 1, C: 1, D: 1, blacklist: 1 } }
			},
			at,
			actor
		);
		const id = await nextNumber(trx, county);
		await trx
			.insertInto('app.draw')
			.values({
				...{ county, id, plan, kind, state: 'drawn', source: 'superior', assurance: 'superior' },
				...{
					frame_size: codes.length,
					sample_size: codes.length,
					drawn_at: new Date(`${drawnOn}T00:00:00+08:00`)
				}
			})
			.execute();
		await sql`INSERT INTO app.drawn (county, draw, target, role, serial)
			SELECT ${county}, ${id}::integer, code, 'superior', place
			FROM unnest(${codes}::text[]) WITH ORDINALITY AS list (code, place)`.execute(trx);
		await append(trx, county, {
			type: 'draw.superior',
			at: at.toISOString(),
			actor,
			draw: id,
			...{ plan, body, document, drawnOn, codes }
		});
		return { ok: true, draw: id };
	});
}

/** The list with the names its targets have now. */
export async function readSuperior(db: Database, county: string, id: number) {
	const draw = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', id)
		.where('d.source', '=', 'superior')
		.select(['d.id', 'd.kind', 'd.drawn_at as drawnAt', 'p.name'])
		.executeTakeFirst();
	if (!draw) return null;
	const { rows } = await sql<{
		serial: number;
		code: string;
		name: string;
		township: string;
		party: string | null;
	}>`
		SELECT n.serial, n.target AS code, t.name, coalesce(w.name, t.township) AS township, p.name AS party
		FROM app.drawn n JOIN app.current_target t ON t.county = n.county AND t.code = n.target
		LEFT JOIN app.current_township w ON w.county = t.county AND w.code = t.township
		LEFT JOIN app.party p ON p.county = t.county AND p.uscc = t.party
		WHERE n.county = ${county} AND n.draw = ${id} ORDER BY n.serial`.execute(db);
	return { ...draw, rows };
}
