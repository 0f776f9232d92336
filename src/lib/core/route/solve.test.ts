// The solver against a checker that shares no code with it, and against all orders of a few stops.

import { describe, expect, test } from 'vitest';
import {
	checkRoutes,
	type CheckedProblem,
	type CheckedSolution
} from '../../../../tests/support/route-checker';
import { cheapest } from '../../../../tests/support/route-exhaustive';
import { randomProblem } from '../../../../tests/support/route-problems';
import { layOut } from './arena';
import { solve, type Options } from './solve';
import { parseVroom } from './vroom-problem';
import { vroomSolution } from './vroom-solution';

export function answer(problem: CheckedProblem, options: Partial<Options> = {}): CheckedSolution {
	const asked = parseVroom(problem);
	if (!asked.ok) throw new Error(JSON.stringify(asked));
	const solution = solve(asked.problem, { seed: 1, budget: { iterations: 400 }, ...options });
	if (!solution.ok) throw new Error(JSON.stringify(solution));
	return vroomSolution(asked, layOut(asked.problem), solution) as CheckedSolution;
}

describe('random problems with every kind of rule', () => {
	test('the checker accepts 500 solutions', () => {
		for (let seed = 0; seed < 500; seed++) {
			const problem = randomProblem(seed, { jobs: 3 + (seed % 38), vehicles: 1 + (seed % 7) });
			expect(checkRoutes(problem, answer(problem, { seed })), `seed ${seed}`).toEqual([]);
		}
	});

	test('no better than the best of all orders, and as good in 99 of 100', () => {
		let matched = 0;
		const runs = 100;
		for (let seed = 0; seed < runs; seed++) {
			const problem = randomProblem(9000 + seed, { jobs: 2 + (seed % 5), vehicles: 1 + (seed % 3) });
			const found = answer(problem, { seed, budget: { iterations: 1500 } });
			const best = cheapest(problem);
			const left = found.unassigned.map(({ id }) => problem.jobs.find((job) => job.id === id)!);
			const priority = left.reduce((sum, job) => sum + (job.priority ?? 0), 0);
			const order = priority - best.priority || left.length - best.leftOver || found.summary.cost - best.cost;
			expect(order, `seed ${seed}`).toBeGreaterThan(-1e-6);
			if (order < 1e-6) matched++;
		}
		expect(matched).toBeGreaterThanOrEqual(runs * 0.99);
	});
});
