// 对账, once a day: what a platform has against what it confirmed. What it lost goes again under its old key; what it has
// otherwise than we sent it, or never from us, is for a person to look at.
import { sql } from 'kysely';
import { digestOf, type PlatformName } from '../../core/credit/message';
import { differences } from '../../core/credit/reconcile';
import type { Database } from '../db/database';
import { append } from '../ledger';
import { dueIn } from './daily';
import type { Telling } from './outbox';
import type { Platform } from './platform';

export const reconciliationDue = dueIn('app.credit_reconciliation');

/** The platform has to be one that can say what it has. */
export async function reconcile(
	db: Database,
	{ county, actor, at }: Telling,
	name: PlatformName,
	list: NonNullable<Platform['list']>
): Promise<void> {
	const messages = (state: 'accepted' | null) =>
		db
			.selectFrom('app.credit_message')
			.where('county', '=', county)
			.where('platform', '=', name)
			.where('demo', '=', sql<boolean>`(SELECT demo FROM app.county WHERE code = ${county})`)
			.$if(state !== null, (query) => query.where('state', '=', 'accepted'))
			.select(['business_key as key', 'body'])
			.execute();
	// Before the platform is asked: what is confirmed while it answers is not missed.
	const confirmed = (await messages('accepted')).map(({ key, body }) => ({ key, digest: digestOf(body) }));
	const answer = await list();
	const sent = new Set((await messages(null)).map(({ key }) => key));
	const held = answer.ok ? answer.held : [];
	const { missing, extra, different } = answer.ok
		? differences(confirmed, sent, held)
		: { missing: [], extra: [], different: [] };
	const failure = answer.ok ? null : `${answer.reason} ${answer.detail}`.slice(0, 500);
	await db.transaction().execute(async (trx) => {
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.credit_message'))`.execute(trx);
		await sql`UPDATE app.credit_message SET state = 'waiting', receipt = NULL, accepted_at = NULL, attempts = 0,
				queued_at = ${at}, next_at = ${at}, failure = 'lost'
			WHERE county = ${county} AND platform = ${name} AND state = 'accepted'
				AND business_key = ANY (${missing})`.execute(trx);
		const { rows } = await sql<{ id: number }>`
			SELECT coalesce(max(id), 0) + 1 AS id FROM app.credit_reconciliation WHERE county = ${county}`.execute(trx);
		const counts = { expected: confirmed.length, held: held.length };
		await trx
			.insertInto('app.credit_reconciliation')
			.values({
				...{ county, id: rows[0]!.id, platform: name, ...counts, missing, extra, different, failure },
				...{ made_by: actor, made_at: at }
			})
			.execute();
		await append(trx, county, {
			...{
				type: 'credit.reconciled',
				at: at.toISOString(),
				actor,
				id: rows[0]!.id,
				platform: name,
				...counts
			},
			...{ missing, extra, different, failure }
		});
	});
}
