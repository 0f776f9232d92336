// Sending: a message is claimed under a lease, sent, and settled, three steps with nothing held between them. Whoever is
// killed anywhere leaves a lease that runs out, and the same message goes again under the same key. Of one case at one
// platform only the first message not accepted yet is ever claimed.
import { sql } from 'kysely';
import type { PlatformName } from '../../core/credit/message';
import { afterFailure } from '../../core/credit/retry';
import type { Database } from '../db/database';
import { append } from '../ledger';
import type { Failed } from './exchange';
import type { Platform } from './platform';

/** Longer than a request may take, so that a living worker never loses its message. */
const LEASE_MS = 120_000;
/** Messages under way to one platform at once. */
const LANES = 3;

export interface Pushing {
	db: Database;
	county: string;
	now: () => Date;
	/** In [0, 1). */
	random: () => number;
	signal?: AbortSignal;
}

interface Claimed {
	id: number;
	key: string;
	body: string;
	attempts: number;
	queuedAt: Date;
}

/** Everything that can go to a platform now. Answers how many it took. */
export async function push(work: Pushing, name: PlatformName, platform: Platform): Promise<number> {
	const lanes = Array.from({ length: LANES }, async () => {
		let accepted = 0;
		while (!work.signal?.aborted) {
			const message = await claim(work, name);
			if (!message) break;
			const answer = await platform.send(message);
			if (answer.ok) accepted += await accept(work, message, answer.receipt);
			else await fail(work, message, answer);
		}
		return accepted;
	});
	return (await Promise.all(lanes)).reduce((all, one) => all + one, 0);
}

async function claim({ db, county, now }: Pushing, platform: PlatformName): Promise<Claimed | null> {
	const at = now();
	const { rows } = await sql<Claimed>`
		UPDATE app.credit_message m SET attempts = m.attempts + 1, sent_at = coalesce(m.sent_at, ${at}),
			lease_until = ${new Date(at.getTime() + LEASE_MS)}
		WHERE m.county = ${county} AND m.id = (
			SELECT w.id FROM app.credit_message w
			WHERE w.county = ${county} AND w.platform = ${platform} AND w.state = 'waiting' AND w.next_at <= ${at}
				AND (w.lease_until IS NULL OR w.lease_until <= ${at})
				AND w.demo = (SELECT demo FROM app.county WHERE code = w.county)
				AND NOT EXISTS (SELECT FROM app.credit_message b WHERE b.county = w.county AND b.platform = w.platform
					AND b.penalty = w.penalty AND b.number < w.number AND b.state <> 'accepted')
			ORDER BY w.next_at, w.id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING m.id, m.business_key AS key, m.body, m.attempts, m.queued_at AS "queuedAt"`.execute(db);
	return rows[0] ?? null;
}

/** True whoever reports it: a lease that ran out meanwhile does not make it less accepted. */
const accept = ({ db, county, now }: Pushing, { id, key }: Claimed, receipt: string): Promise<number> =>
	db.transaction().execute(async (trx) => {
		const at = now();
		const { numUpdatedRows } = await trx
			.updateTable('app.credit_message')
			.set({ state: 'accepted', receipt, accepted_at: at, lease_until: null, failure: null })
			.where('county', '=', county)
			.where('id', '=', id)
			.where('state', '=', 'waiting')
			.executeTakeFirstOrThrow();
		if (numUpdatedRows === 0n) return 0;
		await append(trx, county, {
			...{ type: 'credit.accepted', at: at.toISOString(), actor: 'system', message: id, key, receipt }
		});
		return 1;
	});

/** Only by who holds the lease: another may be sending it at this moment. */
const fail = (
	{ db, county, now, random }: Pushing,
	{ id, key, attempts, queuedAt }: Claimed,
	{ reason, detail }: Failed
): Promise<void> =>
	db.transaction().execute(async (trx) => {
		const at = now();
		const next = afterFailure({ reason, attempts, queuedAt, at }, random());
		const { numUpdatedRows } = await trx
			.updateTable('app.credit_message')
			.set({
				...{ state: next.state, failure: `${reason} ${detail}`.slice(0, 500), lease_until: null },
				...(next.state === 'waiting' && { next_at: next.nextAt })
			})
			.where('county', '=', county)
			.where('id', '=', id)
			.where('state', '=', 'waiting')
			.where('attempts', '=', attempts)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows === 1n && next.state === 'dead')
			await append(trx, county, {
				...{ type: 'credit.dead', at: at.toISOString(), actor: 'system', message: id, key, reason, attempts }
			});
	});
