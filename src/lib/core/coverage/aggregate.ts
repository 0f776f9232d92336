// Sums over groups of targets: cells of any resolution up to 9 (by their H3 parents), townships, offices or everything.
// Invariant: done + overdue = due, never ≤ overdue; onTime ≤ inspected ≤ asked, found ≤ inspected; each active row that is
// counted belongs to one group. O(rows + visits).

import { cellToParent } from 'h3-js';
import { OVERDUE_MONTHS } from '../study/simulate';
import { dayDate, monthsBefore } from './day';
import { activeAt, countedRounds, lastPosition, momentAt, noFilter, officeOf, type Moment } from './select';
import { MARKS, standings, type CoverageTable } from './table';

/** Group of row i: of[column[i]]. */
export interface Grouping {
	column: Uint32Array | Uint16Array | Uint8Array;
	of: Int32Array;
	/** H3 index, township code, office code ('' for no office), or '' for everything. */
	names: string[];
}

const byResolution = new WeakMap<object, Map<number, Grouping>>();

/** Remembered for each table: the parents are found once. */
export function byCell(table: CoverageTable, resolution: number): Grouping {
	let known = byResolution.get(table.cells);
	if (!known) byResolution.set(table.cells, (known = new Map<number, Grouping>()));
	let grouping = known.get(resolution);
	if (!grouping) {
		const names: string[] = [];
		const places = new Map<string, number>();
		const of = Int32Array.from(table.cells, (cell) => {
			const parent = cellToParent(cell, resolution);
			let place = places.get(parent);
			if (place === undefined) places.set(parent, (place = names.push(parent) - 1));
			return place;
		});
		known.set(resolution, (grouping = { column: table.cell, of, names }));
	}
	return grouping;
}

export const byTownship = ({ township, townships }: CoverageTable): Grouping => ({
	column: township,
	of: Int32Array.from(townships, (_, k) => k),
	names: townships.map(({ code }) => code)
});

export const byOffice = (table: CoverageTable): Grouping => ({
	column: table.township,
	of: officeOf(table),
	names: [...table.offices.map(({ code }) => code), '']
});

export const byStanding = ({ traits }: CoverageTable): Grouping => ({
	column: traits,
	of: Int32Array.from({ length: 2 * standings.length }, (_, k) => k >> 1),
	names: [...standings]
});

export const asWhole = ({ township, townships }: CoverageTable): Grouping => ({
	column: township,
	of: new Int32Array(townships.length),
	names: ['']
});

/** One figure of each group. */
export interface Sums {
	/** Active targets. */
	due: Uint32Array;
	/** Of them, visited within OVERDUE_MONTHS, and never visited at all. */
	done: Uint32Array;
	never: Uint32Array;
	/** Day of the last visit to any of them; 0: never. */
	last: Uint16Array;
	/** Chances added up, in units of 2⁻³⁰, and of how many. */
	mass: Float64Array;
	framed: Uint32Array;
	/** Visits of the last twelve months; of them, those that day routes hold. */
	called: Uint32Array;
	routed: Uint32Array;
	/**
	 * Visits within OVERDUE_MONTHS; of them, those inspected by now, with findings, by the last day of their round; and
	 * those not inspected after it.
	 */
	asked: Uint32Array;
	inspected: Uint32Array;
	found: Uint32Array;
	onTime: Uint32Array;
	late: Uint32Array;
}

