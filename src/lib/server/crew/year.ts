// A year of drawn crews: pairs who went out together more than once, and how many seats were held by somebody from another
// office than the route's. What a planner tells who says that it is always the same two.
import { sql } from 'kysely';
import type { Database } from '../db/database';

export interface CrewYear {
	year: string;
	/** Seats held, and those of them by somebody of another office. */
	seats: number;
	crossing: number;
	/** Different pairs, and those that went out more than once, the most frequent first. */
	pairs: number;
	repeated: { names: [string, string]; count: number }[];
}

export async function yearOf(db: Database, county: string, year: string): Promise<CrewYear> {
	const held = sql`SELECT m.draw, m.route, m.inspector, i.name, i.office <> split_part(m.route, ' ', 2) AS crosses
		FROM app.crew_member m JOIN app.inspector i ON i.county = m.county AND i.code = m.inspector
		WHERE m.county = ${county} AND NOT m.gone AND m.day >= ${`${year}-01-01`}::date AND m.day <= ${`${year}-12-31`}::date`;
	const { rows: seats } = await sql<{ seats: number; crossing: number }>`
		SELECT count(*)::int AS seats, count(*) FILTER (WHERE crosses)::int AS crossing FROM (${held}) h`.execute(db);
	const { rows: pairs } = await sql<{ a: string; b: string; count: number }>`
		WITH held AS (${held})
		SELECT min(p.name) AS a, min(q.name) AS b, count(*)::int AS count FROM held p
		JOIN held q ON q.draw = p.draw AND q.route = p.route AND q.inspector > p.inspector
		GROUP BY p.inspector, q.inspector ORDER BY 3 DESC, 1, 2`.execute(db);
	const repeated = pairs.filter(({ count }) => count > 1).slice(0, 10);
	return {
		...{ year, ...seats[0]!, pairs: pairs.length },
		repeated: repeated.map(({ a, b, count }) => ({ names: [a, b], count }))
	};
}
