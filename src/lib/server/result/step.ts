// The steps of a result after it was recorded: approved by another than who recorded it, published, taken off with a
// tombstone, referred, closed. Each locks the result's row, checks, writes, and appends its entry to the ledger.
import { sql, type Transaction } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Json } from '../../core/bytes/canonical';
import { leaks } from '../../core/posting/redact';
import { hindrances, type Hindrance, type Outcome, type ResultState } from '../../core/posting/state';
import { changeOne } from '../db/change-one';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';

export interface Acting {
	db: Database;
	county: string;
	actor: string;
	at: Date;
}

export type StepReason =
	| Hindrance
	| ('no_result' | 'state' | 'own' | 'personal' | 'asked' | 'not_asked' | 'empty' | 'number' | 'day')
	| ('party' | 'fine' | 'confiscated' | 'taken' | 'police' | 'other_office');
/** field: which of a form's fields is to blame; at: what was found there. */
export interface Refusal {
	ok: false;
	reason: StepReason;
	field?: string;
	at?: string;
}
export type StepOutcome = { ok: true } | Refusal;
export const refuse = (reason: StepReason, field?: string, at?: string): Refusal => ({
	...{ ok: false, reason },
	...(field === undefined ? {} : { field }),
	...(at === undefined ? {} : { at })
});

export interface Step {
	trx: Transaction<DB>;
	result: Awaited<ReturnType<typeof lockedResult>> & object;
	set(values: Record<string, unknown>): Promise<void>;
	/** Last: the entry, under `result.…`. */
	note(type: string, detail?: Record<string, Json>): Promise<void>;
}

const lockedResult = (trx: Transaction<DB>, county: string, id: number) =>
	trx
		.selectFrom('app.result')
		.where('county', '=', county)
		.where('id', '=', id)
		.selectAll()
		.forUpdate()
		.executeTakeFirst();

/** What is read and cannot be locked is another office's: the row policy of whoever acts says so. */
const isKnown = async (trx: Transaction<DB>, county: string, id: number): Promise<boolean> =>
	(await trx
		.selectFrom('app.result')
		.where('county', '=', county)
		.where('id', '=', id)
		.select('id')
		.executeTakeFirst()) !== undefined;

type Work = (step: Step) => Promise<StepOutcome>;

/** `work` writes nothing before it has checked everything. */
export const step = (
	acting: Acting,
	id: number,
	states: readonly ResultState[],
	work: Work
): Promise<StepOutcome> => acting.db.transaction().execute((trx) => stepIn(trx, acting, id, states, work));

/** In a transaction that does more. */
export async function stepIn(
	trx: Transaction<DB>,
	{ county, actor, at }: Acting,
	id: number,
	states: readonly ResultState[],
	work: Work
): Promise<StepOutcome> {
	const result = await lockedResult(trx, county, id);
	if (!result) return refuse((await isKnown(trx, county, id)) ? 'other_office' : 'no_result');
	if (!states.includes(result.state as ResultState)) return refuse('state');
	return work({
		trx,
		result,
		set: (values) =>
			changeOne(trx.updateTable('app.result').set(values).where('county', '=', county).where('id', '=', id)),
		note: async (type, detail = {}) => {
			await append(trx, county, { type: `result.${type}`, at: at.toISOString(), actor, id, ...detail });
		}
	});
}

/** 退回: before it was approved. It stays as withdrawn, and the target is recorded anew. */
export const giveBack = (acting: Acting, id: number, reason: string): Promise<StepOutcome> =>
	step(acting, id, ['recorded'], async ({ set, note }) => {
		const { actor, at } = acting;
		if (reason === '') return refuse('empty', 'reason');
		await set({
			...{
				state: 'withdrawn',
				withdrawal_reason: reason,
				withdrawal_asked_by: actor,
				withdrawal_asked_at: at
			},
			...{ withdrawn_by: actor, withdrawn_at: at }
		});
		await note('given_back', { reason });
		return { ok: true };
	});

export const approve = (acting: Acting, id: number): Promise<StepOutcome> =>
	step(acting, id, ['recorded'], async ({ result, set, note }) => {
		if (result.recorded_by === acting.actor) return refuse('own');
		await set({ state: 'approved', approved_by: acting.actor, approved_at: acting.at });
		await note('approved');
		return { ok: true };
	});

