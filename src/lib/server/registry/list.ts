// The shape of a directory as a list, and the conditions its columns and filters are made of.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../db/database';
import { dayOf, rowsOf, type AsOf } from './as-of';

export type Sql = RawBuilder<unknown>;

export interface List {
	/** Tells rows apart, breaks ties; what a row's address is made of. */
	key: Sql;
	/** Column → SQL, in the order shown; the first stays in sight. */
	columns: Record<string, Sql>;
	/** Shown only when asked for. */
	hidden?: readonly string[];
	/** Column → its sum for the 合计 row. */
	sums?: Record<string, Sql>;
	/** Column → how it is sorted, where that is not by what it shows; null: it cannot be. */
	sorts?: Record<string, Sort | null>;
	/** The rows already counted by place, alias t with `rows` and what is summed, and the filters it knows besides. */
	tally?: { from: Sql; sums: Record<string, Sql>; filters: readonly string[] };
	/** The rows, alias t, ending in WHERE. */
	from: Sql;
	/** LEFT JOINs that some columns need and that change no count. */
	joins: Sql;
	/** Columns that can be sorted by without the joins. */
	own: readonly string[];
	/** Whether a row holds the text one looks for; needs no joins. */
	matches: (text: string, db: Database) => Sql | Promise<Words>;
	/** Filter → its condition for one value; needs no joins. */
	filters: Record<string, (value: string) => Sql>;
	/** The values a filter can have, where they are a closed list. */
	choices: Record<string, readonly string[]>;
	/** SQL of the township (targets) or office (inspectors) that the tree at the left counts. */
	place?: Sql;
}

/** Rows that hold a text; common: very many may, of which so many are counted at most; `beyond`: there surely are more. */
export interface Words {
	rows: Sql;
	common?: { most: number; beyond: boolean };
}

export interface Sort {
	/** In this order, before the key. */
	by: readonly Sql[];
	/** What these columns need beside the rows. */
	join?: Sql;
	/** Rows without a value, which come last either way, and what their index holds before the key; null: there are none. */
	empty: { when: Sql; by: readonly Sql[]; join?: Sql } | null;
}

export function sortOf({ columns, sorts = {}, own, joins }: List, sort: string): Sort {
	const column = columns[sort]!;
	if (sort === Object.keys(columns)[0]) return { by: [], empty: null };
	const join = own.includes(sort) ? {} : { join: joins };
	return sorts[sort] ?? { by: [column], ...join, empty: { when: sql`${column} IS NULL`, by: [], ...join } };
}

/** The rows, joined with something or not, ending in WHERE. */
export const fromOf = ({ from }: List, join: Sql | undefined): Sql =>
	join ? sql`(SELECT t.* FROM ${from}) AS t ${join} WHERE true` : from;

/** personal: whether the visitor may see certificates, names and reasons of people in full. */
export interface ListView extends AsOf {
	personal: boolean;
}

export const yesNo = ['yes', 'no'];
export const truth = (condition: Sql) => (value: string) =>
	value === 'yes' ? condition : sql`NOT (${condition})`;
export const only = (column: Sql) => (value: string) => sql`${column} = ${value}`;
/** What was typed is text, not a pattern. */
export const containing = (text: string, columns: readonly Sql[]): Sql => {
	const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
	return sql.join(
		columns.map((column) => sql`${column} ILIKE ${pattern}`),
		sql` OR `
	);
};

export const blacklisted = (uscc: Sql, view: AsOf): Sql => sql`EXISTS (SELECT
	FROM ${rowsOf('blacklist_period', view)} AS b WHERE b.uscc = ${uscc} AND b.during @> ${dayOf(view)})`;
