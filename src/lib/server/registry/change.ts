// Who changes a directory says so once per transaction: the triggers that keep the versions take the instant and the
// number of the change (a row of app.import, with files or without) from here.
import { sql, type Transaction } from 'kysely';
import type { DB } from '../db/schema';

/** null: from here on the transaction's own instant and no import. */
export async function nameChange(
	trx: Transaction<DB>,
	change: { import: number | null; at: Date } | null
): Promise<void> {
	await sql`SELECT set_config('fairlot.at', ${change?.at.toISOString() ?? ''}, true),
		set_config('fairlot.import', ${String(change?.import ?? '')}, true)`.execute(trx);
}
