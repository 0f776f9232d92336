import { sql } from 'kysely';
import type { Database } from '../db/database';

/** Who goes on a route of a plan of day routes now, by seat; empty before the crews are drawn. route: as `keyText` has it. */
export async function crewNamesOf(
	db: Database,
	county: string,
	series: number,
	route: string
): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		SELECT i.name FROM app.crew_member m
		JOIN app.crew_draw d ON d.county = m.county AND d.id = m.draw AND d.assurance <> 'trial'
		JOIN app.inspector i ON i.county = m.county AND i.code = m.inspector
		WHERE m.county = ${county} AND d.series = ${series} AND m.route = ${route} AND NOT m.gone
		ORDER BY m.seat`.execute(db);
	return rows.map(({ name }) => name);
}
