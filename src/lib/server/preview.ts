// What a plan would mean on the registry as it is: shares by township and by cell, chances, and what stands in its way.
import { makeFrame } from '../core/draw/frame';
import { M } from '../core/draw/masses';
import { preview } from '../core/draw/preview';
import { suggestedResolution } from '../core/plan/resolution';
import type { PlanPreview } from '../schema/draw';
import type { Database } from './db/database';
import { freeze, namedRow, type FrozenRows } from './frame';
import { sizeOf, type Plan } from './plan';
import { runWorker } from './workers';

export interface PreviewTask extends FrozenRows {
	work: 'preview';
	plan: Pick<Plan, 'sampleSize' | 'ratioPercent' | 'minPerTownship'>;
}

/** Above this many rows the arithmetic (a few µs a row) moves to a worker thread, which takes a moment to start. */
const IN_PROCESS = 10_000;
/** More parts than anybody reads; the largest are shown. */
const SHOWN_CELLS = 300;

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
		plan: { sampleSize, ratioPercent, minPerTownship }
	};
	if (frozen.rows.length <= IN_PROCESS) return previewFrozen(task);
	return runWorker<PreviewTask, PlanPreview>('draw', task, { timeoutMs: 60_000, ...(signal && { signal }) });
}

export function previewFrozen({ rows, excluded, plan }: PreviewTask): PlanPreview {
	const size = sizeOf(plan, rows.length);
	const reasons = new Map<string, number>();
	for (const { reason } of excluded) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	const nothing: PlanPreview = {
		size: rows.length,
		sampleSize: size.sampleSize,
		minPerTownship: plan.minPerTownship,
		excluded: [...reasons].map(([reason, count]) => ({ reason, count })),
		problem: null,
		townships: [],
		cells: [],
		cellCount: 0,
		sureCells: 0,
		leastMass: 0,
		mostMass: 0,
		suggested: { h3Resolution: 7, minPerTownship: 0 }
	};
	if (rows.length === 0) return { ...nothing, problem: { reason: 'empty' } };
	const made = makeFrame(rows);
	if (!made.ok) return { ...nothing, problem: namedRow(made, rows) };
	const { frame } = made;
	nothing.suggested = {
		h3Resolution: suggestedResolution(frame, size.sampleSize),
		minPerTownship: size.sampleSize >= frame.townships.length ? 1 : 0
	};
	const shares = preview(frame, size);
	if (!shares.ok) return { ...nothing, problem: shares };
	const cells = [...shares.parts].sort((a, b) => b.mass - a.mass);
	return {
		...nothing,
		townships: shares.allocation,
		cells: cells.slice(0, SHOWN_CELLS),
		cellCount: cells.length,
		sureCells: shares.guaranteed,
		leastMass: shares.mass.reduce((least, a) => Math.min(least, a), M),
		mostMass: shares.mass.reduce((most, a) => Math.max(most, a), 0)
	};
}
