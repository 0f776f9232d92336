// What a map of coverage shows of a group: one of six shades, deeper is more (with months: more recent), and whether the figure stands on too few
// targets to be a share (SMALL). Shares have fixed steps, so that a shade means the same in every picture.

import { monthsBetween } from './day';
import type { Sums } from './aggregate';
import { isGap, overdueOn, SMALL } from './gaps';
import type { Moment } from './select';

export const measures = ['done', 'months', 'chance', 'findings'] as const;
export type Measure = (typeof measures)[number];

/** Lower bounds of shades 1 … 5: shares visited, chances, shares of inspections with findings; and upper bounds in months since the last visit. */
export const steps = {
	done: [Number.MIN_VALUE, 0.02, 0.05, 0.1, 0.25],
	chance: [0.01, 0.02, 0.05, 0.1, 0.25],
	findings: [Number.MIN_VALUE, 0.1, 0.2, 0.3, 0.5],
	months: [24, 18, 12, 6, 3]
} as const satisfies Record<Measure, readonly number[]>;

export interface Shown {
	/** 0 … 5; null: nothing to show here (no target, or no chance known). */
	shade: number | null;
	small: boolean;
	/** Targets, and no visit in 24 months. */
	gap: boolean;
	/** Share, months (null: never) or mean chance. */
	value: number | null;
}

const UNIT = 2 ** 30;

/** How many whole months ago group g was last visited; null: never. */
export const monthsSince = ({ last }: Sums, g: number, { day }: Moment): number | null =>
	last[g] ? monthsBetween(last[g], day) : null;

/** What a share is of: part and whole. */
function partOf(measure: Exclude<Measure, 'months'>, sums: Sums, g: number): [number, number] {
	if (measure === 'done') return [sums.done[g]!, sums.due[g]!];
	if (measure === 'findings') return [sums.found[g]!, sums.inspected[g]!];
	return [sums.mass[g]! / UNIT, sums.framed[g]!];
}

export function shownOf(measure: Measure, sums: Sums, moment: Moment): Shown[] {
	const overdue = overdueOn(moment);
	return Array.from(sums.due, (due, g) => {
		const gap = isGap(sums, g, overdue);
		if (due === 0) return { shade: null, small: false, gap, value: null };
		if (measure === 'months') {
			const value = monthsSince(sums, g, moment);
			const shade = value === null ? 0 : steps.months.filter((bound) => value < bound).length;
			return { shade, small: false, gap, value };
		}
		const [part, of] = partOf(measure, sums, g);
		if (of === 0) return { shade: null, small: false, gap, value: null };
		const value = part / of;
		const shade = steps[measure].filter((bound) => value >= bound).length;
		return { shade, small: of < SMALL, gap, value };
	});
}
