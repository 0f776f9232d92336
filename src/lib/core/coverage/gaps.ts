// 缺口: groups with targets and no visit in 24 months, the most targets first, then the longest unvisited; and how much a
// figure may be relied on: a share of fewer than SMALL targets is not shown as a percentage.

import { cellToLatLng } from 'h3-js';
import { OVERDUE_MONTHS } from '../study/simulate';
import { monthsBefore } from './day';
import type { Grouping, Sums } from './aggregate';
import { activeAt, FAILS, type Box, type Moment } from './select';
import type { CoverageTable } from './table';

/** Below this, counts speak and percentages do not. */
export const SMALL = 5;

export interface Gap {
	/** H3 index of the cell. */
	cell: string;
	due: number;
	/** Day of the last visit, 0: never. */
	last: number;
	/** Place of the township that most of its targets lie in. */
	township: number;
}

export const isGap = ({ due, last }: Sums, g: number, overdue: number): boolean =>
	due[g]! > 0 && last[g]! <= overdue;

/** Last day that counts as a gap. */
export const overdueOn = ({ day }: Moment): number => monthsBefore(day, OVERDUE_MONTHS);

/** cells: the grouping that `sums` is of; box: cells whose centre lies outside are left out. */
export function gapsOf(
	table: CoverageTable,
	cells: Grouping,
	sums: Sums,
	fails: Uint8Array,
	moment: Moment,
	box: Box | null
): Gap[] {
	const overdue = overdueOn(moment);
	const gaps = new Map<number, Gap>();
	for (const [g, cell] of cells.names.entries()) {
		if (!isGap(sums, g, overdue) || (box && !contains(box, cell))) continue;
		gaps.set(g, { cell, due: sums.due[g]!, last: sums.last[g]!, township: -1 });
	}
	const votes = new Map<Gap, Map<number, number>>();
	for (let i = 0; i < fails.length; i++) {
		if ((fails[i]! & ~FAILS.box) !== 0 || !activeAt(table, i, moment.day)) continue;
		const gap = gaps.get(cells.of[cells.column[i]!]!);
		if (!gap) continue;
		let counts = votes.get(gap);
		if (!counts) votes.set(gap, (counts = new Map()));
		const township = table.township[i]!;
		counts.set(township, (counts.get(township) ?? 0) + 1);
	}
	for (const [gap, counts] of votes)
		gap.township = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
	return [...gaps.values()].sort((a, b) => b.due - a.due || a.last - b.last || (a.cell < b.cell ? -1 : 1));
}

function contains([west, south, east, north]: Box, cell: string): boolean {
	const [lat, lon] = cellToLatLng(cell);
	return lon >= west && lon <= east && lat >= south && lat <= north;
}
