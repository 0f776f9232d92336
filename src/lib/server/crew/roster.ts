// 执法人员: the directory as the draw of crews sees it over some days, with who is away, on another route or recused.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export interface RosterInspector {
	code: string;
	name: string;
	office: string;
	officeName: string;
	/** 部门 of the office, '' for the bureau. */
	department: string;
	home: string[];
	scopes: string[];
	lead: boolean;
	number: string;
	/** First and last day on which the certificate holds. */
	certificate: { from: string; to: string };
	/** why: off, or on a route of another draw. */
	away: { day: string; why: 'off' | 'route'; reason: string }[];
	/** Parties by their code. */
	recused: string[];
}

/** except: seats of this draw of crews do not count as away. */
export async function readRoster(
	db: Database,
	county: string,
	from: string,
	to: string,
	except = 0
): Promise<RosterInspector[]> {
	const { rows } = await sql<RosterInspector>`
		SELECT i.code, i.name, i.office, o.name AS "officeName", o.department, i.home_townships AS home, i.scopes, i.lead,
			i.certificate AS number, json_build_object(
				'from', coalesce(lower(i.certificate_valid), '0001-01-01'::date),
				'to', coalesce(upper(i.certificate_valid) - 1, '9999-12-31'::date)) AS certificate,
			coalesce((SELECT json_agg(a ORDER BY a.day) FROM (
				SELECT day, 'off' AS why, reason FROM app.absence
				WHERE county = i.county AND inspector = i.code AND away AND day BETWEEN ${from}::date AND ${to}::date
				UNION ALL
				SELECT day, 'route', route FROM app.crew_member
				WHERE county = i.county AND inspector = i.code AND NOT gone AND draw <> ${except}
					AND day BETWEEN ${from}::date AND ${to}::date) a), '[]') AS away,
			ARRAY(SELECT uscc FROM app.recused r WHERE r.county = i.county AND r.inspector = i.code ORDER BY 1) AS recused
		FROM app.inspector i JOIN app.office o ON o.county = i.county AND o.code = i.office
		WHERE i.county = ${county} ORDER BY i.code COLLATE "C"`.execute(db);
	return rows;
}
