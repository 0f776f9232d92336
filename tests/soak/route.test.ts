// The properties of src/lib/core/route/solve.test.ts, on many more problems: minutes, not seconds.

import { expect, test } from 'vitest';
import { layOut } from '../../src/lib/core/route/arena';
import { solve } from '../../src/lib/core/route/solve';
import { parseVroom } from '../../src/lib/core/route/vroom-problem';
import { vroomSolution } from '../../src/lib/core/route/vroom-solution';
import { checkRoutes, type CheckedProblem, type CheckedSolution } from '../support/route-checker';
import { cheapest } from '../support/route-exhaustive';
import { randomProblem } from '../support/route-problems';

function answer(problem: CheckedProblem, seed: number, iterations: number): CheckedSolution {
	const asked = parseVroom(problem);
	if (!asked.ok) throw new Error(JSON.stringify(asked));
	const solution = solve(asked.problem, { seed, budget: { iterations } });
	if (!solution.ok) throw new Error(JSON.stringify(solution));
	return vroomSolution(asked, layOut(asked.problem), solution) as CheckedSolution;
}

test('the checker accepts the solutions of 5,000 problems', { timeout: 1_800_000 }, () => {
	for (let seed = 100_000; seed < 105_000; seed++) {
		const problem = randomProblem(seed, { jobs: 1 + (seed % 60), vehicles: 1 + (seed % 9) });
		expect(checkRoutes(problem, answer(problem, seed, 1000)), `seed ${seed}`).toEqual([]);
	}
});

test('all orders of up to 8 stops are never better, and as good in 99 of 100', { timeout: 1_800_000 }, () => {
	const runs = 600;
	let matched = 0;
	for (let seed = 200_000; seed < 200_000 + runs; seed++) {
		const problem = randomProblem(seed, { jobs: 2 + (seed % 7), vehicles: 1 + (seed % 3) });
		const found = answer(problem, seed, 4000);
		const best = cheapest(problem);
		const left = found.unassigned.map(({ id }) => problem.jobs.find((job) => job.id === id)!);
		const priority = left.reduce((sum, job) => sum + (job.priority ?? 0), 0);
		const worse = priority - best.priority || left.length - best.leftOver || found.summary.cost - best.cost;
		expect(worse, `seed ${seed}`).toBeGreaterThan(-1e-6);
		if (worse < 1e-6) matched++;
	}
	expect(matched).toBeGreaterThanOrEqual(runs * 0.99);
});
