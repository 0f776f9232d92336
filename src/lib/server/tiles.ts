// Vector tiles. The SQL brings every geometry into whole tile units itself, so that both engines run the same
// statement; the last step is ST_AsMVT where the database has it and mvt.ts where it has not (PGlite is built without).
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './db/database';
import { encodeTile, type TileFeature, type TilePart } from './mvt';

export const tileLayers = ['township', 'office', 'target'] as const;
export type TileLayer = (typeof tileLayers)[number];
export interface TileAddress {
	z: number;
	x: number;
	y: number;
}

export const isTileLayer = (name: string): name is TileLayer => tileLayers.includes(name as TileLayer);

/** Units along a tile's side, and how far beyond its edge geometry is kept so that lines do not break there. */
const extent = 4096;
const buffer = 64;
/** Targets are outlines from this zoom on; below it a parcel is a few pixels and is shown by its point. */
export const outlineZoom = 12;
/** Below this zoom, targets of one look within a square of 12 units (1.5 px) are one dot. */
const thinBelowZoom = 11;

/** What each layer is made of: the parts of its tiles and their fields, as TileJSON states them. */
export const layerParts: Record<
	TileLayer,
	{ name: string; fields: Record<string, string>; minzoom: number }[]
> = {
	township: [
		{ name: 'township', fields: { code: 'String', name: 'String' }, minzoom: 0 },
		{ name: 'township_label', fields: { code: 'String', name: 'String' }, minzoom: 0 }
	],
	office: [{ name: 'office', fields: { code: 'String', name: 'String' }, minzoom: 0 }],
	target: [
		{ name: 'target', fields: targetFields(), minzoom: outlineZoom },
		{ name: 'target_point', fields: targetFields(), minzoom: 0 }
	]
};

function targetFields(): Record<string, string> {
	return {
		code: 'String',
		kind: 'String',
		name: 'String',
		status: 'String',
		township: 'String',
		blacklisted: 'Boolean'
	};
}

/** A unit of a tile is 7 cm here; no closer one is given out. */
export const closestZoom = 17;

/** null for an address that is not of this world. */
export function parseAddress(z: string, x: string, y: string): TileAddress | null {
	if (![z, x, y].every((text) => /^\d{1,7}$/.test(text))) return null;
	const address = { z: Number(z), x: Number(x), y: Number(y) };
	const last = 2 ** address.z - 1;
	return address.z <= 22 && address.x <= last && address.y <= last ? address : null;
}

/** The tile as bytes, empty when nothing is there. `at`: the day whose blacklist counts. */
export async function tile(
	db: Database,
	county: string,
	layer: TileLayer,
	address: TileAddress,
	at: Date
): Promise<Uint8Array> {
	return (await hasVectorTiles(db))
		? tileByDatabase(db, county, layer, address, at)
		: tileByEncoder(db, county, layer, address, at);
}

const capability = new WeakMap<Database, Promise<boolean>>();

/** Whether the database was built with protobuf; asked once. */
export function hasVectorTiles(db: Database): Promise<boolean> {
	let known = capability.get(db);
	if (!known) {
		known = sql`SELECT ST_AsMVT(row, 'probe', 4096, 'geom') FROM (SELECT ST_Point(0, 0) AS geom) row`
			.execute(db)
			.then(() => true)
			.catch((error: unknown) => {
				if (/protobuf/i.test(String(error))) return false;
				capability.delete(db);
				throw error;
			});
		capability.set(db, known);
	}
	return known;
}

export async function tileByDatabase(
	db: Database,
	county: string,
	layer: TileLayer,
	address: TileAddress,
	at: Date
): Promise<Uint8Array> {
	const parts = partsOf(county, layer, address, at).map(
		({ name, rows }) =>
			sql`coalesce((SELECT ST_AsMVT(rows, ${name}, ${sql.lit(extent)}, 'geom') FROM (${rows}) rows), '')`
	);
	const { rows } = await sql<{ bytes: Buffer }>`
		WITH ${frameOf(address)} SELECT ${sql.join(parts, sql` || `)} AS bytes`.execute(db);
	return rows[0]?.bytes ?? new Uint8Array();
}

export async function tileByEncoder(
	db: Database,
	county: string,
	layer: TileLayer,
	address: TileAddress,
	at: Date
): Promise<Uint8Array> {
	const parts: TilePart[] = [];
	for (const { name, rows } of partsOf(county, layer, address, at)) {
		const features = await sql<TileFeature>`
			WITH ${frameOf(address)}
			SELECT to_jsonb(rows) - 'geom' AS properties, ST_AsBinary(rows.geom, 'NDR') AS geometry FROM (${rows}) rows`.execute(
			db
		);
		parts.push({ name, extent, features: features.rows });
	}
	return encodeTile(parts);
}

/**
 * The tile's frame: what it reaches in the storage CRS, its corner in Web Mercator metres, tile units per metre.
 * CGCS2000 and WGS 84 differ by centimetres, so EPSG:4490 goes to EPSG:3857 as it is.
 */
function frameOf({ z, x, y }: TileAddress): RawBuilder<unknown> {
	const [zoom, column, row] = [sql.lit(z), sql.lit(x), sql.lit(y)];
	const margin = sql.lit(buffer / extent);
	return sql`frame AS MATERIALIZED (
		SELECT ST_Transform(ST_TileEnvelope(${zoom}, ${column}, ${row}, margin => ${margin}), 4490) AS reach,
			ST_XMin(tile) AS left_m, ST_YMax(tile) AS top_m, ${sql.lit(extent)} / (ST_XMax(tile) - ST_XMin(tile)) AS per_m
		FROM (SELECT ST_TileEnvelope(${zoom}, ${column}, ${row}) AS tile) envelope)`;
}

