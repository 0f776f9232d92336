// The outbox: a message is written in the transaction of the step it tells of, with its entry in the ledger, or neither is.
// What was not told by its step (an end of publicity that came by itself, penalties from before) is found by `tellAll`.
import { sql, type Transaction } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import {
	bodyOf,
	businessKey,
	mayFollow,
	platformNames,
	type CreditAction,
	type PlatformName
} from '../../core/credit/message';
import { creditRecord, type FieldProblem, type PenaltyFacts } from '../../core/credit/record';
import type { RuleKey } from '../../core/rule/catalogue';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append, type LedgerEntry } from '../ledger';
import { dueOf, readClocks } from '../result/clocks';
import { authorityOf } from './settings';

export interface Telling {
	county: string;
	actor: string;
	at: Date;
}

const pushRules: Record<PlatformName, RuleKey> = {
	credit_china: 'credit_push',
	enterprise: 'enterprise_push'
};

/**
 * Tells both platforms of a step of a penalty, after the step was written. Answers how many messages there are: none where
 * a platform was never told of the penalty, or was told already. Call it in the step's transaction.
 */
export async function tell(
	trx: Transaction<DB>,
	{ county, actor, at }: Telling,
	penalty: number,
	action: CreditAction,
	only?: PlatformName
): Promise<number> {
	// Numbers of a county one after the other: two at once wait for each other.
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.credit_message'))`.execute(trx);
	const { rows: said } = await sql<{ platform: PlatformName; number: number; action: CreditAction }>`
		SELECT platform, number, action FROM app.credit_message
		WHERE county = ${county} AND penalty = ${penalty} ORDER BY platform, number`.execute(trx);
	const facts = await factsOf(trx, county, penalty);
	const clocks = await readClocks(trx, county);
	const day = dayInChina(at);
	const entries: LedgerEntry[] = [];
	for (const platform of only ? [only] : platformNames) {
		const before = said.filter((one) => one.platform === platform);
		if (
			!mayFollow(
				before.map((one) => one.action),
				action
			)
		)
			continue;
		const number = (before.at(-1)?.number ?? 0) + 1;
		const key = businessKey(county, penalty, number, action);
		const { body, problems } = written(facts, { key, platform, action, number, day });
		const rule = action === 'withdraw' ? 'posting_withdrawn' : pushRules[platform];
		const since =
			action === 'publish' ? facts.decidedOn : action === 'withdraw' ? (facts.askedOn ?? day) : day;
		const { rows } = await sql<{ id: number }>`
			SELECT coalesce(max(id), 0) + 1 AS id FROM app.credit_message WHERE county = ${county}`.execute(trx);
		await trx
			.insertInto('app.credit_message')
			.values({
				...{ county, id: rows[0]!.id, platform, penalty, number, action, business_key: key, body },
				...{ due: dueOf(clocks, rule, since), created_at: at, queued_at: at, next_at: at },
				demo: facts.demo,
				...(problems.length > 0 ? { state: 'dead', failure: failureOf(problems) } : {})
			})
			.execute();
		entries.push({
			...{ type: 'credit.queued', at: at.toISOString(), actor, message: rows[0]!.id, platform, penalty },
			...{ action, key, fields: problems.map(({ field }) => field) }
		});
	}
	for (const entry of entries) await append(trx, county, entry);
	return entries.length;
}

const failureOf = (problems: readonly FieldProblem[]) =>
	`field ${problems.map(({ field, reason }) => `${field}:${reason}`).join(' ')}`;

interface Facts extends PenaltyFacts {
	demo: boolean;
	/** When its withdrawal was asked for, and why. */
	askedOn: string | null;
	reason: string;
}

function written(
	{ reason, demo: _, ...facts }: Facts,
	message: { key: string; platform: PlatformName; action: CreditAction; number: number; day: string }
) {
	const made = creditRecord(facts);
	const why = message.action === 'withdraw' ? reason.replaceAll('\r\n', '\n').normalize('NFC') : '';
	return {
		body: bodyOf({ ...message, reason: why, record: made.record }),
		problems: made.ok ? [] : made.problems
	};
}

