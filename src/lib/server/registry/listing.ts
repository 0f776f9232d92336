// A page of a directory: filtered, sorted, summed and paged by the database.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../db/database';
import type { List, ListView } from './list';
import { listOf, type ListName } from './lists';
import { isChosen, placeTree, type TreePlace } from './place-tree';

export const PAGE_SIZES = [50, 100, 200] as const;

export type Cell = string | number | null;
type ListRow = Record<string, Cell> & { $key: string };

export interface ListQuery extends Omit<ListView, 'county'> {
	list: ListName;
	search: string;
	/** Filter → value; what the list does not know is left out. */
	filters: Readonly<Record<string, string>>;
	/** Columns to show, in the list's own order; null: the usual ones. */
	columns: readonly string[] | null;
	/** A column of the list; anything else sorts by the first. */
	sort: string;
	descending: boolean;
	/** From 1. */
	page: number;
	size: number;
}

export interface ListPage {
	/** All there are, and those shown. */
	known: string[];
	columns: string[];
	rows: ListRow[];
	/** 合计 over every row found. */
	sums: Record<string, number>;
	/** Filter → what it can be. */
	choices: Record<string, readonly string[]>;
	total: number;
	page: number;
	pages: number;
	sort: string;
	/** Rows in each office and township, whatever place is chosen; null: the list has no places. */
	tree: TreePlace[] | null;
}

/** What of the request holds for this list; `but`: filters left out. */
function scopeOf(
	list: List,
	{ search, filters }: ListQuery,
	but: readonly string[] = []
): RawBuilder<unknown> {
	const held = Object.entries(filters)
		.filter(([name]) => Object.hasOwn(list.filters, name) && !but.includes(name))
		.map(([name, value]) => sql`AND ${list.filters[name]!(value)}`);
	const found = search === '' ? sql`` : sql`AND (${list.matches(search)})`;
	return sql`${found} ${held.length > 0 ? sql.join(held, sql` `) : sql``}`;
}

const orderOf = (list: List, sort: string, descending: boolean) => {
	const ties = sql.raw(descending ? 'DESC' : 'ASC');
	if (sort === Object.keys(list.columns)[0]) return sql`ORDER BY ${list.key} ${ties}`;
	const way = sql.raw(
		descending && !list.indexed?.includes(sort) ? 'DESC NULLS LAST' : descending ? 'DESC' : 'ASC'
	);
	return sql`ORDER BY ${list.sorts?.[sort] ?? list.columns[sort]!} ${way}, ${list.key} ${ties}`;
};

export async function readList(db: Database, county: string, query: ListQuery): Promise<ListPage> {
	const list = listOf(query.list, { ...query, county });
	const known = Object.keys(list.columns);
	const columns = columnsOf(list, query);
	const sort = Object.hasOwn(list.columns, query.sort) ? query.sort : known[0]!;
	const { total, sums, tree } = await countRows(db, county, list, query);
	const pages = Math.max(1, Math.ceil(total / query.size));
	const page = Math.min(Math.max(1, query.page), pages);
	const keys = await pageKeys(db, list, { ...query, sort, page });
	const rows = await rowsByKey(db, list, columns, keys);
	return { known, columns, rows, sums, choices: list.choices, total, page, pages, sort, tree };
}

/** The columns that are shown; the first always is. */
export function columnsOf(list: List, { columns }: Pick<ListQuery, 'columns'>): string[] {
	const known = Object.keys(list.columns);
	const asked = columns && known.filter((name, i) => i === 0 || columns.includes(name));
	return asked ?? known.filter((name) => !list.hidden?.includes(name));
}

type Counted = Record<string, number | null> & { rows: number; place: string | null };

/** Count, sums and the tree of places in one pass over the rows: by place, of which the filters then leave some. */
async function countRows(db: Database, county: string, list: List, query: ListQuery) {
	const sums = Object.entries(list.sums ?? {});
	const shown = sums.map(([name, sum]) => sql`, (${sum})::double precision AS ${sql.id(name)}`);
	const { rows } = await sql<Counted>`
		SELECT ${list.place ?? sql`NULL::text`} AS place, count(*)::integer AS rows ${shown.length > 0 ? sql.join(shown, sql` `) : sql``}
		FROM ${list.from} ${scopeOf(list, query, list.place ? ['township', 'office'] : [])} GROUP BY 1`.execute(db);
	const byOffice = query.list === 'inspector';
	const rowsIn = new Map(rows.map(({ place, rows: count }) => [place ?? '', count]));
	const tree = list.place ? await placeTree(db, { ...query, county }, rowsIn, byOffice) : null;
	const chosen = tree ? isChosen(tree, query.filters, byOffice) : () => true;
	const left = rows.filter(({ place }) => chosen(place ?? ''));
	const over = (name: string) => left.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
	return {
		...{ total: over('rows'), tree },
		sums: Object.fromEntries(sums.map(([name]) => [name, Math.round(over(name) * 1e4) / 1e4]))
	};
}

/** Keys of one page in its order. */
async function pageKeys(db: Database, list: List, query: ListQuery): Promise<string[]> {
	const { sort, descending, page, size } = query;
	const joined = list.own.includes(sort) ? list.from : withJoins(list);
	const { rows } = await sql<{ key: string }>`SELECT ${list.key} AS key FROM ${joined} ${scopeOf(list, query)}
		${orderOf(list, sort, descending)} LIMIT ${size} OFFSET ${(page - 1) * size}`.execute(db);
	return rows.map(({ key }) => key);
}

/** The FROM of a list with the joins before its WHERE. */
const withJoins = ({ from, joins }: List): RawBuilder<unknown> =>
	sql`(SELECT t.* FROM ${from}) AS t ${joins} WHERE true`;

async function rowsByKey(
	db: Database,
	list: List,
	columns: readonly string[],
	keys: string[]
): Promise<ListRow[]> {
	if (keys.length === 0) return [];
	const shown = columns.map((name) => sql`, ${list.columns[name]!} AS ${sql.id(name)}`);
	const { rows } = await sql<ListRow>`SELECT ${list.key} AS "$key" ${sql.join(shown, sql` `)}
		FROM ${withJoins(list)} AND ${list.key} = ANY (${keys})`.execute(db);
	const byKey = new Map(rows.map((row) => [row.$key, row]));
	return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** Every row found, in the order of the page. */
export async function shownRows(db: Database, county: string, query: ListQuery): Promise<ListRow[]> {
	const list = listOf(query.list, { ...query, county });
	const sort = Object.hasOwn(list.columns, query.sort) ? query.sort : Object.keys(list.columns)[0]!;
	const shown = columnsOf(list, query).map((name) => sql`, ${list.columns[name]!} AS ${sql.id(name)}`);
	const { rows } = await sql<ListRow>`SELECT ${list.key} AS "$key" ${sql.join(shown, sql` `)}
		FROM ${withJoins(list)} ${scopeOf(list, query)} ${orderOf(list, sort, query.descending)}`.execute(db);
	return rows;
}

/** Keys of every row found, in their order, a batch at a time. */
export async function* keyBatches(
	db: Database,
	county: string,
	query: ListQuery,
	batch = 2000
): AsyncGenerator<string[]> {
	const list = listOf(query.list, { ...query, county });
	for (let after = ''; ;) {
		const { rows } = await sql<{
			key: string;
		}>`SELECT ${list.key} AS key FROM ${list.from} ${scopeOf(list, query)}
			AND ${list.key} > ${after} ORDER BY 1 LIMIT ${batch}`.execute(db);
		if (rows.length === 0) return;
		yield rows.map(({ key }) => key);
		after = rows.at(-1)!.key;
	}
}
