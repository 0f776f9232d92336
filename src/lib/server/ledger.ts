// The trace: every change of a stage appends one entry, last in the transaction that makes the change.
import { sql, type Transaction } from 'kysely';
import { canonicalBytes, type Json } from '../core/bytes/canonical';
import type { DB } from './db/schema';

/** What happened, when (UTC, ISO 8601), who did it, and whatever identifies it. */
export interface LedgerEntry {
	type: string;
	at: string;
	actor: string;
	[detail: string]: Json;
}

/** Appends the canonical bytes of `entry` and returns its number in the county's ledger. */
export async function append(trx: Transaction<DB>, county: string, entry: LedgerEntry): Promise<number> {
	const bytes = Buffer.from(canonicalBytes(entry));
	const { rows } = await sql<{ seq: number }>`SELECT ledger.append(${county}, ${bytes}) AS seq`.execute(trx);
	const row = rows[0];
	if (!row) throw new Error('the ledger gave no number');
	return row.seq;
}