async function factsOf(db: Database, county: string, penalty: number): Promise<Facts> {
	const { rows } = await sql<
		Omit<Facts, 'party' | 'authority' | 'representative' | 'note'> & {
			partyName: string;
			uscc: string;
			countyName: string;
			repairedOn: string | null;
		}
	>`SELECT p.document_number AS "documentNumber", p.facts, p.basis, p.content, p.kinds, p.fine_fen AS "fineFen",
			p.confiscated_fen AS "confiscatedFen", coalesce(p.licence, '') AS licence, p.decided_on::text AS "decidedOn",
			p.ends_on::text AS "endsOn", p.repaired_on::text AS "repairedOn",
			(p.withdrawal_asked_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "askedOn",
			coalesce(p.withdrawal_reason, '') AS reason, y.name AS "partyName", y.uscc, c.name AS "countyName", c.demo,
			coalesce(p.violation, (SELECT string_agg(DISTINCT i.name, '；' ORDER BY i.name) FROM app.result_finding f
				JOIN app.item i ON i.county = f.county AND i.code = f.item
				WHERE f.county = p.county AND f.result = p.result), '') AS violation
		FROM app.penalty p
		JOIN app.party y ON y.county = p.county AND y.uscc = p.party
		JOIN app.county c ON c.code = p.county
		WHERE p.county = ${county} AND p.id = ${penalty}`.execute(db);
	const { partyName, uscc, countyName, repairedOn, ...facts } = rows[0]!;
	return {
		...facts,
		party: { name: partyName, uscc },
		authority: authorityOf(process.env, { code: county, name: countyName, demo: facts.demo }),
		representative: '',
		note: repairedOn ? `已于${repairedOn}完成信用修复` : ''
	};
}

/** The records of every penalty that is public, newest first. */
export async function publicRecords(db: Database, county: string) {
	const penalties = await db
		.selectFrom('app.penalty')
		.where('county', '=', county)
		.where('state', '=', 'posted')
		.select('id')
		.orderBy('decided_on', 'desc')
		.orderBy('id', 'desc')
		.execute();
	const records = [];
	for (const { id } of penalties) records.push(creditRecord(await factsOf(db, county, id)).record);
	return records;
}

/** Whatever the state of the penalties says and no message told yet. */
export async function tellAll(db: Database, { county, at }: Omit<Telling, 'actor'>): Promise<number> {
	const { rows } = await sql<{ id: number; action: CreditAction }>`
		SELECT p.id, w.action FROM app.penalty p, LATERAL (VALUES
			(1, 'publish', p.state = 'posted'),
			(2, 'repair', p.repaired_at IS NOT NULL AND p.posted_at IS NOT NULL),
			(3, 'withdraw', p.state = 'withdrawn'),
			(4, 'expire', p.state = 'posted' AND p.ends_on < ${dayInChina(at)}::date)) AS w (place, action, holds)
		WHERE p.county = ${county} AND w.holds
			AND (w.action = 'publish' OR EXISTS (SELECT FROM app.credit_message m WHERE m.county = p.county
				AND m.penalty = p.id AND NOT EXISTS (SELECT FROM app.credit_message e WHERE e.county = m.county
					AND e.penalty = m.penalty AND e.platform = m.platform AND e.action IN ('expire', 'withdraw'))))
			AND (SELECT count(*) FROM app.credit_message m WHERE m.county = p.county AND m.penalty = p.id
				AND m.action = w.action) < ${platformNames.length}
		ORDER BY p.id, w.place`.execute(db);
	let told = 0;
	for (const { id, action } of rows)
		told += await db.transaction().execute((trx) => tell(trx, { county, actor: 'system', at }, id, action));
	return told;
}

export type RetryReason = 'no_message' | 'state' | 'fields';
export type RetryOutcome = { ok: true } | { ok: false; reason: RetryReason; problems?: FieldProblem[] };

/** A dead letter back to where it waits. One that never left the house is written anew from its penalty. */
export const retry = (db: Database, { county, actor, at }: Telling, id: number): Promise<RetryOutcome> =>
	db.transaction().execute(async (trx) => {
		const message = await trx
			.selectFrom('app.credit_message')
			.where('county', '=', county)
			.where('id', '=', id)
			.select(['penalty', 'platform', 'action', 'number', 'business_key', 'state', 'sent_at', 'created_at'])
			.forUpdate()
			.executeTakeFirst();
		if (!message) return { ok: false, reason: 'no_message' } as const;
		if (message.state !== 'dead') return { ok: false, reason: 'state' } as const;
		const named = {
			...{ key: message.business_key, platform: message.platform as PlatformName, number: message.number },
			...{ action: message.action as CreditAction, day: dayInChina(message.created_at) }
		};
		const anew = message.sent_at ? null : written(await factsOf(trx, county, message.penalty), named);
		if (anew && anew.problems.length > 0)
			return { ok: false, reason: 'fields', problems: anew.problems } as const;
		await changeOne(
			trx
				.updateTable('app.credit_message')
				.set({
					...{ state: 'waiting', failure: null, attempts: 0, queued_at: at, next_at: at, lease_until: null },
					...(anew && { body: anew.body })
				})
				.where('county', '=', county)
				.where('id', '=', id)
		);
		await append(trx, county, {
			...{ type: 'credit.retried', at: at.toISOString(), actor, message: id, key: named.key }
		});
		return { ok: true } as const;
	});
