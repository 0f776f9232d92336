// 行政处罚: drafted, reviewed by law (法制审核), decided and published by different people; dropped with a reason, taken off
// once changed or revoked, its publicity shortened when the party has repaired its credit. The rows of 双公示.
import { sql } from 'kysely';
import { dayInChina, isDay } from '../../core/calendar/year';
import { leaks, type PenaltyRecord } from '../../core/posting/redact';
import type { PenaltyState, ResultState } from '../../core/posting/state';
import { changeOne } from '../db/change-one';
import { tell } from '../credit/outbox';
import type { Database } from '../db/database';
import { dueOf, readClocks } from './clocks';
import { insertPosting } from './post';
import { factsOf, penaltyDocument } from './public-document';
import { refuse, step, unfit, type Acting, type Refusal, type Step, type StepOutcome } from './step';

/** What the credit platforms ask beyond what is published here. violation 违法行为类型: '' takes the names of the items. */
interface ForPlatforms {
	violation: string;
	confiscatedFen: number;
	/** 暂扣或吊销证照名称及编号. */
	licence: string;
}
export type PenaltyDraft = Omit<PenaltyRecord, 'decidedOn' | 'endsOn'> & Partial<ForPlatforms>;

/** While penalties are drafted, reviewed, decided and published. */
export const open: readonly ResultState[] = ['approved', 'posted'];

export const draftPenalty = (acting: Acting, id: number, given: PenaltyDraft): Promise<StepOutcome> =>
	step(acting, id, open, async (one) => {
		const made = await drafted(acting, one, given);
		return made.ok ? { ok: true } : made;
	});

/** Within a step of its result. */
export async function drafted(
	acting: Acting,
	{ trx, result, note }: Step,
	given: PenaltyDraft
): Promise<{ ok: true; penalty: number } | Refusal> {
	const { county, actor, at } = acting;
	const { documentNumber, kinds, facts, basis, content, fineFen } = given;
	const { violation = '', confiscatedFen = 0, licence = '' } = given;
	if (result.closed_at) return refuse('state');
	if (result.party === null) return refuse('party');
	if (kinds.includes('fine') !== fineFen > 0) return refuse('fine', 'fine');
	if (confiscatedFen > 0 && !kinds.includes('confiscation')) return refuse('confiscated', 'confiscated');
	for (const field of ['documentNumber', 'facts', 'basis', 'content'] as const) {
		if (given[field] === '') return refuse('empty', field);
		// All of it is published: better to be told here than by the publisher.
		const found = leaks(given[field]).map((leak) => leak.found);
		if (found.length > 0) return refuse('personal', field, found.join('、'));
	}
	const found = leaks(violation).map((leak) => leak.found);
	if (found.length > 0) return refuse('personal', 'violation', found.join('、'));
	await sql`SELECT pg_advisory_xact_lock(hashtext('app.penalty'))`.execute(trx);
	const { rows } = await sql<{ number: number; taken: boolean }>`
		SELECT coalesce(max(id), 0) + 1 AS number, coalesce(bool_or(document_number = ${documentNumber}
			AND state <> 'dropped'), false) AS taken FROM app.penalty WHERE county = ${county}`.execute(trx);
	const { number, taken } = rows[0]!;
	if (taken) return refuse('taken', 'documentNumber', documentNumber);
	await trx
		.insertInto('app.penalty')
		.values({
			...{ county, id: number, result: result.id, party: result.party, document_number: documentNumber },
			...{ kinds: [...kinds], facts, basis, content, fine_fen: fineFen, confiscated_fen: confiscatedFen },
			...{ violation: violation || null, licence: licence || null },
			...{ drafted_by: actor, drafted_at: at }
		})
		.execute();
	await note('penalty_drafted', { penalty: number, documentNumber, kinds: [...kinds], fineFen });
	return { ok: true, penalty: number };
}

const rowOf = (db: Database, county: string, result: number, penalty: number) =>
	db
		.selectFrom('app.penalty')
		.where('county', '=', county)
		.where('result', '=', result)
		.where('id', '=', penalty)
		.selectAll()
		.executeTakeFirst();
type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

interface Move extends Step {
	row: Row;
	/** Changes the penalty's row. */
	change(values: Record<string, unknown>): Promise<void>;
}

/** A step of one penalty, under the lock of its result. `work` writes nothing before it has checked everything. */
const move = (
	acting: Acting,
	{ id, penalty }: { id: number; penalty: number },
	{
		from,
		of = ['approved', 'posted', 'withdrawn']
	}: { from: readonly PenaltyState[]; of?: readonly ResultState[] },
	work: (move: Move) => Promise<StepOutcome>
): Promise<StepOutcome> =>
	step(acting, id, of, async (given) => {
		const row = await rowOf(given.trx, acting.county, id, penalty);
		if (!row) return refuse('number');
		if (!from.includes(row.state as PenaltyState)) return refuse('state');
		return work({
			...given,
			row,
			change: (values) =>
				changeOne(
					given.trx
						.updateTable('app.penalty')
						.set(values)
						.where('county', '=', acting.county)
						.where('id', '=', penalty)
				)
		});
	});

/** Which penalty of which result. */
export interface Which {
	id: number;
	penalty: number;
}

/** 法制审核, by another than who drafted it. */
export const reviewPenalty = (acting: Acting, which: Which, review: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['drafted'], of: open }, async ({ row, change, note }) => {
		const { actor, at } = acting;
		if (row.drafted_by === actor) return refuse('own');
		if (review === '') return refuse('empty', 'review');
		await change({ state: 'reviewed', review, reviewed_by: actor, reviewed_at: at });
		await note('penalty_reviewed', { penalty: which.penalty, review });
		return { ok: true };
	});

