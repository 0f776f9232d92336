// What comes back: grades and blacklist periods a platform gave, recorded with their source. A grade holds in the directory
// from its first day to its last, then what was before comes back; blacklist periods carry their days themselves. Both are
// versions of the directory, so the next draw weighs by them and a past one does not.
import { sql, type Transaction } from 'kysely';
import type { CreditGrade } from '../../core/model';
import { dayInChina } from '../../core/calendar/year';
import type { StandingProblem, StandingRow } from '../../core/credit/standing';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import type { Telling } from './outbox';

type Reason = StandingProblem['reason'] | 'party_unknown' | 'period_overlap';
export type RowProblem = Omit<StandingProblem, 'reason'> & { reason: Reason };

/** All of the rows or none: a file with a wrong row is put right and given again. */
export const recordStandings = (
	db: Database,
	{ county, actor, at }: Telling,
	rows: readonly StandingRow[]
): Promise<{ ok: true; grades: number; periods: number } | { ok: false; problems: RowProblem[] }> =>
	db.transaction().execute(async (trx) => {
		await begin(trx, at);
		const problems = await barred(trx, county, rows);
		if (problems.length > 0) return { ok: false, problems } as const;
		const { rows: last } = await sql<{ id: number }>`
			SELECT coalesce(max(id), 0) AS id FROM app.credit_standing WHERE county = ${county}`.execute(trx);
		const graded = rows.flatMap(({ uscc, source, grade }) => (grade ? [{ uscc, source, ...grade }] : []));
		const listed = rows.flatMap(({ uscc, source, blacklist }) =>
			blacklist ? [{ uscc, source, ...blacklist }] : []
		);
		for (const [i, { uscc, source, grade, from, to }] of graded.entries())
			await sql`INSERT INTO app.credit_standing (county, id, uscc, grade, valid, source, recorded_by, recorded_at)
				VALUES (${county}, ${last[0]!.id + i + 1}, ${uscc}, ${grade},
					daterange(${from}::date, ${to || null}::date, '[]'), ${source}, ${actor}, ${at})`.execute(trx);
		// A period that begins on the same day is the same one, with a new end and source.
		for (const { uscc, source, from, to } of listed) {
			await sql`DELETE FROM app.blacklist_period
				WHERE county = ${county} AND uscc = ${uscc} AND lower(during) = ${from}::date`.execute(trx);
			await sql`INSERT INTO app.blacklist_period (county, uscc, during, source)
				VALUES (${county}, ${uscc}, daterange(${from}::date, ${to || null}::date, '[]'), ${source})`.execute(trx);
		}
		const changed = await apply(trx, county, at);
		await append(trx, county, {
			...{ type: 'credit.standing', at: at.toISOString(), actor },
			grades: graded.map(({ uscc, grade, from, to, source }) => ({ uscc, grade, from, to, source })),
			blacklist: listed.map(({ uscc, from, to, source }) => ({ uscc, from, to, source }))
		});
		await noteGrades(trx, { county, actor, at }, changed);
		return { ok: true, grades: graded.length, periods: listed.length } as const;
	});

/** One at a time, and the versions of the directory begin at this instant. */
async function begin(trx: Transaction<DB>, at: Date): Promise<void> {
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.credit_standing')),
		set_config('fairlot.at', ${at.toISOString()}, true)`.execute(trx);
}

async function barred(
	trx: Transaction<DB>,
	county: string,
	rows: readonly StandingRow[]
): Promise<RowProblem[]> {
	const given = rows.map(({ line, uscc, blacklist }) => ({ line, uscc, ...blacklist }));
	const { rows: wrong } = await sql<{ line: number; known: boolean }>`
		SELECT g.line, p.uscc IS NOT NULL AS known
		FROM json_to_recordset(${JSON.stringify(given)}::json) AS g(line integer, uscc text, "from" date, "to" text)
		LEFT JOIN app.party p ON p.county = ${county} AND p.uscc = g.uscc
		WHERE p.uscc IS NULL OR EXISTS (SELECT FROM app.blacklist_period b WHERE b.county = ${county} AND b.uscc = g.uscc
			AND lower(b.during) <> g."from" AND b.during && daterange(g."from", nullif(g."to", '')::date, '[]'))
		ORDER BY g.line`.execute(trx);
	return wrong.map(({ line, known }) =>
		known
			? { line, column: '列入严重失信名单日期', reason: 'period_overlap' }
			: { line, column: '统一社会信用代码', reason: 'party_unknown' }
	);
}

interface Open {
	id: number;
	uscc: string;
	grade: CreditGrade;
	holds: boolean;
	applied: boolean;
	before: CreditGrade | null;
	now: CreditGrade;
}

interface Changed {
	uscc: string;
	grade: CreditGrade;
}

/** Grades whose first day has come take hold, those past their last day give way. */
async function apply(trx: Transaction<DB>, county: string, at: Date): Promise<Changed[]> {
	const today = dayInChina(at);
	const { rows } = await sql<Open>`
		SELECT s.id, s.uscc, s.grade, s.valid @> ${today}::date AS holds, s.applied_at IS NOT NULL AS applied,
			s.grade_before AS before, p.credit_grade AS now
		FROM app.credit_standing s JOIN app.party p ON p.county = s.county AND p.uscc = s.uscc
		WHERE s.county = ${county} AND s.ended_at IS NULL AND lower(s.valid) <= ${today}::date
		ORDER BY s.uscc, s.id`.execute(trx);
	const changed: Changed[] = [];
	for (const uscc of new Set(rows.map((row) => row.uscc))) {
		const open = rows.filter((row) => row.uscc === uscc);
		const held = open.find(({ applied }) => applied);
		const next = open.findLast(({ holds }) => holds);
		if (next?.applied) continue;
		// What an import set meanwhile is newer than what was before.
		const before = held && held.now === held.grade ? held.before! : open[0]!.now;
		const grade = next?.grade ?? (held && held.now === held.grade ? before : open[0]!.now);
		const settled = open.filter(({ id }) => id !== next?.id).map(({ id }) => id);
		await sql`UPDATE app.credit_standing SET ended_at = ${at}
			WHERE county = ${county} AND id = ANY (${settled})`.execute(trx);
		if (next)
			await changeOne(
				trx
					.updateTable('app.credit_standing')
					.set({ applied_at: at, grade_before: before })
					.where('county', '=', county)
					.where('id', '=', next.id)
			);
		if (grade === open[0]!.now) continue;
		await changeOne(
			trx
				.updateTable('app.party')
				.set({ credit_grade: grade })
				.where('county', '=', county)
				.where('uscc', '=', uscc)
		);
		changed.push({ uscc, grade });
	}
	return changed;
}

/** Last: the county's ledger is locked from here on. */
async function noteGrades(
	trx: Transaction<DB>,
	{ county, actor, at }: Telling,
	changed: readonly Changed[]
): Promise<void> {
	if (changed.length === 0) return;
	const grades = changed.map(({ uscc, grade }) => ({ uscc, grade }));
	await append(trx, county, { type: 'credit.grades', at: at.toISOString(), actor, changed: grades });
}

/** Each day: grades that begin and end today. */
export const applyStandings = (db: Database, telling: Telling): Promise<boolean> =>
	db.transaction().execute(async (trx) => {
		await begin(trx, telling.at);
		const changed = await apply(trx, telling.county, telling.at);
		await noteGrades(trx, telling, changed);
		return changed.length > 0;
	});
