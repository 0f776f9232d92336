// What the law-enforcement platform says became of cases (EXCHANGE.md), taken in from its file: each message once, those that
// are refused with their reason, the rest all the same. A decision becomes the draft of a penalty, which goes its way here.
// One transaction: every result that is named is locked before the first entry of the ledger, and a dry run takes it back.
import { sql, type Transaction } from 'kysely';
import * as v from 'valibot';
import { canonical } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { dayInChina } from '../../core/calendar/year';
import { caseReply, replyFile, type CaseReply } from '../../schema/case-exchange';
import type { DB } from '../db/schema';
import { drafted, open } from './penalty';
import { refuse, stepIn, type Acting, type Refusal, type StepReason } from './step';

type FileReason = 'not_json' | 'version' | 'form' | 'county';
/** field: which of the message's; at: what was found there. */
export interface TakenReply {
	/** In the file, from 1. */
	place: number;
	number: string;
	case: string;
	state: string;
	/** known: the same message was taken before. */
	as: 'taken' | 'known' | 'refused';
	reason?: StepReason | 'form' | 'other_county' | 'altered';
	field?: string;
	at?: string;
}
export type RepliesOutcome =
	{ ok: true; platform: string; replies: TakenReply[] } | { ok: false; reason: FileReason; field: string };

class TakenBack extends Error {}

export async function takeReplies(acting: Acting, text: string, dry: boolean): Promise<RepliesOutcome> {
	const read = readFile(text);
	if (!read.ok) return read;
	const { county, platform, replies } = read.file;
	if (county !== acting.county) return { ok: false, reason: 'county', field: county };
	let taken: TakenReply[] = [];
	try {
		await acting.db.transaction().execute(async (trx) => {
			taken = await takeAll(trx, acting, platform, replies);
			if (dry) throw new TakenBack();
		});
	} catch (problem) {
		if (!(problem instanceof TakenBack)) throw problem;
	}
	return { ok: true, platform, replies: taken };
}

function readFile(text: string) {
	let given: unknown;
	try {
		given = JSON.parse(text);
	} catch {
		return { ok: false, reason: 'not_json', field: '' } as const;
	}
	const parsed = v.safeParse(replyFile, given);
	if (parsed.success) return { ok: true, file: parsed.output } as const;
	const field = v.getDotPath(parsed.issues[0]) ?? '';
	return { ok: false, reason: field === 'v' ? 'version' : 'form', field } as const;
}

async function takeAll(trx: Transaction<DB>, acting: Acting, platform: string, given: readonly unknown[]) {
	const read = given.map((one) => v.safeParse(caseReply, one));
	const ids = read.flatMap((one) => (one.success ? [resultOf(one.output)] : []));
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.case_reply')), pg_advisory_xact_lock(hashtext('app.penalty'))`.execute(
		trx
	);
	await sql`SELECT FROM app.result WHERE county = ${acting.county} AND id = ANY (${ids}::integer[])
		ORDER BY id FOR UPDATE`.execute(trx);
	const taken: TakenReply[] = [];
	for (const [i, one] of read.entries()) {
		const named = given[i] as Partial<Record<'number' | 'case' | 'state', unknown>> | null;
		const word = (name: 'number' | 'case' | 'state') => String(named?.[name] ?? '').slice(0, 64);
		const line = { place: i + 1, number: word('number'), case: word('case'), state: word('state') };
		if (!one.success) {
			const field = v.getDotPath(one.issues[0]) ?? one.issues[0].message;
			taken.push({ ...line, as: 'refused', reason: 'form', field });
		} else taken.push({ ...line, ...(await takeOne(trx, acting, platform, one.output)) });
	}
	return taken;
}

const resultOf = ({ case: number }: CaseReply) => Number(number.split('-')[1]);

async function takeOne(
	trx: Transaction<DB>,
	acting: Acting,
	platform: string,
	reply: CaseReply
): Promise<Omit<TakenReply, 'place' | 'number' | 'case' | 'state'>> {
	const { county, actor, at } = acting;
	const { number, state, on, penalty } = reply;
	if (!reply.case.startsWith(`${county}-`)) return { as: 'refused', reason: 'other_county', field: 'case' };
	const document = canonical({ ...reply, penalty: penalty ?? null, attachments: [...reply.attachments] });
	const hash = toHex(sha256(new TextEncoder().encode(document)));
	const before = await trx
		.selectFrom('app.case_reply')
		.where('county', '=', county)
		.where('platform', '=', platform)
		.where('number', '=', number)
		.select('hash')
		.executeTakeFirst();
	if (before)
		return before.hash === hash ? { as: 'known' } : { as: 'refused', reason: 'altered', field: 'number' };
	const id = resultOf(reply);
	const outcome = await stepIn(trx, acting, id, open, async (step) => {
		if (step.result.closed_at) return refuse('state');
		if (on < String(step.result.checked_on) || on > dayInChina(at)) return refuse('day', 'on');
		const made: { ok: true; penalty: number | null } | Refusal = penalty
			? await drafted(acting, step, penalty)
			: { ok: true, penalty: null };
		if (!made.ok) return made;
		await trx
			.insertInto('app.case_reply')
			.values({
				...{ county, platform, number, result: id, state, happened_on: on, penalty: made.penalty },
				...{ document, hash, taken_by: actor, taken_at: at }
			})
			.execute();
		await step.note('case_replied', { platform, number, state, on, hash, penalty: made.penalty });
		return { ok: true };
	});
	if (outcome.ok) return { as: 'taken' };
	const { reason, field, at: where } = outcome;
	return { as: 'refused', reason, ...(field && { field }), ...(where && { at: where }) };
}
