// 缺口: groups with targets and no visit in 24 months, the most targets first, then the longest unvisited; and how much a
// figure may be relied on: a share of fewer than SMALL targets is not shown as a percentage.

import { cellToLatLng } from 'h3-js';
import { OVERDUE_MONTHS } from '../study/simulate';
import { monthsBefore } from './day';
import type { Grouping, Sums } from './aggregate';
import type { Box, Moment } from './select';
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

const towns = new WeakMap<Grouping, Int32Array>();

/** Place of the township that most of the rows of each group lie in; found once for a grouping. */
export function townshipsOf(table: CoverageTable, grouping: Grouping): Int32Array {
	let known = towns.get(grouping);
	if (known) return known;
	const votes = grouping.names.map(() => new Map<number, number>());
	for (let i = 0; i < table.rows; i++) {
		const counts = votes[grouping.of[grouping.column[i]!]!]!;
		const township = table.township[i]!;
		counts.set(township, (counts.get(township) ?? 0) + 1);
	}
	known = Int32Array.from(votes, (counts) =>
		counts.size === 0 ? -1 : [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
	);
	towns.set(grouping, known);
	return known;
}

/** cells: the grouping that `sums` is of; box: cells whose centre lies outside are left out. */
export function gapsOf(
	table: CoverageTable,
	cells: Grouping,
	sums: Sums,
	moment: Moment,
	box: Box | null
): Gap[] {
	const overdue = overdueOn(moment);
	const township = townshipsOf(table, cells);
	const gaps: Gap[] = [];
	for (const [g, cell] of cells.names.entries()) {
		if (!isGap(sums, g, overdue) || (box && !cellWithin(box, cell))) continue;
		gaps.push({ cell, due: sums.due[g]!, last: sums.last[g]!, township: township[g]! });
	}
	return gaps.sort((a, b) => b.due - a.due || a.last - b.last || (a.cell < b.cell ? -1 : 1));
}

export function cellWithin([west, south, east, north]: Box, cell: string): boolean {
	const [lat, lon] = cellToLatLng(cell);
	return lon >= west && lon <= east && lat >= south && lat <= north;
}
