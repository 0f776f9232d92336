// The trace: every change of a stage appends one entry, last in the transaction that makes the change.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import { canonicalBytes, type Json } from '../core/bytes/canonical';
import type { Database } from './db/database';
import type { DB } from './db/schema';

/** What happened, when (UTC, ISO 8601), who did it, and whatever identifies it. */
export interface LedgerEntry {
	type: string;
	at: string;
	actor: string;
	[detail: string]: Json;
}

/** Appends the canonical bytes of `entry` and returns its number in the county's ledger. */
export const append = (trx: Transaction<DB>, county: string, entry: LedgerEntry): Promise<number> =>
	appendWith(trx, county, entry, sql`ledger.append`);

/**
 * A transaction for places where many append to one county at once, as phones do when they come back to the net. The
 * county's counter is locked until COMMIT; here COMMIT does not wait for the disk while it holds that lock, and one
 * flush afterwards, shared by all who wait, covers it. Returns only once everything is on disk, as after any COMMIT.
 * `work` appends with the function it is given, last.
 */
export async function recorded<T>(
	db: Database,
	work: (trx: Transaction<DB>, appendEarly: typeof append) => Promise<T>
): Promise<T> {
	const result = await db.transaction().execute((trx) => work(trx, appendEarly));
	// The log is flushed in order: when this later record is on disk, so is the COMMIT before it.
	await sql`SELECT pg_logical_emit_message(true, 'fairlot', '')`.execute(db);
	return result;
}

const appendEarly: typeof append = (trx, county, entry) =>
	appendWith(trx, county, entry, sql`set_config('synchronous_commit', 'off', true) AS commit, ledger.append`);

async function appendWith(
	trx: Transaction<DB>,
	county: string,
	entry: LedgerEntry,
	call: RawBuilder<unknown>
): Promise<number> {
	const bytes = Buffer.from(canonicalBytes(entry));
	const { rows } = await sql<{ seq: number }>`SELECT ${call}(${county}, ${bytes}) AS seq`.execute(trx);
	const row = rows[0];
	if (!row) throw new Error('the ledger gave no number');
	return row.seq;
}