/** on: the day of the decision, from which the days to its publication count. */
export const decidePenalty = (acting: Acting, which: Which, on: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['reviewed'], of: open }, async ({ row, result, change, note }) => {
		const { actor, at } = acting;
		if (row.drafted_by === actor || row.reviewed_by === actor) return refuse('own');
		if (!isDay(on) || on < String(result.checked_on) || on > dayInChina(at)) return refuse('day', 'on');
		await change({ state: 'decided', decided_on: on, decided_by: actor, decided_at: at });
		await note('penalty_decided', { penalty: which.penalty, on });
		return { ok: true };
	});

export const postPenalty = (acting: Acting, which: Which, endsOn: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['decided'], of: open }, async ({ trx, row, result, change, note }) => {
		const { county, actor, at } = acting;
		if (!isDay(endsOn) || endsOn <= dayInChina(at)) return refuse('day', 'endsOn');
		const facts = await factsOf(trx, county, which.id);
		const shown = penaltyDocument(facts, recordOf(row, endsOn));
		if (shown.personal.length > 0) return refuse('personal', undefined, shown.personal.join('、'));
		const due = dueOf(await readClocks(trx, county), 'posting_penalty', String(row.decided_on));
		await change({ state: 'posted', ends_on: endsOn, posted_by: actor, posted_at: at });
		const posted = await insertPosting(trx, acting, facts, shown, {
			...{ result: which.id, penalty: which.penalty, draw: result.draw, due, endsOn },
			corrected: { result: which.id, kind: 'penalty' }
		});
		await tell(trx, acting, which.penalty, 'publish');
		await note('penalty_posted', { penalty: which.penalty, ...posted, endsOn });
		return { ok: true };
	});

/** As it is published; endsOn: what the publisher gives, while it is not. */
export const recordOf = (row: Row, endsOn: string): PenaltyRecord => ({
	...{ documentNumber: row.document_number, kinds: row.kinds as PenaltyRecord['kinds'] },
	...{ facts: row.facts, basis: row.basis, content: row.content, fineFen: Number(row.fine_fen) },
	...{ decidedOn: String(row.decided_on), endsOn }
});

/** What would be published, before it is; null: there is no such penalty, or it is not decided. */
export async function penaltyPreview(db: Database, county: string, { id, penalty }: Which, endsOn: string) {
	const row = await rowOf(db, county, id, penalty);
	return row?.decided_on ? penaltyDocument(await factsOf(db, county, id), recordOf(row, endsOn)) : null;
}

/** 变更, 撤销: the clock of the withdrawal starts here. */
export const askPenaltyWithdrawal = (acting: Acting, which: Which, reason: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['posted'] }, async ({ row, change, note }) => {
		const { actor, at } = acting;
		const wrong = unfit(reason);
		if (wrong) return wrong;
		if (row.withdrawal_asked_at) return refuse('asked');
		await change({ withdrawal_reason: reason, withdrawal_asked_by: actor, withdrawal_asked_at: at });
		await note('penalty_withdrawal_asked', { penalty: which.penalty, reason });
		return { ok: true };
	});

export const withdrawPenalty = (acting: Acting, which: Which): Promise<StepOutcome> =>
	move(acting, which, { from: ['posted'] }, async ({ trx, row, change, note }) => {
		const { county, actor, at } = acting;
		const reason = row.withdrawal_reason;
		if (!reason) return refuse('not_asked');
		await change({ state: 'withdrawn', withdrawn_by: actor, withdrawn_at: at });
		await changeOne(
			trx
				.updateTable('app.posting')
				.set({ withdrawn_by: actor, withdrawn_at: at, withdrawn_reason: reason })
				.where('county', '=', county)
				.where('penalty', '=', which.penalty)
		);
		await tell(trx, acting, which.penalty, 'withdraw');
		await note('penalty_withdrawn', { penalty: which.penalty, reason });
		return { ok: true };
	});

/** 信用修复: on that day its publicity ends. */
export const repairPenalty = (acting: Acting, which: Which, on: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['posted'] }, async ({ trx, row, change, note }) => {
		const { county, actor, at } = acting;
		if (row.repaired_at) return refuse('state');
		if (!isDay(on) || on < String(row.decided_on) || on > dayInChina(at)) return refuse('day', 'on');
		await change({ repaired_on: on, ends_on: on, repaired_by: actor, repaired_at: at });
		await changeOne(
			trx
				.updateTable('app.posting')
				.set({ repaired_on: on, ends_on: on })
				.where('county', '=', county)
				.where('penalty', '=', which.penalty)
		);
		await tell(trx, acting, which.penalty, 'repair');
		await note('penalty_repaired', { penalty: which.penalty, on });
		return { ok: true };
	});

/** No penalty comes of it, and why. */
export const dropPenalty = (acting: Acting, which: Which, reason: string): Promise<StepOutcome> =>
	move(acting, which, { from: ['drafted', 'reviewed', 'decided'] }, async ({ change, note }) => {
		if (reason === '') return refuse('empty', 'reason');
		await change({
			state: 'dropped',
			dropped_reason: reason,
			dropped_by: acting.actor,
			dropped_at: acting.at
		});
		await note('penalty_dropped', { penalty: which.penalty, reason });
		return { ok: true };
	});
