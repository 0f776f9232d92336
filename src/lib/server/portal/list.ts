// The public postings in memory, the newest first, as long as none is added, taken off or repaired; and the mark by which the
// portal knows that. It is asked for once a second: first how long the ledger is, then, only where that grew, the counts.
import { sql } from 'kysely';
import { compareUtf8 } from '../../core/bytes/compare';
import { dayInChina } from '../../core/calendar/year';
import type { PostingRow } from '../../core/posting/search';
import type { Database } from '../db/database';
import { everyPosting } from './postings';

const CHECKED_MS = 1000;

let checked: { county: string; mark: Promise<string>; ledger: number; untilMs: number } | undefined;

/** Changes with whatever is public of postings and of what is said against them. */
export function postingMark(db: Database, county: string, at: Date): Promise<string> {
	const before = checked?.county === county ? checked : undefined;
	if (before && at.getTime() < before.untilMs) return before.mark;
	const check = { county, ledger: 0, untilMs: at.getTime() + CHECKED_MS, mark: Promise.resolve('') };
	check.mark = (async () => {
		check.ledger = await ledgerLength(db, county);
		return before && check.ledger === before.ledger ? before.mark : counted(db, county);
	})();
	check.mark.catch(() => (checked = undefined));
	checked = check;
	return check.mark;
}

async function ledgerLength(db: Database, county: string): Promise<number> {
	const { rows } = await sql<{ version: number }>`
		SELECT version FROM portal.version WHERE county = ${county}`.execute(db);
	return rows[0]?.version ?? 0;
}

async function counted(db: Database, county: string): Promise<string> {
	const { rows } = await sql<{ mark: string }>`
		SELECT concat_ws('-', count(*), count(withdrawn_at), count(repaired_on), count(replaced_by), (
			SELECT concat_ws('-', count(*), count(answered_at)) FROM portal.appeal WHERE county = ${county})) AS mark
		FROM portal.posting WHERE county = ${county}`.execute(db);
	return rows[0]!.mark;
}

let kept: { key: string; rows: Promise<PostingRow[]> } | undefined;

/** Those of today. */
export async function publicPostings(db: Database, county: string, at: Date): Promise<readonly PostingRow[]> {
	const key = [county, dayInChina(at), await postingMark(db, county, at)].join(' ');
	if (kept?.key !== key) {
		const rows = readPostings(db, county, at);
		rows.catch(() => (kept = undefined));
		kept = { key, rows };
	}
	return kept.rows;
}

export async function readPostings(db: Database, county: string, at: Date): Promise<PostingRow[]> {
	const rows = [];
	for await (const batch of everyPosting(db, county, at)) rows.push(...batch);
	return rows
		.sort((a, b) => b.postedAt.getTime() - a.postedAt.getTime() || b.number - a.number)
		.map(({ postedAt: _at, seq: _seq, documentHash: _hash, ...row }) => row);
}

/** What a list can be narrowed to. */
export function postingChoices(rows: readonly PostingRow[]) {
	const townships = new Map(rows.map(({ township, townshipName }) => [township, townshipName]));
	return {
		townships: [...townships]
			.map(([code, name]) => ({ code, name }))
			.sort((a, b) => compareUtf8(a.code, b.code)),
		items: [...new Set(rows.flatMap(({ items }) => items))].sort(compareUtf8)
	};
}
