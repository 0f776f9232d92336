// The directories as tables of any past instant. Today's are the tables themselves.
import { sql, type RawBuilder } from 'kysely';
import { dayInChina } from '../../core/calendar/year';

export interface AsOf {
	county: string;
	/** null: now. */
	on: Date | null;
}

export type Kept = 'office' | 'party' | 'blacklist_period' | 'inspector' | 'item' | 'recusal';

/** Rows of `app.<table>` as a FROM item without alias; their columns are the table's. */
export function rowsOf(table: Kept, { county, on }: AsOf): RawBuilder<unknown> {
	if (on === null) return sql`(SELECT * FROM ${sql.table(`app.${table}`)} WHERE county = ${county})`;
	return sql`(SELECT r.* FROM app.directory_version AS v,
		jsonb_populate_record(NULL::${sql.table(`app.${table}`)}, v.content || jsonb_build_object('county', v.county)) AS r
		WHERE v.county = ${county} AND v.directory = ${table} AND v.valid @> ${on}::timestamptz)`;
}

/** The same of targets and townships, whose versions are rows of their own. */
export const versionsOf = (table: 'target' | 'township', { county, on }: AsOf): RawBuilder<unknown> =>
	on === null
		? sql`(SELECT * FROM ${sql.table(`app.current_${table}`)} WHERE county = ${county})`
		: sql`(SELECT * FROM ${sql.table(table === 'target' ? 'app.target_version' : 'app.township')} WHERE county = ${county} AND valid @> ${on}::timestamptz)`;

/** The day on which validity is judged. */
export const dayOf = ({ on }: AsOf): RawBuilder<string> =>
	on === null ? sql`(now() AT TIME ZONE 'Asia/Shanghai')::date` : sql`${dayInChina(on)}::date`;

/** The last instant of a day in China: the directory on 1 March is what it was when that day ended. */
export const endOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000 - 1);
