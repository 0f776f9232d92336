// 检查对象 as a list. A county may have a million of them: finding a page and what one looks for touch the rows of an index
// only; the fifty that are shown are joined with their party and township afterwards.
import { sql } from 'kysely';
import { rowsOf, versionsOf } from './as-of';
import { blacklisted, only, truth, yesNo, type List, type ListView, type Sort, type Sql } from './list';
import { targetMatches } from './target-words';

export function targetList(kind: 'mining_right' | 'land_parcel', view: ListView): List {
	const onList = blacklisted(sql`t.party`, view);
	const parties = rowsOf('party', view);
	const ordered = (column: Sql): Sort => ({ by: [column], empty: null });
	const ofParty = (column: Sql): Sort => ({
		by: [column, sql`p.uscc`],
		join: sql`JOIN ${parties} AS p ON p.uscc = t.party`,
		empty: { when: sql`t.party IS NULL`, by: [sql`t.party`] }
	});
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
			name: ordered(sql`t.name`),
			township: ordered(sql`t.township`),
			area_ha: ordered(sql`t.area_m2`),
			status: ordered(sql`t.status`),
			since: { by: [sql`lower(t.valid)`], empty: { when: sql`lower(t.valid) IS NULL`, by: [] } },
			// No index has the parties of a past day in their order.
			uscc: view.on
				? null
				: { by: [sql`t.party`], empty: { when: sql`t.party IS NULL`, by: [sql`t.party`] } },
			party: view.on ? null : ofParty(sql`p.name`),
			credit_grade: view.on ? null : ofParty(sql`p.credit_grade`),
			blacklisted: null,
			lon: null,
			lat: null
		},
		from: sql`${versionsOf('target', view)} AS t WHERE t.kind = ${kind}`,
		joins: sql`LEFT JOIN ${versionsOf('township', view)} AS w ON w.code = t.township
			LEFT JOIN ${rowsOf('party', view)} AS p ON p.uscc = t.party`,
		own: ['code', 'name', 'uscc', 'area_ha', 'status', 'blacklisted', 'lon', 'lat', 'since'],
		matches: (text, db) => targetMatches(kind, view, text, db),
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
		place: sql`t.township`,
		tally: {
			from: sql`app.target_tally AS t WHERE t.county = ${view.county} AND t.kind = ${kind}
				${view.on ? sql`AND t.at <= ${view.on}` : sql``}`,
			sums: { area_ha: sql`sum(t.area_m2) / 10000` },
			filters: ['status']
		}
	};
}
