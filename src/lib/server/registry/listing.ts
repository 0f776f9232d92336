// The directories as tables: filtered, sorted and paged by the database. Columns are named here and nowhere else, so a
// request can only ask for what is listed.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../db/database';

export const PAGE_SIZE = 50;

export type Cell = string | number | null;

interface Listing {
	/** Column → SQL, in the order shown; the first is the key and breaks ties. */
	columns: Record<string, string>;
	from: RawBuilder<unknown>;
	/** SQL of the columns in which the search text is looked for. */
	searched: string[];
}

const targets = (kind: string): Listing => ({
	columns: {
		code: 't.code',
		name: 't.name',
		township: 'w.name',
		party: 'p.name',
		area_ha: 'round((t.area_m2 / 10000)::numeric, 2)::double precision',
		status: 't.status'
	},
	from: sql`app.current_target AS t
		LEFT JOIN app.current_township AS w ON w.county = t.county AND w.code = t.township
		LEFT JOIN app.party AS p ON p.county = t.county AND p.uscc = t.party
		WHERE t.kind = ${kind}`,
	searched: ['t.code', 't.name', 'p.name', 'w.name']
});

export const listings = {
	mining_right: targets('mining_right'),
	land_parcel: targets('land_parcel'),
	party: {
		columns: {
			uscc: 't.uscc',
			name: 't.name',
			credit_grade: 't.credit_grade',
			blacklisted: `EXISTS (SELECT FROM app.blacklist_period AS b WHERE b.county = t.county AND b.uscc = t.uscc
				AND b.during @> CURRENT_DATE)::integer`,
			address: 't.address'
		},
		from: sql`app.party AS t WHERE true`,
		searched: ['t.uscc', 't.name']
	},
	inspector: {
		columns: {
			code: 't.code',
			name: 't.name',
			office: 'o.name',
			scopes: `array_to_string(t.scopes, '、')`,
			lead: 't.lead::integer',
			certificate: 't.certificate',
			valid_to: "to_char(upper(t.certificate_valid) - 1, 'YYYY-MM-DD')"
		},
		from: sql`app.inspector AS t JOIN app.office AS o ON o.county = t.county AND o.code = t.office WHERE true`,
		searched: ['t.code', 't.name', 'o.name', 't.certificate']
	},
	item: {
		columns: {
			code: 't.code',
			name: 't.name',
			item_kind: 't.kind',
			category: 't.category',
			basis: 't.basis',
			method: 't.method',
			minutes: 't.minutes'
		},
		from: sql`app.item AS t WHERE true`,
		searched: ['t.code', 't.name', 't.basis']
	},
	office: {
		columns: {
			code: 't.code',
			name: 't.name',
			townships: `(SELECT string_agg(w.name, '、' ORDER BY w.code) FROM app.current_township AS w
				WHERE w.county = t.county AND w.code = ANY (t.townships))`
		},
		from: sql`app.office AS t WHERE true`,
		searched: ['t.code', 't.name']
	},
	township: {
		columns: {
			code: 't.code',
			name: 't.name',
			area_km2: 'round((t.area_m2 / 1000000)::numeric, 2)::double precision'
		},
		from: sql`app.current_township AS t WHERE true`,
		searched: ['t.code', 't.name']
	}
} satisfies Record<string, Listing>;

export type ListName = keyof typeof listings;

export interface ListQuery {
	list: ListName;
	search: string;
	/** A column of the list; anything else sorts by the first. */
	sort: string;
	descending: boolean;
	/** From 1. */
	page: number;
}

export interface ListPage {
	columns: string[];
	rows: Record<string, Cell>[];
	total: number;
	page: number;
	pages: number;
	sort: string;
}

export async function readList(db: Database, county: string, query: ListQuery): Promise<ListPage> {
	const { columns, from, searched }: Listing = listings[query.list];
	const names = Object.keys(columns);
	const sort = Object.hasOwn(columns, query.sort) ? query.sort : names[0]!;
	const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
	const matches = searched.map((column) => sql`${sql.raw(column)} ILIKE ${pattern}`);
	const found = query.search === '' ? sql`` : sql`AND (${sql.join(matches, sql` OR `)})`;
	const scope = sql`FROM ${from} AND t.county = ${county} ${found}`;
	const { rows: counted } = await sql<{ total: number }>`SELECT count(*) AS total ${scope}`.execute(db);
	const total = counted[0]?.total ?? 0;
	const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
	const page = Math.min(Math.max(1, query.page), pages);
	const shown = names.map((name) => sql`${sql.raw(columns[name]!)} AS ${sql.id(name)}`);
	const order = sql.raw(query.descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST');
	const { rows } = await sql<Record<string, Cell>>`
		SELECT ${sql.join(shown)} ${scope}
		ORDER BY ${sql.raw(columns[sort]!)} ${order}, ${sql.raw(columns[names[0]!]!)}
		LIMIT ${PAGE_SIZE} OFFSET ${(page - 1) * PAGE_SIZE}`.execute(db);
	return { columns: names, rows, total, page, pages, sort };
}
