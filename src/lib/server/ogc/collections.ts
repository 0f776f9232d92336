// OGC API – Features: which collections there are and who sees them. Without an account only what the portal shows.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export const collectionIds = ['townships', 'offices', 'mining_rights', 'land_parcels'] as const;
export type CollectionId = (typeof collectionIds)[number];
export const isCollection = (id: string): id is CollectionId =>
	(collectionIds as readonly string[]).includes(id);

/** Whoever asks: the portal's handle and nothing else, or a handle of their own. */
export interface Reader {
	db: Database;
	portal: Database;
	county: string;
	/** May read the directories. */
	reads: boolean;
}

export const visibleTo = ({ reads }: Pick<Reader, 'reads'>): readonly CollectionId[] =>
	reads ? collectionIds : ['townships'];

type Sql = ReturnType<typeof sql>;

export interface Source {
	/** The handle that may read it. */
	on: (reader: Reader) => Database;
	/** Alias t, ending in WHERE. datetime: an instant of the past, where the collection has one. */
	from: (county: string, at: Date | null) => Sql;
	geometry: Sql;
	/** Property → SQL; those of text can be filtered by. */
	properties: Record<string, { value: Sql; type: 'string' | 'number' }>;
	/** Has earlier versions that `datetime` can ask for. */
	past: boolean;
}

const text = (value: Sql) => ({ value, type: 'string' as const });
const number = (value: Sql) => ({ value, type: 'number' as const });
const current = (table: 'target' | 'township', county: string, at: Date | null): Sql =>
	at === null
		? sql`(SELECT * FROM ${sql.table(`app.current_${table}`)} WHERE county = ${county})`
		: sql`(SELECT * FROM ${sql.table(`app.${table}`)} WHERE county = ${county} AND valid @> ${at}::timestamptz)`;

const targets = (kind: 'mining_right' | 'land_parcel'): Source => ({
	on: ({ db }) => db,
	from: (county, at) => sql`${current('target', county, at)} AS t WHERE t.kind = ${kind}`,
	geometry: sql`t.geom`,
	properties: {
		name: text(sql`t.name`),
		township: text(sql`t.township`),
		party: text(sql`t.party`),
		status: text(sql`t.status`),
		area_m2: number(sql`round(t.area_m2::numeric, 1)::double precision`),
		since: text(sql`to_char(lower(t.valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)
	},
	past: true
});

export const sources: Record<CollectionId, Source> = {
	townships: {
		on: ({ portal }) => portal,
		from: (county) => sql`portal.boundary AS t WHERE t.county = ${county}`,
		geometry: sql`t.geom`,
		properties: {
			name: text(sql`t.name`),
			area_m2: number(sql`round(t.area_m2::numeric, 1)::double precision`),
			provenance: text(sql`t.provenance`),
			review_number: text(sql`t.review_number`)
		},
		past: false
	},
	offices: {
		on: ({ db }) => db,
		from: (county) => sql`app.office AS t WHERE t.county = ${county}`,
		geometry: sql`t.point`,
		properties: { name: text(sql`t.name`), townships: text(sql`array_to_string(t.townships, ',')`) },
		past: false
	},
	mining_rights: targets('mining_right'),
	land_parcels: targets('land_parcel')
};

/** west, south, east, north; null while it is empty. */
export async function extentOf(reader: Reader, id: CollectionId): Promise<number[] | null> {
	const { on, from, geometry } = sources[id];
	const { rows } = await sql<{ box: number[] | null }>`SELECT CASE WHEN e IS NULL THEN NULL
			ELSE ARRAY[ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e)] END AS box
		FROM (SELECT ST_Extent(${geometry}) AS e FROM ${from(reader.county, null)}) AS x`.execute(on(reader));
	return rows[0]?.box ?? null;
}