/** The reason of a withdrawal stands on its tombstone for all to read. */
export function unfit(reason: string): Refusal | null {
	if (reason === '') return refuse('empty', 'reason');
	const found = leaks(reason).map((leak) => leak.found);
	return found.length > 0 ? refuse('personal', 'reason', found.join('、')) : null;
}

/** 撤下: changed or revoked. The clock of the withdrawal starts here. */
export const askWithdrawal = (acting: Acting, id: number, reason: string): Promise<StepOutcome> =>
	step(acting, id, ['posted'], async ({ result, set, note }) => {
		const wrong = unfit(reason);
		if (wrong) return wrong;
		if (result.withdrawal_asked_at) return refuse('asked');
		await set({
			...{ withdrawal_reason: reason, withdrawal_asked_by: acting.actor, withdrawal_asked_at: acting.at }
		});
		await note('withdrawal_asked', { reason });
		return { ok: true };
	});

/** The posting's tombstone keeps its number, the day and the reason; its content is public no longer. */
export const withdraw = (acting: Acting, id: number): Promise<StepOutcome> =>
	step(acting, id, ['posted'], async ({ trx, result, set, note }) => {
		const { county, actor, at } = acting;
		const reason = result.withdrawal_reason;
		if (!reason) return refuse('not_asked');
		await set({ state: 'withdrawn', withdrawn_by: actor, withdrawn_at: at });
		await changeOne(
			trx
				.updateTable('app.posting')
				.set({ withdrawn_by: actor, withdrawn_at: at, withdrawn_reason: reason })
				.where('county', '=', county)
				.where('result', '=', id)
				.where('kind', '=', 'result')
		);
		await note('withdrawn', { reason });
		return { ok: true };
	});

/** 责令改正 carried out, as somebody saw it. */
export const rectify = (
	acting: Acting,
	id: number,
	{ number, on }: { number: number; on: string }
): Promise<StepOutcome> =>
	step(acting, id, ['recorded', 'approved', 'posted'], async ({ trx, result, note }) => {
		if (on < String(result.checked_on) || on > dayInChina(acting.at)) return refuse('day', 'on');
		const { numUpdatedRows } = await trx
			.updateTable('app.result_finding')
			.set({ rectified_on: on, rectified_by: acting.actor, rectified_at: acting.at })
			.where('county', '=', acting.county)
			.where('result', '=', id)
			.where('number', '=', number)
			.where('measure', '=', 'ordered')
			.where('rectified_at', 'is', null)
			.executeTakeFirstOrThrow();
		if (numUpdatedRows !== 1n) return refuse('number');
		await note('rectified', { number, on });
		return { ok: true };
	});

export async function hindrancesOf(
	db: Database,
	county: string,
	result: { id: number; state: string; outcome: string }
): Promise<Hindrance[]> {
	const of = sql`county = ${county} AND result = ${result.id}`;
	const { rows } = await sql<{
		orders: number;
		penalties: string[];
		referrals: { state: string; again: boolean }[];
	}>`SELECT
		(SELECT count(*)::integer FROM app.result_finding WHERE ${of} AND measure = 'ordered'
			AND rectified_at IS NULL) AS orders,
		(SELECT coalesce(jsonb_agg(state), '[]') FROM app.penalty WHERE ${of}) AS penalties,
		(SELECT coalesce(jsonb_agg(jsonb_build_object('state', r.state, 'again', EXISTS (SELECT FROM app.referral n
			WHERE n.county = r.county AND n.again = r.id))), '[]') FROM app.referral r WHERE ${of}) AS referrals`.execute(
		db
	);
	const { orders, penalties, referrals } = rows[0]!;
	return hindrances({
		state: result.state as ResultState,
		outcome: result.outcome as Outcome,
		orders,
		penalties: penalties as never,
		referrals: referrals as never
	});
}

/** 办结, by somebody and with a word. */
export const close = (acting: Acting, id: number, closing: string): Promise<StepOutcome> =>
	step(acting, id, ['recorded', 'approved', 'posted', 'withdrawn'], async ({ trx, result, set, note }) => {
		if (closing === '') return refuse('empty', 'closing');
		if (result.closed_at) return refuse('state');
		const [first] = await hindrancesOf(trx, acting.county, result);
		if (first) return refuse(first);
		await set({ closing, closed_by: acting.actor, closed_at: acting.at });
		await note('closed', { closing });
		return { ok: true };
	});
