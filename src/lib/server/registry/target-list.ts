// 检查对象 as a list. A county may have a million of them: counting, filtering and finding a page touch the rows of the
// index only; the fifty that are shown are joined with their party and township afterwards.
import { sql } from 'kysely';
import { rowsOf, versionsOf } from './as-of';
import { blacklisted, containing, only, truth, yesNo, type List, type ListView } from './list';

export function targetList(kind: 'mining_right' | 'land_parcel', view: ListView): List {
	const onList = blacklisted(sql`t.party`, view);
	return {
		key: sql`t.code`,
		columns: {
			code: sql`t.code`,
			name: sql`t.name`,
			township: sql`w.name`,
			party: sql`p.name`,
			uscc: sql`t.party`,
			area_ha: sql`round((t.area_m2 / 10000)::numeric, 4)::double precision`,
			status: sql`t.status`,
			credit_grade: sql`p.credit_grade`,
			blacklisted: sql`(${onList})::integer`,
			lon: sql`round(ST_X(t.point)::numeric, 6)::double precision`,
			lat: sql`round(ST_Y(t.point)::numeric, 6)::double precision`,
			since: sql`to_char(lower(t.valid) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')`
		},
		hidden: ['uscc', 'credit_grade', 'blacklisted', 'lon', 'lat', 'since'],
		sums: { area_ha: sql`sum(t.area_m2) / 10000` },
		sorts: {
			area_ha: sql`t.area_m2`,
			since: sql`lower(t.valid)`,
			lon: sql`ST_X(t.point)`,
			lat: sql`ST_Y(t.point)`
		},
		indexed: view.on === null ? ['name'] : [],
		from: sql`${versionsOf('target', view)} AS t WHERE t.kind = ${kind}`,
		joins: sql`LEFT JOIN ${versionsOf('township', view)} AS w ON w.code = t.township
			LEFT JOIN ${rowsOf('party', view)} AS p ON p.uscc = t.party`,
		own: ['code', 'name', 'uscc', 'area_ha', 'status', 'blacklisted', 'lon', 'lat', 'since'],
		// Letter for letter: folding the case of a million names takes seconds, and codes are in capitals.
		matches: (
			text
		) => sql`strpos(t.code, ${text.toUpperCase()}) > 0 OR strpos(t.name, ${text}) > 0 OR t.party IN
			(SELECT f.uscc FROM ${rowsOf('party', view)} AS f WHERE ${containing(text, [sql`f.name`, sql`f.uscc`])})`,
		filters: {
			status: only(sql`t.status`),
			credit_grade: (value) =>
				sql`t.party IN (SELECT f.uscc FROM ${rowsOf('party', view)} AS f WHERE f.credit_grade = ${value})`,
			blacklisted: truth(onList),
			party: (value) => (value === 'none' ? sql`t.party IS NULL` : sql`t.party = ${value}`),
			township: only(sql`t.township`),
			office: (value) => sql`t.township IN (SELECT unnest(o.townships) FROM ${rowsOf('office', view)} AS o
				WHERE o.code = ${value})`
		},
		choices: {
			status: ['active', 'suspended', 'closed'],
			credit_grade: ['A', 'B', 'C', 'D'],
			blacklisted: yesNo,
			party: ['none']
		},
		place: sql`t.township`
	};
}
