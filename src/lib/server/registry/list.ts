// The shape of a directory as a list, and the conditions its columns and filters are made of.
import { sql, type RawBuilder } from 'kysely';
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
	/** Column → what it is sorted by, where that is not what it shows. */
	sorts?: Record<string, Sql>;
	/** Columns that are never empty and have an index: sorted by it in either way. */
	indexed?: readonly string[];
	/** The rows, alias t, ending in WHERE. */
	from: Sql;
	/** LEFT JOINs that some columns need and that change no count. */
	joins: Sql;
	/** Columns that can be sorted by without the joins. */
	own: readonly string[];
	/** Whether a row holds the text one looks for; needs no joins. */
	matches: (text: string) => Sql;
	/** Filter → its condition for one value; needs no joins. */
	filters: Record<string, (value: string) => Sql>;
	/** The values a filter can have, where they are a closed list. */
	choices: Record<string, readonly string[]>;
	/** SQL of the township (targets) or office (inspectors) that the tree at the left counts. */
	place?: Sql;
}

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
