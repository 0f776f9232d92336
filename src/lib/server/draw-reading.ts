// What the pages and downloads about draws read. Names of targets, parties and townships are those of the draw's day.
import { sql } from 'kysely';
import type { Entropy } from '../core/draw/entropy';
import type { Database } from './db/database';

/** Newest first; plan: only those of one plan. */
export const listDraws = (db: Database, county: string, plan?: string) =>
	db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.where('d.county', '=', county)
		.$if(plan !== undefined, (query) => query.where('d.plan', '=', plan ?? ''))
		.select([
			'd.id',
			'd.kind',
			'd.state',
			'd.assurance',
			'd.seq',
			'd.frame_size as frameSize',
			'd.sample_size as sampleSize',
			'd.drawn_at as drawnAt',
			'd.plan',
			'p.name as planName'
		])
		.orderBy('d.id', 'desc')
		.execute();

/** Everything but the manifest's text. */
export async function readDraw(db: Database, county: string, id: number) {
	const row = await db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', id)
		.select([
			'd.id',
			'd.kind',
			'd.state',
			'd.assurance',
			'd.seq',
			'd.commitment',
			'd.seed',
			'd.entropy',
			'd.manifest_hash as manifestHash',
			'd.selected_root as selectedRoot',
			'd.frame_size as frameSize',
			'd.sample_size as sampleSize',
			'd.drawn_at as drawnAt',
			'd.plan',
			'p.name as planName'
		])
		.executeTakeFirst();
	return row && { ...row, entropy: row.entropy as unknown as Entropy };
}

export const drawOrders = ['serial', 'township', 'chance'] as const;
export type DrawOrder = (typeof drawOrders)[number];

export interface DrawnRow {
	serial: number;
	code: string;
	name: string | null;
	party: string | null;
	township: string;
	cell: string;
	/** a_i in units of 2⁻³⁰. */
	mass: number;
	substitutes: { code: string; name: string | null }[];
}

/** One page of the drawn, each with its substitutes in their order. */
export async function drawnRows(
	db: Database,
	county: string,
	id: number,
	shown: { township: string | null; order: DrawOrder; offset: number; limit: number }
): Promise<DrawnRow[]> {
	const order = {
		serial: sql`d.serial`,
		township: sql`f.township, d.serial`,
		chance: sql`f.mass DESC, d.serial`
	}[shown.order];
	const { rows } = await sql<DrawnRow>`
		SELECT d.serial, d.target AS code, t.name, p.name AS party, f.township, f.cell, f.mass,
			coalesce((SELECT json_agg(json_build_object('code', s.target, 'name', st.name) ORDER BY s.rank)
				FROM app.drawn s LEFT JOIN app.target st
					ON st.county = s.county AND st.code = s.target AND st.valid @> w.drawn_at
				WHERE s.county = d.county AND s.draw = d.draw AND s.serial = d.serial AND s.rank > 0), '[]') AS substitutes
		FROM app.drawn d
			JOIN app.draw w ON w.county = d.county AND w.id = d.draw
			JOIN app.frame f ON f.county = d.county AND f.draw = d.draw AND f.target = d.target
			LEFT JOIN app.target t ON t.county = d.county AND t.code = d.target AND t.valid @> w.drawn_at
			LEFT JOIN app.party p ON p.county = t.county AND p.uscc = t.party
		WHERE d.county = ${county} AND d.draw = ${id} AND d.rank = 0
			AND (${shown.township}::text IS NULL OR f.township = ${shown.township})
		ORDER BY ${order} LIMIT ${shown.limit} OFFSET ${shown.offset}`.execute(db);
	return rows;
}

export interface TownshipSummary {
	township: string;
	name: string | null;
	size: number;
	/** A_h in units of 2⁻³⁰. */
	mass: number;
	drawn: number;
}

/** Each township of the frame: what it was due and what was drawn. */
export async function townshipSummary(db: Database, county: string, id: number): Promise<TownshipSummary[]> {
	const { rows } = await sql<TownshipSummary>`
		SELECT f.township, w.name, count(*)::int AS size, sum(f.mass)::bigint AS mass, count(d.target)::int AS drawn
		FROM app.frame f
			JOIN app.draw g ON g.county = f.county AND g.id = f.draw
			LEFT JOIN app.drawn d ON d.county = f.county AND d.draw = f.draw AND d.target = f.target AND d.rank = 0
			LEFT JOIN app.township w ON w.county = f.county AND w.code = f.township AND w.valid @> g.drawn_at
		WHERE f.county = ${county} AND f.draw = ${id}
		GROUP BY f.township, w.name ORDER BY f.township COLLATE "C"`.execute(db);
	return rows;
}

/** Parts of cells: all, those with a drawn target, and those whose share (one or more) promised one. */
export async function cellSummary(db: Database, county: string, id: number) {
	const { rows } = await sql<{ cells: number; covered: number; sure: number }>`
		SELECT count(*)::int AS cells, (count(*) FILTER (WHERE drawn > 0))::int AS covered,
			(count(*) FILTER (WHERE mass >= 1073741824))::int AS sure
		FROM (SELECT sum(f.mass) AS mass, count(d.target) AS drawn
			FROM app.frame f LEFT JOIN app.drawn d
				ON d.county = f.county AND d.draw = f.draw AND d.target = f.target AND d.rank = 0
			WHERE f.county = ${county} AND f.draw = ${id} GROUP BY f.township, f.cell) part`.execute(db);
	return rows[0] ?? { cells: 0, covered: 0, sure: 0 };
}

export const excludedRows = (db: Database, county: string, id: number) =>
	db
		.selectFrom('app.excluded')
		.where('county', '=', county)
		.where('draw', '=', id)
		.select(['target as id', 'reason', 'salt'])
		.orderBy(sql`target COLLATE "C"`)
		.execute();

/** The canonical bytes of the manifest, as text. */
export const manifestText = (db: Database, county: string, id: number) =>
	db
		.selectFrom('app.draw')
		.where('county', '=', county)
		.where('id', '=', id)
		.select('manifest')
		.executeTakeFirst()
		.then((row) => row?.manifest);

/** Whether any text of the frame or of what was left out holds a comma, which the CSV cannot carry (protocol §2). */
export async function holdsComma(db: Database, county: string, id: number): Promise<boolean> {
	const { rows } = await sql<{ found: boolean }>`SELECT EXISTS (SELECT FROM app.frame
			WHERE county = ${county} AND draw = ${id} AND position(',' IN target || township || cell) > 0)
		OR EXISTS (SELECT FROM app.excluded
			WHERE county = ${county} AND draw = ${id} AND position(',' IN target || reason) > 0) AS found`.execute(db);
	return rows[0]?.found ?? false;
}

/** Rows of one statement of a download. */
const BATCH = 20_000;

/** The frame in its order, in batches, so that a large one is never whole in memory. */
export async function* frameRows(db: Database, county: string, id: number) {
	let after: string | null = null;
	for (;;) {
		const rows = await frameQuery(db, county, id, after).execute();
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = rows.at(-1)?.id ?? null;
	}
}

const frameQuery = (db: Database, county: string, id: number, after: string | null) =>
	db
		.selectFrom('app.frame')
		.where('county', '=', county)
		.where('draw', '=', id)
		.$if(after !== null, (query) => query.where(sql<boolean>`target COLLATE "C" > ${after}`))
		.select(['target as id', 'township', 'cell', 'x', 'y', 'weight', 'take', 'salt'])
		.orderBy(sql`target COLLATE "C"`)
		.limit(BATCH);
