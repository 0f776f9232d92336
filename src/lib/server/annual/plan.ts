// 年度计划 from draft to the public: who wrote it sends it in, a leader who did not write it approves it or gives it back,
// and what is published stays as it was even when the plan is opened again.
import type { Transaction, Updateable } from 'kysely';
import { canonical } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { AnnualProblem } from '../../schema/annual';
import type { County } from '../county';
import { changeOne } from '../db/change-one';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { publicDocument } from './publication';
import { change, refuse, type Annual } from './step';

type Outcome = Promise<{ ok: true } | AnnualProblem>;

/** An empty draft. */
export function createAnnual({ db, county, year, actor, at }: Annual): Outcome {
	if (!Number.isInteger(year) || year < 2000 || year > 2999) return Promise.resolve(refuse('year', 'year'));
	return db.transaction().execute(async (trx) => {
		const { numInsertedOrUpdatedRows } = await trx
			.insertInto('app.annual_plan')
			.values({
				...{ county, year, created_by: actor, created_at: at, edited_by: actor, edited_at: at }
			})
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirstOrThrow();
		if (numInsertedOrUpdatedRows !== 1n) return refuse('year', 'exists', String(year));
		await append(trx, county, { type: 'annual.created', at: at.toISOString(), actor, year });
		return { ok: true };
	});
}

export const submitAnnual = (annual: Annual): Outcome =>
	change(annual, ['draft'], async ({ trx, note }) => {
		const task = await trx
			.selectFrom('app.task')
			.where('county', '=', annual.county)
			.where('year', '=', annual.year)
			.select('number')
			.executeTakeFirst();
		if (!task) return refuse('', 'no_task');
		await set(annual, trx, {
			state: 'submitted',
			...{ submitted_by: annual.actor, submitted_at: annual.at, returned_reason: null }
		});
		await note('submitted');
		return { ok: true };
	});

/** By a leader who neither wrote it nor sent it in. */
export const approveAnnual = (annual: Annual): Outcome =>
	change(annual, ['submitted'], async ({ trx, plan, note }) => {
		if ([plan.created_by, plan.edited_by, plan.submitted_by].includes(annual.actor))
			return refuse('', 'own_plan');
		await set(annual, trx, { state: 'approved', approved_by: annual.actor, approved_at: annual.at });
		await note('approved', { submittedBy: plan.submitted_by });
		return { ok: true };
	});

const open = {
	...{ state: 'draft', submitted_by: null, submitted_at: null, approved_by: null, approved_at: null },
	...{ published_by: null, published_at: null }
} as const;

/** The leader gives it back, with what is to be changed. */
export const returnAnnual = (annual: Annual, reason: string): Outcome =>
	change(annual, ['submitted'], async ({ trx, note }) => {
		await set(annual, trx, { ...open, returned_reason: reason });
		await note('returned', { reason });
		return { ok: true };
	});

/** An approved plan becomes a draft of the next revision; it is approved and published anew. */
export const reopenAnnual = (annual: Annual, reason: string): Outcome =>
	change(annual, ['approved', 'published'], async ({ trx, plan, note }) => {
		await set(annual, trx, { ...open, returned_reason: reason, revision: plan.revision + 1 });
		await note('reopened', { reason, to: plan.revision + 1 });
		return { ok: true };
	});

export const publishAnnual = (annual: Annual, county: County, filingNumber: string): Outcome =>
	change(annual, ['approved'], async ({ trx, plan, note }) => {
		const document = canonical(
			await publicDocument(trx, county, annual.year, { filingNumber, revision: plan.revision })
		);
		const hash = toHex(sha256(document));
		await set(annual, trx, {
			...{ state: 'published', filing_number: filingNumber },
			...{ published_by: annual.actor, published_at: annual.at }
		});
		await trx
			.insertInto('app.annual_publication')
			.values({
				...{ county: annual.county, year: annual.year, revision: plan.revision },
				...{ filing_number: filingNumber, document, document_hash: hash },
				...{ published_by: annual.actor, published_at: annual.at }
			})
			.execute();
		await note('published', { filingNumber, document: hash });
		return { ok: true };
	});

const set = ({ county, year }: Annual, trx: Transaction<DB>, values: Updateable<DB['app.annual_plan']>) =>
	changeOne(
		trx.updateTable('app.annual_plan').set(values).where('county', '=', county).where('year', '=', year)
	);
