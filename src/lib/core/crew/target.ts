// The chances a portfolio aims at: the centre of the lotteries that reach both bounds, brought inside what mixtures of
// lawful crews can reach by cutting planes (hull.ts). The centre, because a corner would give many inspectors a chance
// of nought on many routes, and whoever is known not to come is predictable too.

import { chanceBound, workloadBound, type Optimum, type Unsolved } from './bounds';
import { lawfulCrews, separate, type Cut } from './hull';
import type { LinearSolver } from './linear';
import type { Roster } from './roster';

/** Rounds of cutting; three or four bring a county inside. */
const MOST_ROUNDS = 30;
/** Sum over a route's inspectors of what may stay outside; the tolerance of a portfolio is 0.005 for each. */
const SLACK = 1e-3;
/** Given up of the smallest workload, so that rounding cannot make the second programme infeasible. */
const GIVE = 1e-6;

export function idealChances(roster: Roster, bound: Optimum, solver: LinearSolver): Optimum | Unsolved {
	const crews = roster.problem.routes.map((_, r) => lawfulCrews(roster, r));
	const cuts: Cut[] = [];
	let workload = bound.value;
	let best: Optimum | null = null;
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const least = Math.max(0, workload * (1 - GIVE));
		let chance = chanceBound(roster, least, solver, { centre: true, cuts });
		if ('status' in chance) chance = chanceBound(roster, least, solver, { cuts });
		if ('status' in chance) {
			// The cuts took the old smallest workload away: find what is left of it.
			const lower = workloadBound(roster, solver, cuts);
			if ('status' in lower || lower.value >= workload) return best ?? chance;
			workload = lower.value;
			continue;
		}
		best = chance;
		const { chances } = chance;
		const found = crews.flatMap((list, r) =>
			list ? (separate(roster, list, r, chances, SLACK, solver) ?? []) : []
		);
		if (found.length === 0) break;
		cuts.push(...found);
	}
	return best ?? bound;
}
