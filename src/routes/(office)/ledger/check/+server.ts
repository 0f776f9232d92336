import { checkLedger } from '$lib/server/ledger-check';
import { knownKeys } from '$lib/server/ledger-key';
import { ledgerSize } from '$lib/server/ledger-reading';
import { streamed } from '$lib/server/streamed';
import type { CheckEvent } from '../check-event';
import type { RequestHandler } from './$types';

/** A check holds a connection while it reads everything: one at a time in this process. */
let running = false;

/** Reads the whole ledger and says how far it is, then what was found. */
export const POST: RequestHandler = ({ locals: { db, county, keys } }) =>
	streamed<CheckEvent>('a check of the ledger', async (send, signal) => {
		if (running) return send({ type: 'busy' });
		running = true;
		try {
			const total = await ledgerSize(db, county.code);
			const known = knownKeys(county.code, keys.ledger);
			const result = await checkLedger(db, county.code, {
				keys: known.length > 0 ? known : null,
				onProgress: (done) => {
					signal.throwIfAborted();
					send({ type: 'progress', done, total });
				}
			});
			send({ type: 'done', result });
		} finally {
			running = false;
		}
	});
