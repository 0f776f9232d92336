// Repeat pairings: how often two inspectors went together, against pairs drawn at random among those who went. The tail is
// binomial over all pairings and multiplied by the number of pairs looked at (Bonferroni), so that the most frequent of
// many pairs is not taken for a pattern.

import { logChoose } from './chi-square';
import type { Batch } from './list';

export interface Pairing {
	pair: readonly [string, string];
	times: number;
}
export interface Pairings {
	/** Visits with at least two inspectors. */
	visits: number;
	pairs: number;
	/** Times each pair would meet on average. */
	expected: number;
	most: (Pairing & { p: number })[];
}

const MOST = 10;

/** null: no visit names two inspectors. */
export function pairingsOf(batches: readonly Batch[]): Pairings | null {
	const times = new Map<string, number>();
	const people = new Set<string>();
	let visits = 0;
	let pairings = 0;
	for (const { rows } of batches) {
		for (const { drawn, inspectors } of rows) {
			const crew = [...new Set(inspectors)].sort();
			if (!drawn || crew.length < 2) continue;
			visits++;
			for (const person of crew) people.add(person);
			for (const [i, one] of crew.entries())
				for (const other of crew.slice(i + 1)) {
					const key = `${one}\n${other}`;
					times.set(key, (times.get(key) ?? 0) + 1);
					pairings++;
				}
		}
	}
	if (visits === 0) return null;
	const pairs = (people.size * (people.size - 1)) / 2;
	const most = [...times]
		.sort(([a, n], [b, k]) => k - n || (a < b ? -1 : 1))
		.slice(0, MOST)
		.map(([key, met]) => ({
			pair: key.split('\n') as [string, string],
			times: met,
			p: Math.min(1, pairs * binomialTail(pairings, 1 / pairs, met))
		}));
	return { visits, pairs, expected: pairings / pairs, most };
}

/** P(X ≥ least) for X binomial (n, p). */
function binomialTail(n: number, p: number, least: number): number {
	if (p >= 1) return 1;
	let sum = 0;
	for (let k = n; k >= least; k--)
		sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
	return Math.min(1, sum);
}
