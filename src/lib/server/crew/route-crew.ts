import { sql } from 'kysely';
import type { Database } from '../db/database';

/** Who goes on the routes of a plan of day routes now: by route, as `keyText` has it, in the order of the seats. */
export async function crewsOf(
	db: Database,
	county: string,
	series: number
): Promise<Map<string, { name: string; certificate: string }[]>> {
	const { rows } = await sql<{ route: string; name: string; certificate: string }>`
		SELECT m.route, i.name, i.certificate FROM app.crew_member m
		JOIN app.crew_draw d ON d.county = m.county AND d.id = m.draw AND d.assurance <> 'trial'
		JOIN app.inspector i ON i.county = m.county AND i.code = m.inspector
		WHERE m.county = ${county} AND d.series = ${series} AND NOT m.gone
		ORDER BY m.route, m.seat`.execute(db);
	const crews = new Map<string, { name: string; certificate: string }[]>();
	for (const { route, ...person } of rows) crews.set(route, [...(crews.get(route) ?? []), person]);
	return crews;
}