/** ignore: bits of FAILS that do not keep a row out. */
export function aggregate(
	table: CoverageTable,
	grouping: Grouping,
	fails: Uint8Array,
	{ day, rounds, counted }: Moment,
	ignore = 0
): Sums {
	const { column, of, names } = grouping;
	const count = names.length;
	const sums: Sums = {
		due: new Uint32Array(count),
		done: new Uint32Array(count),
		never: new Uint32Array(count),
		last: new Uint16Array(count),
		mass: new Float64Array(count),
		framed: new Uint32Array(count),
		called: new Uint32Array(count),
		routed: new Uint32Array(count),
		asked: new Uint32Array(count),
		inspected: new Uint32Array(count),
		found: new Uint32Array(count),
		onTime: new Uint32Array(count),
		late: new Uint32Array(count)
	};
	const days = Uint16Array.from(table.rounds, (round) => round.day);
	const until = Uint16Array.from(table.rounds, (round) => round.until);
	const overdue = monthsBefore(day, OVERDUE_MONTHS);
	const year = monthsBefore(day, 12);
	const { visitStart, visitRound, visitChecked, visitMarks, mass } = table;
	const heeded = ~ignore;
	for (let i = 0; i < fails.length; i++) {
		if ((fails[i]! & heeded) !== 0 || !activeAt(table, i, day)) continue;
		const g = of[column[i]!]!;
		sums.due[g]!++;
		let last = 0;
		for (let v = visitStart[i]!; v < visitStart[i + 1]!; v++) {
			const round = visitRound[v]!;
			if (round >= rounds) break;
			if (counted[round] === 0) continue;
			last = days[round]!;
			if (last <= overdue) continue;
			if (last > year) {
				sums.called[g]!++;
				if (visitMarks[v]! & MARKS.routed) sums.routed[g]!++;
			}
			sums.asked[g]!++;
			const checked = visitChecked[v]!;
			if (checked !== 0 && checked <= day) {
				sums.inspected[g]!++;
				if (visitMarks[v]! & MARKS.found) sums.found[g]!++;
				if (until[round] === 0 || checked <= until[round]!) sums.onTime[g]!++;
			} else if (until[round] !== 0 && until[round]! < day) sums.late[g]!++;
		}
		if (last === 0) sums.never[g]!++;
		else if (last > overdue) sums.done[g]!++;
		if (last > sums.last[g]!) sums.last[g] = last;
		if (mass[i]! > 0) {
			sums.mass[g]! += mass[i]!;
			sums.framed[g]!++;
		}
	}
	return sums;
}

/** Days on which a quarter begins, after the first and before the last. */
function quartersBetween(first: number, last: number): number[] {
	const days: number[] = [];
	const [year, month] = dayDate(first).split('-').map(Number) as [number, number];
	for (let k = Math.floor((month - 1) / 3) + 1; ; k++) {
		const day = Date.UTC(year, 3 * k) / 86_400_000;
		if (day >= last) return days;
		days.push(day);
	}
}

/** What the rows that are counted came to: before the first round, after each, at the begin of each quarter, and today. */
export function trendOf(
	table: CoverageTable,
	fails: Uint8Array,
	filter = noFilter
): { day: number; due: number; done: number }[] {
	const whole = asWhole(table);
	const moments = Array.from({ length: lastPosition(table) + 1 }, (_, k) => momentAt(table, k, filter));
	const counted = countedRounds(table, filter);
	const held = (day: number) => table.rounds.filter((round) => round.day <= day).length;
	const quarters = quartersBetween(moments[0]!.day, moments.at(-1)!.day);
	return [...moments, ...quarters.map((day) => ({ day, rounds: held(day), counted }))]
		.sort((one, other) => one.day - other.day || one.rounds - other.rounds)
		.map((moment) => {
			const { due, done } = aggregate(table, whole, fails, moment);
			return { day: moment.day, due: due[0]!, done: done[0]! };
		});
}

/** Visits of each round that is counted to rows that are, whether or not they are still active. */
export function calledIn(table: CoverageTable, fails: Uint8Array, filter = noFilter): number[] {
	const counted = countedRounds(table, filter);
	const { rounds, visitStart, visitRound } = table;
	const counts = rounds.map(() => 0);
	for (let i = 0; i < fails.length; i++) {
		if (fails[i] !== 0) continue;
		for (let v = visitStart[i]!; v < visitStart[i + 1]!; v++)
			counts[visitRound[v]!]! += counted[visitRound[v]!]!;
	}
	return counts;
}
