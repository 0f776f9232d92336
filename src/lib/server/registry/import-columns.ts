// A directory in the columns of its import: what an edited row begins with, and what an exported sheet holds so that it
// can be imported again.
import { sql } from 'kysely';
import type { ImportKind } from '../../core/registry/fields';
import type { Database } from '../db/database';
import { rowsOf, versionsOf, type AsOf } from './as-of';
import type { Sql } from './list';

export type SheetKind = Exclude<ImportKind, 'road'>;
export const isSheetKind = (list: string): list is SheetKind => list !== 'recusal' && list !== 'road';

interface ImportColumns {
	columns: Record<string, Sql>;
	/** Alias t, with joins, ending in WHERE. */
	from: Sql;
	key: Sql;
}

const listed = (array: Sql) => sql`array_to_string(${array}, '、')`;
const first = (range: Sql) => sql`to_char(lower(${range}), 'YYYY-MM-DD')`;
const last = (range: Sql) => sql`to_char(upper(${range}) - 1, 'YYYY-MM-DD')`;
const outline = sql`ST_AsText(t.geom, 15)`;

export function importColumns(kind: SheetKind, view: AsOf): ImportColumns {
	const key = kind === 'party' ? sql`t.uscc` : sql`t.code`;
	switch (kind) {
		case 'mining_right':
		case 'land_parcel':
			return {
				key,
				columns: {
					code: sql`t.code`,
					name: sql`t.name`,
					party: sql`t.party`,
					party_name: sql`p.name`,
					status: sql`t.status`,
					wkt: outline
				},
				from: sql`${versionsOf('target', view)} AS t LEFT JOIN ${rowsOf('party', view)} AS p ON p.uscc = t.party
					WHERE t.kind = ${kind}`
			};
		case 'township':
			return {
				key,
				columns: { code: sql`t.code`, name: sql`t.name`, wkt: outline },
				from: sql`${versionsOf('township', view)} AS t WHERE true`
			};
		case 'office':
			return {
				key,
				columns: {
					code: sql`t.code`,
					name: sql`t.name`,
					townships: listed(sql`t.townships`),
					department: sql`coalesce(t.department, '')`,
					lon: sql`ST_X(t.point)::text`,
					lat: sql`ST_Y(t.point)::text`
				},
				from: sql`${rowsOf('office', view)} AS t WHERE true`
			};
		case 'party':
			return {
				key,
				columns: {
					uscc: sql`t.uscc`,
					name: sql`t.name`,
					credit_grade: sql`t.credit_grade`,
					address: sql`t.address`,
					contact: sql`t.contact_masked`,
					hours: sql`coalesce(t.hours, '')`,
					blacklist_from: first(sql`b.during`),
					blacklist_to: last(sql`b.during`),
					blacklist_source: sql`b.source`
				},
				from: sql`${rowsOf('party', view)} AS t LEFT JOIN LATERAL (SELECT * FROM ${rowsOf('blacklist_period', view)} AS l
					WHERE l.uscc = t.uscc ORDER BY l.during DESC LIMIT 1) AS b ON true WHERE t.removed_at IS NULL`
			};
		case 'inspector':
			return {
				key,
				columns: {
					code: sql`t.code`,
					name: sql`t.name`,
					office: sql`t.office`,
					home_townships: listed(sql`t.home_townships`),
					scopes: listed(sql`t.scopes`),
					lead: sql`CASE WHEN t.lead THEN 'yes' ELSE 'no' END`,
					certificate: sql`t.certificate`,
					issuer: sql`t.issuer`,
					valid_from: first(sql`t.certificate_valid`),
					valid_to: last(sql`t.certificate_valid`)
				},
				from: sql`${rowsOf('inspector', view)} AS t WHERE true`
			};
		case 'item':
			return {
				key,
				columns: {
					code: sql`t.code`,
					name: sql`t.name`,
					kind: sql`t.kind`,
					content: sql`t.content`,
					basis: sql`t.basis`,
					method: sql`t.method`,
					category: sql`t.category`,
					scope: listed(sql`t.scopes`),
					minutes: sql`t.minutes::text`,
					source: sql`t.source`,
					body: sql`t.body`,
					departments: listed(sql`t.departments`),
					notice_days: sql`coalesce(t.notice_days, 0)::text`,
					basis_from: first(sql`t.valid`),
					basis_to: last(sql`t.valid`)
				},
				from: sql`${rowsOf('item', view)} AS t WHERE true`
			};
	}
}

export type ImportCells = Record<string, string>;

/** The current rows of these codes, '' where there is nothing. Outlines are left out. */
export async function cellsOf(
	db: Database,
	county: string,
	kind: SheetKind,
	codes: readonly string[]
): Promise<Map<string, ImportCells>> {
	const { columns, from, key } = importColumns(kind, { county, on: null });
	const names = Object.keys(columns).filter((name) => name !== 'wkt');
	const shown = names.map((name) => sql`coalesce(${columns[name]!}, '') AS ${sql.id(name)}`);
	const { rows } =
		await sql<ImportCells>`SELECT ${sql.join(shown)} FROM ${from} AND ${key} = ANY (${[...codes]})`.execute(
			db
		);
	return new Map(rows.map((row) => [row[names[0]!]!, row]));
}
