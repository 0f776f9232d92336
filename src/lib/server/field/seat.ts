// Routes of the current plans on which an inspector holds a seat, with who goes along.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Database } from '../db/database';

/** Days after the visit until a pack leaves the phone. */
export const KEPT_DAYS = 7;

export interface RouteKey {
	series: number;
	plan: number;
	route: string;
	day: string;
	office: string;
	number: number;
	departsS: number;
	returnsS: number;
}
export type Seat = RouteKey & { crew: string[] };
/** draw: the batch that its targets were drawn in. */
export type OwnSeat = Seat & { draw: number };

/** From a week ago on. */
export async function seatsOf(db: Database, county: string, inspector: string, at: Date): Promise<OwnSeat[]> {
	const since = dayInChina(new Date(at.getTime() - KEPT_DAYS * 86_400_000));
	const { rows } = await sql<OwnSeat>`
		SELECT p.series, p.id AS plan, p.draw, m.route, r.day::text AS day, r.office, r.number, r.departs_s AS "departsS",
			r.returns_s AS "returnsS", ARRAY(SELECT c.inspector FROM app.crew_member c
				WHERE c.county = m.county AND c.draw = m.draw AND c.route = m.route AND NOT c.gone ORDER BY c.seat) AS crew
		FROM app.crew_member m
		JOIN app.crew_draw d ON d.county = m.county AND d.id = m.draw AND d.assurance <> 'trial'
			AND d.state IN ('drawn', 'revealed')
		JOIN app.route_plan p ON p.county = d.county AND p.series = d.series AND p.state = 'current'
		JOIN app.day_route r ON r.county = p.county AND r.plan = p.id
			AND m.route = r.day::text || ' ' || r.office || ' ' || r.team
		WHERE m.county = ${county} AND m.inspector = ${inspector} AND NOT m.gone AND r.day >= ${since}::date
			AND EXISTS (SELECT FROM app.stop s WHERE s.county = r.county AND s.plan = r.plan AND s.route = r.number)
		ORDER BY r.day, m.route`.execute(db);
	return rows.filter(({ crew }) => crew.length >= 2 && crew.every((code) => code !== null));
}
