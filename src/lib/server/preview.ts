// The preview of a plan on the registry as it is. Nothing is written.
import type { PlanPreview } from '../schema/draw';
import type { Database } from './db/database';
import { freeze } from './frame';
import type { Plan } from './plan';
import { previewFrozen, type PreviewTask } from './preview-task';
import { ruleOn } from './rule';
import { runWorker } from './workers';

/** Above this many rows the arithmetic (a few µs a row) moves to a worker thread, which takes a moment to start. */
const IN_PROCESS = 10_000;

export async function previewPlan(
	db: Database,
	county: string,
	plan: Plan,
	at: Date,
	signal?: AbortSignal
): Promise<PlanPreview> {
	const { sampleSize, ratioPercent, minPerTownship } = plan;
	const frozen = await freeze(db, county, plan, { ...plan, salted: false }, at);
	const task: PreviewTask = {
		work: 'preview',
		...frozen,
		plan: { sampleSize, ratioPercent, minPerTownship },
		townshipLeast: (await ruleOn(db, county, 'township_least', at))?.value ?? 0
	};
	if (frozen.rows.length <= IN_PROCESS) return previewFrozen(task);
	return runWorker<PreviewTask, PlanPreview>('draw', task, { timeoutMs: 60_000, ...(signal && { signal }) });
}
