// 试抽: freeze → compute in a worker thread → save. Nothing is written before the list is complete, and then everything
// in one transaction; a process that dies or a caller that cancels leaves nothing behind.
import { randomBytes } from 'node:crypto';
import type { PlanProblem } from '../schema/draw';
import type { County } from './county';
import type { Database } from './db/database';
import { saveDraw } from './draw';
import { compute, type Running } from './draw-compute';
import type { TrialTask } from './draw-task';
import { freeze } from './frame';
import { sizeOf } from './frozen';
import type { SavedPlan } from './plan';

export type TrialOutcome = { ok: true; draw: number } | { ok: false; problem: PlanProblem };

/** digits: 20 decimal digits. Rejects with the signal's reason when cancelled. */
export async function holdTrial(
	db: Database,
	county: County,
	plan: SavedPlan,
	digits: string,
	at: Date,
	options: Running & { actor?: string } = {}
): Promise<TrialOutcome> {
	const { onProgress, signal, actor } = options;
	onProgress?.({ step: 'freeze', done: 0, total: 1 });
	const { limit: _, ...frozen } = await freeze(db, county.code, plan, { ...plan, salted: true }, at);
	if (frozen.rows.length === 0) return { ok: false, problem: { reason: 'empty' } };
	const task: TrialTask = {
		work: 'trial',
		...frozen,
		digits,
		nonce: randomBytes(32).toString('hex'),
		plan: {
			plan: plan.id,
			kind: plan.kind,
			...sizeOf(plan, frozen.rows.length),
			h3Resolution: plan.h3Resolution,
			grid: plan.grid,
			crs: `EPSG:${county.epsg}`,
			publicFrame: false,
			substitutes: plan.substitutes
		}
	};
	const outcome = await compute(task, options);
	if (!outcome.ok) return outcome;
	onProgress?.({ step: 'save', done: 0, total: 1 });
	const draw = await db.transaction().execute((trx) =>
		saveDraw(trx, {
			...outcome,
			county: county.code,
			plan: plan.id,
			kind: plan.kind,
			assurance: 'trial',
			seq: null,
			prev: null,
			at,
			...(actor !== undefined && { actor }),
			...(signal && { signal })
		})
	);
	return { ok: true, draw };
}
