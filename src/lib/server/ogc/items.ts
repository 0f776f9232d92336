// Features of a collection: a page by key, in a box, at an instant, with simple filters.
import { sql, type RawBuilder } from 'kysely';
import type { Crs } from './crs';
import { sources, type CollectionId, type Reader } from './collections';

export const DEFAULT_LIMIT = 1000;
export const MOST_ITEMS = 10_000;

export interface ItemsQuery {
	id: CollectionId;
	limit: number;
	/** Code of the last feature of the page before; '' at the beginning. */
	after: string;
	/** Corners in `bboxCrs`. */
	bbox: [number, number, number, number] | null;
	bboxCrs: Crs;
	crs: Crs;
	at: Date | null;
	/** Property → the text it must have. */
	equal: Readonly<Record<string, string>>;
}

export interface Feature {
	type: 'Feature';
	id: string;
	geometry: unknown;
	properties: Record<string, string | number | null>;
}

interface ItemsPage {
	features: Feature[];
	matched: number;
	/** Code after which the next page begins; null: this was the last. */
	next: string | null;
}

export async function readItems(reader: Reader, query: ItemsQuery): Promise<ItemsPage> {
	const { id, limit, after, bbox, bboxCrs, at, equal } = query;
	const { on, from, geometry, properties } = sources[id];
	const conditions: RawBuilder<unknown>[] = Object.entries(equal).map(
		([name, value]) => sql`${properties[name]!.value}::text = ${value}`
	);
	if (bbox) conditions.push(sql`ST_Intersects(${geometry}, ${boxOf(bbox, bboxCrs)})`);
	const scope = sql`FROM ${from(reader.county, at)} ${conditions.length > 0 ? sql`AND ${sql.join(conditions, sql` AND `)}` : sql``}`;
	const { rows: counted } = await sql<{
		matched: number;
	}>`SELECT count(*)::integer AS matched ${scope}`.execute(on(reader));
	const { rows } = await sql<Feature>`SELECT ${featureOf(query)} ${scope} AND t.code > ${after}
		ORDER BY t.code LIMIT ${limit + 1}`.execute(on(reader));
	const features = rows.slice(0, limit);
	return { features, matched: counted[0]!.matched, next: rows.length > limit ? features.at(-1)!.id : null };
}

/** null: there is none of this code. */
export async function readItem(
	reader: Reader,
	query: Pick<ItemsQuery, 'id' | 'crs' | 'at'>,
	code: string
): Promise<Feature | null> {
	const { on, from } = sources[query.id];
	const { rows } =
		await sql<Feature>`SELECT ${featureOf(query)} FROM ${from(reader.county, query.at)} AND t.code = ${code}
		LIMIT 1`.execute(on(reader));
	return rows[0] ?? null;
}

function featureOf({ id, crs }: Pick<ItemsQuery, 'id' | 'crs'>): RawBuilder<unknown> {
	const { geometry, properties } = sources[id];
	const moved = crs.epsg === null ? geometry : sql`ST_Transform(${geometry}, ${crs.epsg}::integer)`;
	const turned = crs.swapped ? sql`ST_FlipCoordinates(${moved})` : moved;
	const digits = crs.epsg === null ? 9 : 3;
	const fields = Object.entries(properties).flatMap(([name, { value }]) => [sql.lit(name), value]);
	return sql`'Feature' AS type, t.code AS id, ST_AsGeoJSON(${turned}, ${sql.lit(digits)}, 0)::json AS geometry,
		json_build_object('code', t.code, ${sql.join(fields)}) AS properties`;
}

function boxOf(bbox: [number, number, number, number], { epsg, swapped }: Crs): RawBuilder<unknown> {
	const [west, south, east, north] = swapped ? [bbox[1], bbox[0], bbox[3], bbox[2]] : bbox;
	const box = sql`ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, ${epsg ?? 4490}::integer)`;
	return epsg === null ? box : sql`ST_Transform(${box}, 4490)`;
}
