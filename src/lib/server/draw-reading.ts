// What the pages and downloads about draws read. Names are those of the draw's day. Nothing here joins a frame with the
// drawn: right after a large draw PostgreSQL has no statistics of its rows, and such a join can take minutes.
import { sql, type NotNull } from 'kysely';
import { compareUtf8 } from '../core/bytes/compare';
import type { Entropy } from '../core/draw/entropy';
import type { Excluded } from '../core/draw/frame';
import type { Manifest, Selected } from '../core/draw/manifest';
import type { Allocation } from '../core/draw/plan';
import type { Database } from './db/database';
import { inBatches, type FrameLine } from './frame-batches';
import { byCodes, isUnderPseudonyms } from './pseudonyms';

/** A draw of the county as its lists show it. */
const draws = (db: Database, county: string) =>
	db
		.selectFrom('app.draw as d')
		.innerJoin('app.plan as p', (join) =>
			join.onRef('p.county', '=', 'd.county').onRef('p.id', '=', 'd.plan')
		)
		.where('d.county', '=', county)
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
		]);

/** Newest first; plan: only those of one plan. */
export const listDraws = (db: Database, county: string, plan?: string) =>
	draws(db, county)
		.$if(plan !== undefined, (query) => query.where('d.plan', '=', plan ?? ''))
		.orderBy('d.id', 'desc')
		.execute();

/** A draw that has a list, with everything but the manifest's text. */
export async function readDraw(db: Database, county: string, id: number) {
	const row = await draws(db, county)
		.where('d.id', '=', id)
		.where('d.manifest_hash', 'is not', null)
		.select([
			'd.commitment',
			'd.seed',
			'd.entropy',
			'd.manifest_hash as manifestHash',
			'd.selected_root as selectedRoot'
		])
		.$narrowType<{
			drawnAt: NotNull;
			commitment: NotNull;
			seed: NotNull;
			manifestHash: NotNull;
			selectedRoot: NotNull;
		}>()
		.executeTakeFirst();
	return row && { ...row, entropy: row.entropy as unknown as Entropy };
}

/** The list as it was hashed, by the registry's codes: the pages show it, and take from the tables only the names. */
export async function readManifest(db: Database, county: string, id: number): Promise<Manifest | undefined> {
	const text = await manifestText(db, county, id);
	return text === undefined ? undefined : byCodes(db, county, id, JSON.parse(text) as Manifest);
}

export const drawOrders = ['serial', 'township', 'chance'] as const;
export type DrawOrder = (typeof drawOrders)[number];

export interface DrawnRow extends Selected {
	name: string | null;
	party: string | null;
	substitutes: { id: string; name: string | null }[];
}

/** One page of the drawn, each with its substitutes in their order. */
export async function drawnRows(
	db: Database,
	county: string,
	manifest: Manifest,
	at: Date,
	shown: { township: string | null; order: DrawOrder; offset: number; limit: number }
): Promise<DrawnRow[]> {
	const compare = {
		serial: () => 0,
		township: (a: Selected, b: Selected) => compareUtf8(a.township, b.township),
		chance: (a: Selected, b: Selected) => b.mass - a.mass
	}[shown.order];
	const page = manifest.selected
		.filter(({ township }) => shown.township === null || township === shown.township)
		.sort(compare)
		.slice(shown.offset, shown.offset + shown.limit);
	const substitutesOf = ({ id }: Selected) => manifest.substitutes[id] ?? [];
	const named = await targetNames(db, county, at, [
		...page.map(({ id }) => id),
		...page.flatMap(substitutesOf)
	]);
	return page.map((row) => ({
		...row,
		name: named.get(row.id)?.name ?? null,
		party: named.get(row.id)?.party ?? null,
		substitutes: substitutesOf(row).map((id) => ({ id, name: named.get(id)?.name ?? null }))
	}));
}

/** Targets as they were called at `at`; one that was not there is absent. */
async function targetNames(db: Database, county: string, at: Date, codes: string[]) {
	const { rows } = await sql<{ code: string; name: string; party: string | null }>`
		SELECT t.code, t.name, p.name AS party
		FROM app.target t LEFT JOIN app.party p ON p.county = t.county AND p.uscc = t.party
		WHERE t.county = ${county} AND t.code = ANY(${codes}) AND t.valid @> ${at}::timestamptz`.execute(db);
	return new Map(rows.map(({ code, ...names }) => [code, names]));
}

