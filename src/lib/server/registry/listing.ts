// A page of a directory: filtered, sorted, summed and paged by the database.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { countRows, type ListCount } from './counting';
import { fromOf, sortOf, type List, type ListView, type Sql, type Words } from './list';
import { listOf, type ListName } from './lists';
import { keyPage, type Cursor, type KeyPage } from './paging';

export const PAGE_SIZES = [50, 100, 200] as const;
/** Rows counted before a page is shown. */
export const MOST_COUNTED = 20_000;

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
	cursor: Cursor;
	size: number;
	/** Rows counted at most; null: every one. */
	most: number | null;
}

export interface ListPage extends ListCount, Omit<KeyPage, 'keys'> {
	/** All there are, those shown, and those that it can be sorted by. */
	known: string[];
	columns: string[];
	sortable: string[];
	rows: ListRow[];
	/** Filter → what it can be. */
	choices: Record<string, readonly string[]>;
	sort: string;
}

export interface Scope {
	/** What of the request holds for this list, but for the filters named. */
	scope: (but?: readonly string[]) => Sql;
	common: Words['common'];
	/** Rows counted at most. */
	most: number | null;
}

async function scopeOf(db: Database, list: List, { search, filters, most }: ListQuery): Promise<Scope> {
	const matched = search === '' ? null : await list.matches(search, db);
	const words = matched && ('rows' in matched ? matched : { rows: matched });
	const found = words ? sql`AND (${words.rows})` : sql``;
	const held = Object.entries(filters).filter(([name]) => Object.hasOwn(list.filters, name));
	const scope = (but: readonly string[] = []) => {
		const kept = held.filter(([name]) => !but.includes(name));
		const conditions = kept.map(([name, value]) => sql`AND ${list.filters[name]!(value)}`);
		return sql`${found} ${conditions.length > 0 ? sql.join(conditions, sql` `) : sql``}`;
	};
	const common = words?.common;
	return { scope, common, most: most && Math.min(most, common?.most ?? most) };
}

const sortableOf = ({ columns, sorts = {} }: List): string[] =>
	Object.keys(columns).filter((name) => sorts[name] !== null);

/** The column that the request sorts by, or the first. */
const sortedBy = (list: List, { sort }: ListQuery): string => {
	const sortable = sortableOf(list);
	return sortable.includes(sort) ? sort : sortable[0]!;
};

export async function readList(db: Database, county: string, query: ListQuery): Promise<ListPage> {
	const list = listOf(query.list, { ...query, county });
	const columns = columnsOf(list, query);
	const sort = sortedBy(list, query);
	const { scope, common, most } = await scopeOf(db, list, query);
	const [{ keys, ...beside }, count] = await Promise.all([
		keyPage(db, list, scope(), { ...query, sort }),
		countRows(db, county, list, { ...query, most }, { scope, common })
	]);
	const rows = await rowsByKey(db, list, columns, keys);
	const [known, sortable] = [Object.keys(list.columns), sortableOf(list)];
	return { ...count, ...beside, known, columns, sortable, rows, choices: list.choices, sort };
}

/** How many rows there are, and their sums, without a bound. */
export async function countList(db: Database, county: string, query: ListQuery): Promise<ListCount> {
	const list = listOf(query.list, { ...query, county });
	const scope = await scopeOf(db, list, query);
	return countRows(db, county, list, { ...query, most: null }, scope);
}

/** The columns that are shown; the first always is. */
export function columnsOf(list: List, { columns }: Pick<ListQuery, 'columns'>): string[] {
	const known = Object.keys(list.columns);
	const asked = columns && known.filter((name, i) => i === 0 || columns.includes(name));
	return asked ?? known.filter((name) => !list.hidden?.includes(name));
}

async function rowsByKey(
	db: Database,
	list: List,
	columns: readonly string[],
	keys: string[]
): Promise<ListRow[]> {
	if (keys.length === 0) return [];
	const shown = columns.map((name) => sql`, ${list.columns[name]!} AS ${sql.id(name)}`);
	const { rows } = await sql<ListRow>`SELECT ${list.key} AS "$key" ${sql.join(shown, sql` `)}
		FROM ${fromOf(list, list.joins)} AND ${list.key} = ANY (${keys})`.execute(db);
	const byKey = new Map(rows.map((row) => [row.$key, row]));
	return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** Every row found, in the order of the page. */
export async function shownRows(db: Database, county: string, query: ListQuery): Promise<ListRow[]> {
	const list = listOf(query.list, { ...query, county });
	const { scope } = await scopeOf(db, list, query);
	const shown = columnsOf(list, query).map((name) => sql`, ${list.columns[name]!} AS ${sql.id(name)}`);
	const way = query.descending ? sql`DESC NULLS LAST` : sql`ASC`;
	const order = [...sortOf(list, sortedBy(list, query)).by, list.key].map((column) => sql`${column} ${way}`);
	const { rows } = await sql<ListRow>`SELECT ${list.key} AS "$key" ${sql.join(shown, sql` `)}
		FROM ${fromOf(list, list.joins)} ${scope()} ORDER BY ${sql.join(order)}`.execute(db);
	return rows;
}

/** Keys of every row found; null: more than `most`. */
export async function keysFound(
	db: Database,
	county: string,
	query: ListQuery,
	most: number
): Promise<string[] | null> {
	const list = listOf(query.list, { ...query, county });
	const { scope } = await scopeOf(db, list, query);
	const { rows } = await sql<{ key: string }>`SELECT ${list.key} AS key FROM ${list.from} ${scope()}
		LIMIT ${most + 1}`.execute(db);
	return rows.length > most ? null : rows.map(({ key }) => key);
}

/** Keys of every row found, in their order, a batch at a time. */
export async function* keyBatches(
	db: Database,
	county: string,
	query: ListQuery,
	batch = 2000
): AsyncGenerator<string[]> {
	const list = listOf(query.list, { ...query, county });
	const { scope } = await scopeOf(db, list, query);
	for (let after = ''; ;) {
		const { rows } = await sql<{ key: string }>`SELECT ${list.key} AS key FROM ${list.from} ${scope()}
			AND ${list.key} > ${after} ORDER BY 1 LIMIT ${batch}`.execute(db);
		if (rows.length === 0) return;
		yield rows.map(({ key }) => key);
		after = rows.at(-1)!.key;
	}
}
