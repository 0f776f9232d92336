// What an area or a list of townships holds, counted by township and kind. The rules 相交 / 包含 / 中心点 are those by
// which a plan freezes its frame, from the same expressions, so the counts shown are the frame that will be.
import { sql } from 'kysely';
import type { TargetKind } from '../core/model';
import type { AreaRule } from '../schema/plan';
import type { Database } from './db/database';
import { areaGeometry, meetsArea } from './frame';

export interface TownshipCount {
	township: string;
	kind: TargetKind;
	/** All current targets, and those of them that are active and so can be drawn. */
	total: number;
	active: number;
}

export interface Township {
	code: string;
	name: string;
	bounds: [west: number, south: number, east: number, north: number];
}

/** Counts over the current registry. area: GeoJSON in EPSG:4490, null for the whole county. */
export async function countSelection(
	db: Database,
	county: string,
	selection: { area: string | null; rule: AreaRule; townships: readonly string[] | null }
): Promise<TownshipCount[]> {
	const { area, rule, townships } = selection;
	const geometry = area === null ? sql`NULL` : areaGeometry(area);
	const within = area === null ? sql`true` : meetsArea(sql`(SELECT geom FROM area)`, rule);
	const inTownship = townships === null ? sql`true` : sql`t.township = ANY(${[...townships]})`;
	const { rows } = await sql<TownshipCount>`
		WITH area AS MATERIALIZED (SELECT ${geometry} AS geom)
		SELECT t.township, t.kind, count(*)::int AS total, count(*) FILTER (WHERE t.status = 'active')::int AS active
		FROM app.current_target t WHERE t.county = ${county} AND ${inTownship} AND ${within}
		GROUP BY t.township, t.kind ORDER BY t.township, t.kind`.execute(db);
	return rows;
}

export async function listTownships(db: Database, county: string): Promise<Township[]> {
	const { rows } = await sql<Township>`
		SELECT code, name, ARRAY[ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)] AS bounds
		FROM app.current_township WHERE county = ${county} ORDER BY code COLLATE "C"`.execute(db);
	return rows;
}

/** What the townships cover, else the targets, in degrees; null where there is neither. */
export async function countyBounds(db: Database, county: string): Promise<Township['bounds'] | null> {
	const { rows } = await sql<{ bounds: Township['bounds'] | null }>`
		SELECT CASE WHEN box IS NOT NULL THEN ARRAY[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] END AS bounds
		FROM (SELECT coalesce((SELECT ST_Extent(geom) FROM app.current_township WHERE county = ${county}),
			(SELECT ST_Extent(point) FROM app.current_target WHERE county = ${county})) AS box) extent`.execute(db);
	return rows[0]?.bounds ?? null;
}

export interface BoundaryNote {
	sketch: boolean;
	provenance: string;
	licence: string | null;
	reviewNumber: string | null;
}

/** Where the township boundaries on the map come from; the newest source of the current ones. */
export async function boundaryNote(db: Database, county: string): Promise<BoundaryNote | null> {
	const row = await db
		.selectFrom('app.boundary_source')
		.select(['sketch', 'provenance', 'licence', 'review_number as reviewNumber'])
		.where('county', '=', county)
		.where('id', 'in', (query) =>
			query.selectFrom('app.current_township').select('source').where('county', '=', county)
		)
		.orderBy('id', 'desc')
		.executeTakeFirst();
	return row ?? null;
}

/**
 * Every current target as numbers, for counting while drawing: a JSON head (townships in order), then degrees × 10⁶
 * east and north as int32, then one uint16 per target: township × 4 + (land parcel ? 2 : 0) + (active ? 1 : 0).
 * Little-endian; the head is padded to a multiple of 4 and its length comes first as uint32.
 */
export async function pointIndex(db: Database, county: string): Promise<Uint8Array<ArrayBuffer>> {
	const { rows } = await sql<{ x: number; y: number; township: string; kind: TargetKind; active: boolean }>`
		SELECT round(ST_X(point) * 1000000)::int AS x, round(ST_Y(point) * 1000000)::int AS y, township, kind,
			status = 'active' AS active
		FROM app.current_target WHERE county = ${county}`.execute(db);
	const townships = [...new Set(rows.map((row) => row.township))].sort();
	const numbers = new Map(townships.map((code, k) => [code, k]));
	const text = new TextEncoder().encode(JSON.stringify({ count: rows.length, townships }));
	const head = Math.ceil(text.length / 4) * 4;
	const bytes = new Uint8Array(4 + head + rows.length * 10).fill(32, 4, 4 + head);
	bytes.set(text, 4);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, head, true);
	const [east, north, flags] = [4 + head, 4 + head + rows.length * 4, 4 + head + rows.length * 8];
	rows.forEach((row, k) => {
		view.setInt32(east + 4 * k, row.x, true);
		view.setInt32(north + 4 * k, row.y, true);
		const township = (numbers.get(row.township) ?? 0) * 4;
		view.setUint16(
			flags + 2 * k,
			township + (row.kind === 'land_parcel' ? 2 : 0) + (row.active ? 1 : 0),
			true
		);
	});
	return bytes;
}

/** Current targets per H3 cell of resolution 9, by kind: coarser cells are summed from these. */
export async function finestCells(
	db: Database,
	county: string
): Promise<{ cell: string; mining: number; parcels: number }[]> {
	const { rows } = await sql<{ cell: string; mining: number; parcels: number }>`
		SELECT cell, count(*) FILTER (WHERE kind = 'mining_right')::int AS mining,
			count(*) FILTER (WHERE kind = 'land_parcel')::int AS parcels
		FROM app.current_target WHERE county = ${county} GROUP BY cell`.execute(db);
	return rows;
}

/** Names of the 自然资源所. */
export async function officeNames(db: Database, county: string): Promise<string[]> {
	const rows = await db.selectFrom('app.office').select('name').where('county', '=', county).execute();
	return rows.map((row) => row.name);
}

/** Each character of the current targets' names once. */
export async function nameCharacters(db: Database, county: string): Promise<string> {
	const rows = await db
		.selectFrom('app.current_target')
		.select('name')
		.distinct()
		.where('county', '=', county)
		.execute();
	const characters = new Set<string>();
	for (const { name } of rows) for (const character of name) characters.add(character);
	return [...characters].join('');
}