/** Township codes of a frame to their names at `at`. */
export async function townshipNamesAt(db: Database, county: string, at: Date): Promise<Map<string, string>> {
	const { rows } = await sql<{ code: string; name: string }>`
		SELECT code, name FROM app.township WHERE county = ${county} AND valid @> ${at}::timestamptz`.execute(db);
	return new Map(rows.map(({ code, name }) => [code, name]));
}

/** A township of the frame: A_h it was due (`mass`, in units of 2⁻³⁰) and what was drawn. */
export interface TownshipSummary extends Allocation {
	drawn: number;
}

export function townshipSummary({ plan, selected }: Manifest): TownshipSummary[] {
	const drawn = new Map<string, number>();
	for (const { township } of selected) drawn.set(township, (drawn.get(township) ?? 0) + 1);
	return plan.allocation.map((due) => ({ ...due, drawn: drawn.get(due.township) ?? 0 }));
}

/** Parts of cells: all, those with a drawn target, and those whose share (one or more) promised one. */
export async function cellSummary(db: Database, county: string, id: number, { selected }: Manifest) {
	const { rows } = await sql<{ cells: number; sure: number }>`
		SELECT count(*)::int AS cells, (count(*) FILTER (WHERE mass >= 1073741824))::int AS sure
		FROM (SELECT sum(mass) AS mass FROM app.frame
			WHERE county = ${county} AND draw = ${id} GROUP BY township, cell) part`.execute(db);
	const covered = new Set(selected.map(({ township, cell }) => `${township} ${cell}`)).size;
	return { cells: rows[0]?.cells ?? 0, sure: rows[0]?.sure ?? 0, covered };
}

/** What was left out, in the order and under the ids that were committed. */
export async function excludedRows(db: Database, county: string, id: number): Promise<Excluded[]> {
	const { rows } =
		await sql<Excluded>`SELECT coalesce(pseudonym, target) AS id, reason, salt FROM app.excluded
		WHERE county = ${county} AND draw = ${id} ORDER BY coalesce(pseudonym, target) COLLATE "C"`.execute(db);
	return rows;
}

/** The canonical bytes of the manifest, as text; undefined as long as there is none. */
export const manifestText = (db: Database, county: string, id: number) =>
	db
		.selectFrom('app.draw')
		.where('county', '=', county)
		.where('id', '=', id)
		.where('manifest', 'is not', null)
		.select('manifest')
		.$narrowType<{ manifest: NotNull }>()
		.executeTakeFirst()
		.then((row) => row?.manifest);

/** Whether any text of the frame or of what was left out holds a comma, which the CSV cannot carry (protocol §2). */
export async function holdsComma(db: Database, county: string, id: number): Promise<boolean> {
	const { rows } = await sql<{ found: boolean }>`SELECT EXISTS (SELECT FROM app.frame
			WHERE county = ${county} AND draw = ${id} AND position(',' IN coalesce(pseudonym, target) || township || cell) > 0)
		OR EXISTS (SELECT FROM app.excluded
			WHERE county = ${county} AND draw = ${id} AND position(',' IN coalesce(pseudonym, target) || reason) > 0) AS found`.execute(
		db
	);
	return rows[0]?.found ?? false;
}

/** The frame in its order, under the ids that were committed. */
export async function* frameRows(db: Database, county: string, id: number) {
	const name = (await isUnderPseudonyms(db, county, id)) ? sql.ref('pseudonym') : sql.ref('target');
	yield* inBatches(async (after, most) => {
		const { rows } = await sql<FrameLine>`SELECT ${name} AS id, township, cell, x, y, weight, take, salt
			FROM app.frame WHERE county = ${county} AND draw = ${id} AND ${name} COLLATE "C" > ${after}
			ORDER BY ${name} COLLATE "C" LIMIT ${most}`.execute(db);
		return rows;
	});
}
