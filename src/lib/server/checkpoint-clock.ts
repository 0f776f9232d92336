// A signed checkpoint each minute with news (protocol §8), beside those of the ceremony. Any number of servers may run
// it: a size is stored once, whoever comes first.
import { checkpoint } from './checkpoint';
import { startClock, type Clock } from './clock';
import { countyOf, noCounty } from './county';
import type { Database } from './db/database';
import type { LedgerKey } from './ledger-key';

interface CheckpointOptions {
	now: () => Date;
	log: (message: string) => void;
	everyMs?: number;
}

/** Begins with a round: what was recorded just before the server last stopped has no checkpoint yet. db: under the identity
 * of background work, since nobody is signed in. */
export const startCheckpointClock = (
	db: Database,
	key: Extract<LedgerKey, { ok: true }>,
	{ now, log, everyMs = 60_000 }: CheckpointOptions
): Clock =>
	startClock(
		async () => {
			// Looked up each time: before its first county is registered a deployment has none.
			const county = await countyOf(db);
			if (county === noCounty) return;
			const signed = await checkpoint(db, county.code, key, now());
			return signed.ok || signed.reason === 'empty' ? undefined : signed.message;
		},
		{ name: 'no checkpoint of the ledger', log, everyMs }
	);
