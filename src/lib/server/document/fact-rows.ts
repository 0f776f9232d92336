// The rows behind the facts of a filing that no page reads: owners of targets on a day, how a draw ended, what repeats it.
import { sql } from 'kysely';
import type { FilingFacts, FilingTarget } from '../../schema/filing';
import { accountNames } from '../ceremony/parts';
import type { Database } from '../db/database';
import { instantWords } from './fact-words';

/** Targets as they were called at `at`; of one that was not there only the code is known. */
export async function targetFacts(
	db: Database,
	county: string,
	at: Date,
	codes: string[]
): Promise<(code: string) => FilingTarget> {
	const { rows } = await sql<FilingTarget>`
		SELECT t.code, t.name, p.name AS party, p.uscc
		FROM app.target t LEFT JOIN app.party p ON p.county = t.county AND p.uscc = t.party
		WHERE t.county = ${county} AND t.code = ANY(${codes}) AND t.valid @> ${at}::timestamptz`.execute(db);
	const known = new Map(rows.map((row) => [row.code, row]));
	return (code) => known.get(code) ?? { code, name: null, party: null, uscc: null };
}

export async function seqOf(db: Database, county: string, draw: number): Promise<number | null> {
	const row = await db
		.selectFrom('app.draw')
		.where('county', '=', county)
		.where('id', '=', draw)
		.select('seq')
		.executeTakeFirst();
	return row?.seq ?? null;
}

/** Numbers of the draws that repeat this one, in their order. */
export async function againOf(db: Database, county: string, draw: number): Promise<number[]> {
	const { rows } = await sql<{ seq: number }>`
		SELECT d.seq FROM app.ceremony c JOIN app.draw d ON d.county = c.county AND d.id = c.draw
		WHERE c.county = ${county} AND c.redo_of = ${draw} AND d.seq IS NOT NULL ORDER BY d.seq`.execute(db);
	return rows.map(({ seq }) => seq);
}

export async function enteredBeacon(db: Database, county: string, draw: number): Promise<Date | null> {
	const row = await db
		.selectFrom('app.ceremony')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.select('beacon_at')
		.executeTakeFirst();
	return row?.beacon_at ?? null;
}

/** How an aborted or void draw ended; a void one names who asked and who agreed. */
export async function endOf(db: Database, county: string, draw: number): Promise<FilingFacts['ended']> {
	const row = await db
		.selectFrom('app.ceremony')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.select(['ended_at', 'ended_by', 'end_reason', 'frame_error'])
		.executeTakeFirst();
	if (!row?.ended_at || row.ended_by === null || row.end_reason === null) return null;
	const request = await db
		.selectFrom('app.void_request')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('decision', '=', 'approved')
		.select(['asked_by', 'decided_by'])
		.executeTakeFirst();
	const by = request?.decided_by ?? row.ended_by;
	const names = await accountNames(db, [by, request?.asked_by ?? '']);
	const nameOf = (account: string) => names.get(account) ?? account;
	return {
		...{ reason: row.end_reason, at: instantWords(row.ended_at), by: nameOf(by) },
		askedBy: request ? nameOf(request.asked_by) : null,
		frameError: row.frame_error === true
	};
}
