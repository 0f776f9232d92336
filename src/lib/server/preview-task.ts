// What a plan would mean on frozen rows: shares by township and by cell, chances, and what stands in its way. Pure, so
// that it runs in a worker thread or in the process.
import { makeFrame } from '../core/draw/frame';
import { M } from '../core/draw/masses';
import { preview } from '../core/draw/preview';
import { suggestedResolution } from '../core/plan/resolution';
import type { PlanPreview } from '../schema/draw';
import { namedRow, sizeOf, type LimitedRows, type PlanSize } from './frozen';

export interface PreviewTask extends LimitedRows {
	work: 'preview';
	plan: PlanSize;
	/** What the rules want of each township, where the size allows it. */
	townshipLeast: number;
}

/** More parts than anybody reads; the largest are shown. */
const SHOWN_CELLS = 300;

export function previewFrozen({ rows, excluded, limit, plan, townshipLeast }: PreviewTask): PlanPreview {
	const size = sizeOf(plan, rows.length);
	const reasons = new Map<string, number>();
	for (const { reason } of excluded) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	const nothing: PlanPreview = {
		size: rows.length,
		sampleSize: size.sampleSize,
		minPerTownship: plan.minPerTownship,
		excluded: [...reasons].map(([reason, count]) => ({ reason, count })),
		limit: {
			...{ year: limit.year, allowed: limit.allowed, exempt: limit.exempt },
			parties: limit.full.length
		},
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
		minPerTownship: size.sampleSize >= frame.townships.length * townshipLeast ? townshipLeast : 0
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
