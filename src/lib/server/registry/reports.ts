// What is probably wrong in the directories: names that are one, targets without a holder, rights past their day,
// outlines that overlap, points outside their outline. Each is a list of rows with the rows beside them.
import { sql } from 'kysely';
import { nearPairs } from '../../core/registry/near';
import type { Database } from '../db/database';

export const reportNames = ['duplicates', 'orphans', 'expired', 'overlaps', 'outside'] as const;
export type ReportName = (typeof reportNames)[number];

interface ReportRow {
	list: string;
	code: string;
	name: string;
	/** The row it is beside. */
	other: { code: string; name: string } | null;
	/** A day, an area in m², a distance in m. */
	figure: string | number | null;
}

export interface Report {
	name: ReportName;
	rows: ReportRow[];
	/** There are more than are listed. */
	cut: boolean;
	/** The database was not done with it within its time. */
	late: boolean;
}

/** Rows of a report; a bureau that has more begins with these. */
export const MOST = 1000;
/** An overlap of less than this is the surveyors' rounding. */
const LEAST_OVERLAP_M2 = 1;
const SECONDS = 8;

/** day: today in China. */
export async function report(db: Database, county: string, name: ReportName, day: string): Promise<Report> {
	try {
		const rows = await db.transaction().execute(async (trx) => {
			await sql`SELECT set_config('statement_timeout', ${`${SECONDS}s`}, true)`.execute(trx);
			return finders[name](trx, county, day);
		});
		return { name, rows: rows.slice(0, MOST), cut: rows.length > MOST, late: false };
	} catch (error) {
		// query_canceled: took longer than it may.
		if ((error as { code?: string }).code !== '57014') throw error;
		return { name, rows: [], cut: false, late: true };
	}
}

/** Days as files write them: 2027-03-01, 2027/3/1, 20270301, 2027年3月1日. */
const dayOfText = (
	text: ReturnType<typeof sql>
) => sql`(SELECT d[1] || '-' || lpad(d[2], 2, '0') || '-' || lpad(d[3], 2, '0')
	FROM regexp_match(${text}, '^\\s*(\\d{4})[-/.年]?(\\d{1,2})[-/.月]?(\\d{1,2})') AS d)`;

const finders: Record<ReportName, (db: Database, county: string, day: string) => Promise<ReportRow[]>> = {
	async duplicates(db, county) {
		const parties = await db
			.selectFrom('app.party')
			.select(['uscc as code', 'name'])
			.where('county', '=', county)
			.where('removed_at', 'is', null)
			.execute();
		return nearPairs(parties, MOST + 1).map(([a, b]) => ({ list: 'party', ...a, other: b, figure: null }));
	},
	async orphans(db, county) {
		const { rows } = await sql<ReportRow>`SELECT t.kind AS list, t.code, t.name, NULL AS other, NULL AS figure
			FROM app.current_target t WHERE t.county = ${county} AND t.party IS NULL AND t.status <> 'closed'
			ORDER BY t.kind DESC, t.code LIMIT ${MOST + 1}`.execute(db);
		return rows;
	},
	async expired(db, county, day) {
		const { rows } = await sql<ReportRow>`SELECT r.* FROM (
			SELECT t.kind AS list, t.code, t.name, NULL::jsonb AS other, ${dayOfText(sql`coalesce(t.attributes ->> '有效期至',
				t.attributes ->> '有效期止', t.attributes ->> '有效期限止', t.attributes ->> 'YXQZ', t.attributes ->> 'yxqz')`)} AS figure
			FROM app.current_target t WHERE t.county = ${county} AND t.status = 'active') AS r
			WHERE r.figure < ${day} ORDER BY r.figure, r.code LIMIT ${MOST + 1}`.execute(db);
		return rows;
	},
	async overlaps(db, county) {
		const { rows } =
			await sql<ReportRow>`SELECT p.list, p.code, p.name, p.other, round(p.area)::integer AS figure FROM (
			SELECT a.kind AS list, a.code, a.name, jsonb_build_object('code', b.code, 'name', b.name) AS other,
				ST_Area(ST_Intersection(a.geom, b.geom)::geography) AS area
			FROM app.current_target a JOIN app.current_target b ON b.county = a.county AND b.kind = a.kind AND b.code > a.code
				AND ST_Intersects(a.geom, b.geom)
			WHERE a.county = ${county} AND a.status <> 'closed' AND b.status <> 'closed') AS p
			WHERE p.area > ${LEAST_OVERLAP_M2} ORDER BY p.list DESC, p.area DESC, p.code LIMIT ${MOST + 1}`.execute(db);
		return rows;
	},
	async outside(db, county) {
		const { rows } = await sql<ReportRow>`SELECT t.kind AS list, t.code, t.name, NULL AS other,
				round(ST_Distance(t.geom::geography, t.point::geography))::integer AS figure
			FROM app.current_target t WHERE t.county = ${county} AND NOT ST_Intersects(t.geom, t.point)
			ORDER BY figure DESC, t.code LIMIT ${MOST + 1}`.execute(db);
		return rows;
	}
};
