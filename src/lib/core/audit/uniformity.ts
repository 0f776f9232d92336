// Was everybody's chance what it should have been, whatever the place in the list, the office or the age of the entry?
// Per group: drawn O against expected E = Σ p over all batches; χ² = Σ (O − E)² / Σ p (1 − p), groups − 1 degrees of
// freedom (for equal chances this is the hypergeometric test). A draw spread over the land varies less than that, so the
// test errs towards "nothing found". Groups with E < 5 are joined; with fewer than two left nothing is said.

import { chiSquareTail } from './chi-square';
import { chancesOf, drawnOf, type Batch } from './list';

export interface GroupCount {
	name: string;
	rows: number;
	drawn: number;
	expected: number;
}
export type Uniformity =
	| { ok: true; groups: GroupCount[]; chiSquare: number; degrees: number; p: number }
	/** too_few: not enough drawn to tell; alike: all in one group; missing: not recorded. */
	| { ok: false; reason: 'too_few' | 'alike' | 'missing'; groups: GroupCount[] };

/** Expected numbers below this make χ² unreliable (Cochran 1954). */
const LEAST = 5;
/** Name of the groups that were too small by themselves. */
export const OTHERS = '…';

interface Group extends GroupCount {
	variance: number;
}

/** keyOf: the group of a row, null where it is not known; in order: neighbours are joined, else the smallest. */
export function testUniformity(
	batches: readonly Batch[],
	keysOf: (batch: Batch) => readonly (string | null)[],
	ordered: boolean
): Uniformity {
	const groups = new Map<string, Group>();
	let missing = 0;
	let rows = 0;
	for (const batch of batches) {
		const keys = keysOf(batch);
		const chances = chancesOf(batch);
		for (const [i, row] of batch.rows.entries()) {
			rows++;
			const name = keys[i] ?? null;
			if (name === null) {
				missing++;
				continue;
			}
			let group = groups.get(name);
			if (!group) groups.set(name, (group = { name, rows: 0, drawn: 0, expected: 0, variance: 0 }));
			const p = chances[i]!;
			group.rows++;
			group.drawn += Number(row.drawn);
			group.expected += p;
			group.variance += p * (1 - p);
		}
	}
	const all = [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	// A column that is mostly empty is not a sample of the list.
	if (missing > rows / 10 || all.length === 0) return { ok: false, reason: 'missing', groups: [] };
	if (all.length === 1) return { ok: false, reason: 'alike', groups: counts(all) };
	const joined = ordered ? joinNeighbours(all) : joinSmallest(all);
	const able = joined.filter(({ variance }) => variance > 0);
	if (able.length < 2 || able.some(({ expected }) => expected < LEAST))
		return { ok: false, reason: 'too_few', groups: counts(all) };
	const chiSquare = able.reduce(
		(sum, { drawn, expected, variance }) => sum + (drawn - expected) ** 2 / variance,
		0
	);
	const degrees = able.length - 1;
	return { ok: true, groups: counts(joined), chiSquare, degrees, p: chiSquareTail(chiSquare, degrees) };
}

const counts = (groups: readonly Group[]): GroupCount[] =>
	groups.map(({ name, rows, drawn, expected }) => ({ name, rows, drawn, expected }));

const sum = (name: string, a: Group, b: Group): Group => ({
	name,
	rows: a.rows + b.rows,
	drawn: a.drawn + b.drawn,
	expected: a.expected + b.expected,
	variance: a.variance + b.variance
});
const range = (a: string, b: string) => `${a.split('–')[0]}–${b.split('–').at(-1)}`;

function joinNeighbours(groups: readonly Group[]): Group[] {
	const joined: Group[] = [];
	for (const group of groups) {
		const last = joined.at(-1);
		if (last && last.expected < LEAST)
			joined[joined.length - 1] = sum(range(last.name, group.name), last, group);
		else joined.push(group);
	}
	const [before, last] = joined.slice(-2);
	if (before && last && last.expected < LEAST)
		joined.splice(-2, 2, sum(range(before.name, last.name), before, last));
	return joined;
}

function joinSmallest(groups: readonly Group[]): Group[] {
	const enough = groups.filter(({ expected }) => expected >= LEAST);
	const few = groups.filter(({ expected }) => expected < LEAST).sort((a, b) => b.expected - a.expected);
	if (few.length === 0) return enough;
	let others = few.reduce((a, b) => sum(OTHERS, a, b));
	if (others.expected < LEAST && enough.length > 0) {
		const least = enough.reduce((a, b) => (b.expected < a.expected ? b : a));
		enough.splice(enough.indexOf(least), 1);
		others = sum(OTHERS, others, least);
	}
	return [...enough, { ...others, name: OTHERS }];
}

const TENTHS = 10;

/** Tenths of the list, "1" … "10" with leading zero so that they sort. */
export const byPosition = ({ rows }: Batch): string[] =>
	rows.map((_, i) => String(1 + Math.floor((i * TENTHS) / rows.length)).padStart(2, '0'));
export const byOffice = ({ rows }: Batch): (string | null)[] => rows.map(({ office }) => office || null);
/** Years of registration. */
export const byYear = ({ rows }: Batch): (string | null)[] =>
	rows.map(({ registered }) => registered?.slice(0, 4) ?? null);

/** Targets in every batch that were never drawn, and how many a fair draw would leave. */
export function neverDrawn(batches: readonly Batch[]): {
	observed: number;
	expected: number;
	always: number;
} {
	const seen = new Map<string, { missed: number; times: number; drawn: boolean }>();
	for (const batch of batches) {
		const chances = chancesOf(batch);
		for (const [i, { id, drawn }] of batch.rows.entries()) {
			const before = seen.get(id) ?? { missed: 1, times: 0, drawn: false };
			before.missed *= 1 - chances[i]!;
			before.times++;
			before.drawn ||= drawn;
			seen.set(id, before);
		}
	}
	const all = [...seen.values()].filter(({ times }) => times === batches.length);
	return {
		always: all.length,
		observed: all.filter(({ drawn }) => !drawn).length,
		expected: all.reduce((total, { missed }) => total + missed, 0)
	};
}

export const totals = (batches: readonly Batch[]): { rows: number; drawn: number } => ({
	rows: batches.reduce((n, { rows }) => n + rows.length, 0),
	drawn: batches.reduce((n, batch) => n + drawnOf(batch), 0)
});
