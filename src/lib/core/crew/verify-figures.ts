// What the portfolio comes to: every chance counted from its pairings, both bounds added up, the figures as printed.
// Invariant: none of it is taken from the document; the document is compared with it.

import { canonicalBytes } from '../bytes/canonical';
import { firstDifference } from '../draw/verify';
import { addUpBound } from './verify-bound';
import { mayNot } from './verify-rules';
import { differs, hash, type Step } from './verify-step';

/** Marginals, work and figures; and the bounds, which need the least work. */
export const counted: Step = ({ problem, portfolio, marginals, work, figures, bounds }) => {
	const { inspectors, routes, size } = problem;
	const expected = Object.fromEntries(inspectors.map(({ id }) => [id, {} as Record<string, number>]));
	const total = Object.fromEntries(inspectors.map(({ id }) => [id, 0]));
	for (const pairing of portfolio) {
		for (const { id, load } of routes) {
			for (const who of pairing[id]!) {
				expected[who]![id] = (expected[who]![id] ?? 0) + 1;
				total[who]! += load;
			}
		}
	}
	const counts = firstDifference({ marginals: expected, work: total }, { marginals, work });
	if (counts) return counts;
	const drawable = inspectors.filter((who) => routes.some((route) => mayNot(who, route, problem) === null));
	const least = Math.min(...drawable.map(({ id }) => total[id]!));
	const largest = Math.max(...Object.values(expected).flatMap((row) => Object.values(row)));
	const proved = { workload: { over: 0n, under: 1n }, chance: { over: 0n, under: 1n } };
	for (const goal of ['workload', 'chance'] as const) {
		const { multipliers, over, under } = bounds[goal];
		const sum = addUpBound(goal, multipliers, problem, least);
		if ('bad' in sum)
			return differs(`bounds.${goal}.multipliers[${sum.bad}]`, undefined, undefined, sum.because);
		const given = { over, under };
		const difference = firstDifference(
			{ over: String(sum.over), under: String(sum.under) },
			given,
			`bounds.${goal}`
		);
		if (difference) return difference;
		proved[goal] = sum;
	}
	const { workload, chance } = bounds;
	const hashed = hash('fairlot/crew/bounds/1', canonicalBytes({ workload, chance }));
	if (hashed !== bounds.hash) return differs('bounds.hash', hashed, bounds.hash);
	const down = (over: bigint, under: bigint) => places(over <= 0n ? 0n : (over * 1_000_000n) / under);
	const up = (over: bigint, under: bigint) =>
		places(over <= 0n ? 0n : (over * 1_000_000n + under - 1n) / under);
	const shown = {
		smallestWorkload: down(BigInt(least), BigInt(size)),
		workloadBound: up(proved.workload.over, proved.workload.under),
		largestChance: up(BigInt(largest), BigInt(size)),
		chanceBound: down(proved.chance.over, proved.chance.under)
	};
	return firstDifference(shown, figures, 'figures');
};
const places = (millionths: bigint) =>
	`${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
