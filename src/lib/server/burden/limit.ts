// 频次上限 at the freeze: whose year is used up, by the rule of the day and the batches that count already. A batch counts
// in the year in which it was frozen, by the calendar of China; one without a ceremony in the year it was drawn.
import { sql } from 'kysely';
import { callsOf, fullParties, type BatchRow, type Call } from '../../core/burden/calls';
import { dayInChina } from '../../core/calendar/year';
import type { Database } from '../db/database';
import type { YearLimit } from '../frozen';
import { ruleOn } from '../rule';

export const yearInChina = (at: Date): number => Number(dayInChina(at).slice(0, 4));

/** Reason of a row that a frame leaves out because its party's year is used up. */
export const YEAR_CAP = 'year_cap';

/**
 * Batches of a year as far as they concern parties. Trials, void and aborted draws call nobody. A party is that of the
 * target on the day of the batch; a target of a superior body's list may have come into the registry later.
 */
export async function batchRows(
	db: Database,
	county: string,
	year: number,
	party: string | null = null
): Promise<BatchRow[]> {
	const of = party === null ? sql`t.party IS NOT NULL` : sql`t.party = ${party}`;
	const { rows } = await sql<BatchRow>`
		WITH batch AS (
			SELECT d.id, d.state, coalesce(c.frozen_at, d.drawn_at) AS at, coalesce(l.exempt, false) AS exempt
			FROM app.draw d
			LEFT JOIN app.ceremony c ON c.county = d.county AND c.draw = d.id
			LEFT JOIN app.draw_limit l ON l.county = d.county AND l.draw = d.id
			WHERE d.county = ${county} AND d.assurance <> 'trial' AND d.state NOT IN ('void', 'aborted')
				AND coalesce(l.year, extract(year FROM coalesce(c.frozen_at, d.drawn_at) AT TIME ZONE 'Asia/Shanghai'))
					= ${year}::integer
		), granted AS (
			SELECT s.draw, s.serial, max(s.granted) AS rank FROM app.substitution s
			WHERE s.county = ${county} AND s.granted IS NOT NULL GROUP BY s.draw, s.serial
		)
		SELECT b.id AS draw, t.party, r.rank, coalesce(g.rank, 0) AS granted, b.exempt
		FROM batch b JOIN app.drawn r ON r.county = ${county} AND r.draw = b.id
		LEFT JOIN granted g ON g.draw = r.draw AND g.serial = r.serial
		CROSS JOIN LATERAL (SELECT t.party FROM app.target t WHERE t.county = ${county} AND t.code = r.target
			ORDER BY (t.valid @> b.at) DESC, upper_inf(t.valid) DESC LIMIT 1) t
		WHERE b.state IN ('drawn', 'revealed') AND ${of}
		UNION ALL
		SELECT DISTINCT b.id, t.party, NULL::integer, 0, b.exempt
		FROM batch b JOIN app.frame f ON f.county = ${county} AND f.draw = b.id
		JOIN app.target t ON t.county = f.county AND t.code = f.target AND t.valid @> b.at
		WHERE b.state IN ('frozen', 'announced', 'locked') AND ${of}`.execute(db);
	return rows;
}

export const callsOfYear = async (
	db: Database,
	county: string,
	year: number,
	party: string | null = null
): Promise<Map<string, Call[]>> => callsOf(await batchRows(db, county, year, party));

/** The rule that holds at `at` and the parties it leaves no room for, in UTF-8 order. */
export async function yearLimit(
	db: Database,
	county: string,
	exempt: boolean,
	at: Date
): Promise<YearLimit & { full: Set<string> }> {
	const year = yearInChina(at);
	const rule = await ruleOn(db, county, 'year_cap', at);
	const full =
		rule && !exempt ? fullParties(await callsOfYear(db, county, year), rule.value) : new Set<string>();
	return { year, allowed: rule?.value ?? null, source: rule?.source ?? null, exempt, full };
}
