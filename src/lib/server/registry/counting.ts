// How many rows a list has, their sums, and how many are in each place: from the tally where it knows what is asked, else
// counted, but no further than a bound.
import { sql } from 'kysely';
import type { Database } from '../db/database';
import type { List } from './list';
import type { ListQuery, Scope } from './listing';
import { isChosen, placeTree, type TreePlace } from './place-tree';

const places = ['township', 'office'];

type Counted = Record<string, number | null> & { rows: number; place: string | null };

export interface ListCount {
	total: number;
	/** There are more than were counted; without sums. */
	more: boolean;
	/** 合计 over every row found. */
	sums: Record<string, number>;
	/** Rows in each office and township, whatever place is chosen; null: the list has no places. */
	tree: TreePlace[] | null;
}

export async function countRows(
	db: Database,
	county: string,
	list: List,
	query: ListQuery,
	{ scope, common }: Omit<Scope, 'most'>
): Promise<ListCount> {
	const held = Object.keys(query.filters).filter((name) => Object.hasOwn(list.filters, name));
	const { tally } = list;
	const { most } = query;
	const known = [...(tally?.filters ?? []), ...(list.place ? places : [])];
	const tallied = tally && query.search === '' && held.every((name) => known.includes(name)) ? tally : null;
	// A common word: in the order of the key, or the database may gather all that is current before it counts the first.
	const order = common ? sql`ORDER BY ${list.key}` : sql``;
	const bound = most === null ? sql`` : sql`${order} LIMIT ${most + 1}`;
	const read = async (but: readonly string[]): Promise<Counted[]> => {
		const sums = Object.entries((tallied ?? list).sums ?? {});
		const shown = sums.map(([name, sum]) => sql`, (${sum})::double precision AS ${sql.id(name)}`);
		const rows = tallied
			? sql`${tallied.from} ${scope(but)}`
			: sql`(SELECT t.* FROM ${list.from} ${scope(but)} ${bound}) AS t`;
		const found = await sql<Counted>`SELECT ${list.place ?? sql`NULL::text`} AS place,
			${tallied ? sql`sum(t.rows)` : sql`count(*)`}::integer AS rows ${shown.length > 0 ? sql.join(shown, sql` `) : sql``}
			FROM ${rows} GROUP BY 1`.execute(db);
		return found.rows;
	};
	const over = (rows: readonly Counted[], name: string) =>
		rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
	const tooMany = (rows: readonly Counted[]) => most !== null && !tallied && over(rows, 'rows') > most;
	const surely = common?.beyond && most !== null && held.every((name) => places.includes(name));
	const all = surely ? [{ place: null, rows: most + 1 }] : await read(list.place ? places : []);
	const byOffice = query.list === 'inspector';
	const rowsIn = tooMany(all) ? null : new Map(all.map(({ place, rows }) => [place ?? '', rows]));
	const tree = list.place ? await placeTree(db, { ...query, county }, rowsIn, byOffice) : null;
	const chosen = tree ? isChosen(tree, query.filters, byOffice) : () => true;
	// Counted in full, the places chosen are among them; else they are counted for themselves.
	const within = tooMany(all) && held.some((name) => places.includes(name)) ? await read([]) : all;
	const left = within === all ? all.filter(({ place }) => chosen(place ?? '')) : within;
	const more = tooMany(within);
	const sums = Object.keys(list.sums ?? {}).map((name) => [name, Math.round(over(left, name) * 1e4) / 1e4]);
	return { total: more ? most! : over(left, 'rows'), more, sums: more ? {} : Object.fromEntries(sums), tree };
}
