// 回流, once a day: grades and blacklist periods that a platform gives back, as far as they are about parties of the
// directory and not known yet. A row that cannot be read keeps no other back; what was wrong stays with the intake.
import { sql } from 'kysely';
import type { PlatformName } from '../../core/credit/message';
import type { StandingRow } from '../../core/credit/standing';
import type { Database } from '../db/database';
import { dueIn } from './daily';
import type { Telling } from './outbox';
import type { Platform } from './platform';
import { recordStandings } from './standing';

export const intakeDue = dueIn('app.credit_intake');

/** The platform has to be one that gives them. */
export async function takeIn(
	db: Database,
	telling: Telling,
	name: PlatformName,
	standings: NonNullable<Platform['standings']>
): Promise<void> {
	const { county, actor, at } = telling;
	const answer = await standings();
	const fresh = answer.ok ? await unknown(db, county, answer.rows) : [];
	const recorded = fresh.length > 0 ? await recordStandings(db, telling, fresh) : null;
	const problems = recorded && !recorded.ok ? recorded.problems : answer.ok ? answer.problems : [];
	const failure = answer.ok
		? problems.map(({ line, reason }) => `${line}:${reason}`).join(' ') || null
		: `${answer.reason} ${answer.detail}`;
	const { grades, periods } = recorded?.ok ? recorded : { grades: 0, periods: 0 };
	await sql`INSERT INTO app.credit_intake (county, id, platform, given, grades, periods, failure, made_by, made_at)
		SELECT ${county}, coalesce(max(id), 0) + 1, ${name}, ${answer.ok ? answer.rows.length : 0}, ${grades}, ${periods},
			${failure?.slice(0, 500) ?? null}, ${actor}, ${at} FROM app.credit_intake WHERE county = ${county}`.execute(
		db
	);
}

/** Of parties of the directory, without what was recorded before just so. */
async function unknown(db: Database, county: string, rows: readonly StandingRow[]): Promise<StandingRow[]> {
	const given = JSON.stringify(
		rows.map(({ line, uscc, source, grade, blacklist }) => ({
			...{
				line,
				uscc,
				source,
				grade: grade?.grade ?? null,
				from: grade?.from ?? null,
				to: grade?.to || null
			},
			...{ listed: blacklist?.from ?? null, removed: blacklist?.to || null }
		}))
	);
	const { rows: found } = await sql<{ line: number; grade: boolean; listed: boolean }>`
		SELECT g.line,
			g.grade IS NOT NULL AND NOT EXISTS (SELECT FROM app.credit_standing s WHERE s.county = ${county} AND s.uscc = g.uscc
				AND s.grade = g.grade AND s.source = g.source AND s.valid = daterange(g."from", g."to", '[]')) AS grade,
			g.listed IS NOT NULL AND NOT EXISTS (SELECT FROM app.blacklist_period b WHERE b.county = ${county}
				AND b.uscc = g.uscc AND b.source = g.source AND b.during = daterange(g.listed, g.removed, '[]')) AS listed
		FROM json_to_recordset(${given}::json) AS g(line integer, uscc text, source text, grade text, "from" date, "to" date,
			listed date, removed date)
		JOIN app.party p ON p.county = ${county} AND p.uscc = g.uscc`.execute(db);
	const news = new Map(found.map((one) => [one.line, one]));
	return rows.flatMap((row) => {
		const { grade, listed } = news.get(row.line) ?? { grade: false, listed: false };
		return grade || listed
			? [{ ...row, grade: grade ? row.grade : null, blacklist: listed ? row.blacklist : null }]
			: [];
	});
}