/**
 * Outlines in tile units: clipped, rounded, and made valid by a slower way where rounding broke them; what is smaller
 * than a unit vanishes. `rows` selects the columns and geom from `t` and the frame. OFFSET 0 keeps each step from being
 * computed twice; nested rather than lateral, since PostgreSQL would memoize a lateral step and keep every geometry.
 */
function outlines(columns: readonly string[], rows: RawBuilder<unknown>): RawBuilder<unknown> {
	const names = sql.join(columns.map((name) => sql.ref(name)));
	const [low, high] = [sql.lit(-buffer), sql.lit(extent + buffer)];
	return sql`SELECT ${names}, geom FROM (
		SELECT ${names}, ST_ForcePolygonCCW(ST_CollectionExtract(
			CASE WHEN ST_IsValid(snapped) THEN snapped ELSE ST_ReducePrecision(clipped, 1) END, 3)) AS geom
		FROM (SELECT ${names}, clipped, ST_SnapToGrid(clipped, 1) AS snapped
			FROM (SELECT ${names}, ST_ClipByBox2D(
					ST_TransScale(ST_Transform(geom, 3857), -left_m, -top_m, per_m, -per_m),
					ST_MakeEnvelope(${low}, ${low}, ${high}, ${high})) AS clipped
				FROM (${rows}) r OFFSET 0) c OFFSET 0) s OFFSET 0) o
		WHERE NOT ST_IsEmpty(geom)`;
}

const place = (point: RawBuilder<unknown>) =>
	sql`ST_SnapToGrid(ST_TransScale(ST_Transform(${point}, 3857), -left_m, -top_m, per_m, -per_m), 1)`;

interface Part {
	name: string;
	rows: RawBuilder<unknown>;
}

function partsOf(county: string, layer: TileLayer, { z }: TileAddress, at: Date): Part[] {
	if (layer === 'office')
		return [
			{
				name: 'office',
				rows: sql`SELECT t.code, t.name, ${place(sql`t.point`)} AS geom FROM app.office t, frame
					WHERE t.county = ${county} AND t.point && reach`
			}
		];
	if (layer === 'township')
		return [
			{
				name: 'township',
				rows: outlines(
					['code', 'name'],
					sql`SELECT t.code, t.name, t.geom, frame.* FROM frame JOIN app.current_township t ON t.geom && reach
						WHERE t.county = ${county}`
				)
			},
			{
				name: 'township_label',
				rows: sql`SELECT t.code, t.name, ${place(sql`l.point`)} AS geom FROM frame
					JOIN app.current_township t ON t.geom && reach
					CROSS JOIN LATERAL (SELECT ST_PointOnSurface(t.geom) AS point OFFSET 0) l
					WHERE t.county = ${county} AND l.point && reach`
			}
		];
	return targetParts(county, z, at);
}

/** "Today" of a blacklist period is the day in China on which `at` falls. */
function targetParts(county: string, z: number, at: Date): Part[] {
	const named = z >= 14;
	const fields = sql`t.code, t.kind, ${named ? sql`t.name, ` : sql``} t.status, t.township,
		CASE WHEN t.party IN (SELECT uscc FROM app.blacklist_period WHERE county = ${county}
			AND during @> (${at}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) THEN true END AS blacklisted`;
	const points = sql`SELECT ${fields}, ${place(sql`t.point`)} AS geom FROM frame
		JOIN app.current_target t ON t.point && reach WHERE t.county = ${county}`;
	const parts = [
		{
			name: 'target_point',
			rows:
				z >= thinBelowZoom
					? points
					: sql`SELECT DISTINCT ON (kind, status, blacklisted, floor(ST_X(geom) / 12), floor(ST_Y(geom) / 12)) *
						FROM (${points}) points
						ORDER BY kind, status, blacklisted, floor(ST_X(geom) / 12), floor(ST_Y(geom) / 12), code`
		}
	];
	if (z < outlineZoom) return parts;
	return [
		{
			name: 'target',
			rows: outlines(
				['code', 'kind', ...(named ? ['name'] : []), 'status', 'township', 'blacklisted'],
				sql`SELECT ${fields}, t.geom, frame.* FROM frame JOIN app.current_target t ON t.geom && reach
					WHERE t.county = ${county}`
			)
		},
		...parts
	];
}

/** Changes whenever a tile may: with every import, every boundary, and each day in China (blacklists begin and end). */
export async function dataVersion(db: Database, county: string, at: Date): Promise<string> {
	const { rows } = await sql<{ version: string }>`
		SELECT concat_ws('-', (SELECT coalesce(max(id), 0) FROM app.import WHERE county = ${county}),
			(SELECT coalesce(max(id), 0) FROM app.boundary_source WHERE county = ${county}),
			(SELECT coalesce(max(id), 0) FROM app.draw WHERE county = ${county}),
			to_char(${at}::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD')) AS version`.execute(db);
	return rows[0]?.version ?? '0';
}

const RECENT_MS = 1000;
const versions = new WeakMap<Database, Map<string, { version: Promise<string>; readMs: number }>>();

/** `dataVersion` as read within the last second, else read now: tiles come thirty at a time. */
export async function recentVersion(db: Database, county: string, at: Date): Promise<string> {
	let known = versions.get(db);
	if (!known) versions.set(db, (known = new Map()));
	const found = known.get(county);
	if (found && Math.abs(at.getTime() - found.readMs) < RECENT_MS) return found.version;
	const version = dataVersion(db, county, at);
	known.set(county, { version, readMs: at.getTime() });
	version.catch(() => known.delete(county));
	return version;
}
