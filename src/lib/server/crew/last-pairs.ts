// Who went out with whom on their last assignment before a day: the rest rule keeps them apart on the next one.
import { sql } from 'kysely';
import type { Database } from '../db/database';

/** Pairs by code; except: seats of this draw of crews do not count. */
export async function lastPairs(
	db: Database,
	county: string,
	before: string,
	except = 0
): Promise<[string, string][]> {
	const { rows } = await sql<{ a: string; b: string }>`
		WITH seat AS (SELECT draw, route, day, inspector FROM app.crew_member
				WHERE county = ${county} AND inspector IS NOT NULL AND NOT gone AND draw <> ${except} AND day < ${before}::date),
			last AS (SELECT DISTINCT ON (inspector) * FROM seat ORDER BY inspector, day DESC)
		SELECT DISTINCT least(l.inspector, s.inspector) AS a, greatest(l.inspector, s.inspector) AS b
		FROM last l JOIN seat s ON s.draw = l.draw AND s.route = l.route AND s.inspector <> l.inspector
		ORDER BY 1, 2`.execute(db);
	return rows.map(({ a, b }) => [a, b]);
}
