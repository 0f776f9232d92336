// The solver against a checker that shares no code with it, against all orders of a few stops, and what a planner locks.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	checkRoutes,
	type CheckedProblem,
	type CheckedSolution
} from '../../../../tests/support/route-checker';
import { cheapest } from '../../../../tests/support/route-exhaustive';
import { randomProblem } from '../../../../tests/support/route-problems';
import { layOut } from './arena';
import { explain } from './explain';
import type { Problem } from './problem';
import { solve, type Options } from './solve';
import { parseVroom } from './vroom-problem';
import { vroomSolution } from './vroom-solution';

function read(problem: CheckedProblem) {
	const asked = parseVroom(problem);
	if (!asked.ok) throw new Error(JSON.stringify(asked));
	return asked;
}

function answer(problem: CheckedProblem, options: Partial<Options> = {}): CheckedSolution {
	const asked = read(problem);
	const solution = routes(asked.problem, options);
	return vroomSolution(asked, layOut(asked.problem), solution) as CheckedSolution;
}

function routes(problem: Problem, options: Partial<Options> = {}) {
	const solution = solve(problem, { seed: 1, budget: { iterations: 200 }, ...options });
	if (!solution.ok) throw new Error(JSON.stringify(solution));
	return solution;
}

test('the checker accepts the solutions of 500 problems with every kind of rule', () => {
	for (let seed = 0; seed < 500; seed++) {
		const problem = randomProblem(seed, { jobs: 3 + (seed % 28), vehicles: 1 + (seed % 7) });
		expect(checkRoutes(problem, answer(problem, { seed })), `seed ${seed}`).toEqual([]);
	}
});

test('never better than the best of all orders, and as good in 99 of 100', () => {
	const runs = 200;
	let matched = 0;
	for (let seed = 0; seed < runs; seed++) {
		const problem = randomProblem(9000 + seed, { jobs: 2 + (seed % 5), vehicles: 1 + (seed % 3) });
		const found = answer(problem, { seed, budget: { iterations: 1500 } });
		const best = cheapest(problem);
		const left = found.unassigned.map(({ id }) => problem.jobs.find((job) => job.id === id)!);
		const priority = left.reduce((sum, job) => sum + (job.priority ?? 0), 0);
		const worse = priority - best.priority || left.length - best.leftOver || found.summary.cost - best.cost;
		expect(worse, `seed ${seed}`).toBeGreaterThan(-1e-6);
		if (worse < 1e-6) matched++;
	}
	expect(matched).toBeGreaterThanOrEqual(runs * 0.99);
});

test('same seed and iterations, same routes; another seed may differ', () => {
	const { problem } = read(randomProblem(77, { jobs: 30, vehicles: 5 }));
	const once = routes(problem, { seed: 5 });
	expect(routes(problem, { seed: 5 })).toEqual(once);
});

test('the same bytes on every version of Node and every machine', () => {
	const digest = createHash('sha256');
	for (let seed = 0; seed < 12; seed++) {
		const problem = randomProblem(seed, { jobs: 20 + seed * 5, vehicles: 3 + (seed % 5) });
		digest.update(JSON.stringify(answer(problem, { seed, budget: { iterations: 3000 } })));
	}
	expect(digest.digest('hex')).toBe('032771d55307f726cfa78e5d5ddc52d96d040590a9e422b6cfbd3f61a2953641');
});

/** A plan and what is locked in it; the new plan must keep it whatever the seed. */
test('locks hold: a stop on its vehicle, an order, a whole day', () => {
	for (let seed = 0; seed < 40; seed++) {
		const { problem } = read(randomProblem(400 + seed, { jobs: 14, vehicles: 4 }));
		const plan = routes(problem, { seed });
		const busy = plan.routes.flatMap((jobs, v) => (jobs.length >= 2 ? [v] : []));
		if (busy.length === 0) continue;
		const [first] = busy as [number];
		const day = busy.at(-1)!;
		const kept = plan.routes[first]!.slice(0, 2);
		const pinned = new Map(
			plan.routes.flatMap((jobs, v) => jobs.slice(0, 1).map((job) => [job, v] as const))
		);
		const again = routes(problem, {
			seed: seed + 1,
			from: plan.routes,
			locks: { vehicle: pinned, order: new Set(kept), day: new Set([day]) }
		});
		expect(again.routes[day], `day, seed ${seed}`).toEqual(plan.routes[day]);
		expect(
			again.routes[first]!.filter((job) => kept.includes(job)),
			`order, seed ${seed}`
		).toEqual(kept);
		for (const [job, v] of pinned) expect(again.routes[v], `stop, seed ${seed}`).toContain(job);
	}
});

test('a late stop goes in, the rest stays as it was', () => {
	const { problem } = read({
		jobs: [1, 2, 3].map((id) => ({ id, location_index: id, service: 600 })),
		vehicles: [{ id: 9, start_index: 0, end_index: 0, time_window: [0, 20_000] }],
		matrices: {
			car: { durations: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Math.abs(i - j) * 100)) }
		}
	});
	const late = routes(problem, {
		from: [[0, 2]],
		locks: { order: new Set([0, 2]) },
		budget: { iterations: 0 }
	});
	expect(late.routes).toEqual([[0, 1, 2]]);
});

test('cancel ends the run with a whole plan; progress never gets dearer', () => {
	const { problem } = read(randomProblem(3, { jobs: 20, vehicles: 6 }));
	const told: [leftOver: number, cost: number][] = [];
	const plan = routes(problem, {
		budget: { seconds: 1000, now: () => 0 },
		onProgress: ({ leftOver, cost }) => void told.push([leftOver, cost]),
		cancelled: () => told.length >= 4
	});
	expect(plan.routes.flat().length + plan.leftOver.length).toBe(20);
	expect(told.length).toBe(4);
	told.reduce((before, after) => (expect(after[0] < before[0] || after[1] <= before[1]).toBe(true), after));
});

test('what is left over says why', () => {
	const base = { jobs: [{ id: 1, location_index: 1, service: 100 }] };
	const car = { durations: [0, 1].map((i) => [0, 1].map((j) => (i === j ? 0 : 1000))) };
	const why = (job: object, vehicle: object, matrix: { durations: number[][] } = car) =>
		answer({
			jobs: [{ ...base.jobs[0]!, ...job }],
			vehicles: [{ id: 1, start_index: 0, end_index: 0, ...vehicle }],
			matrices: { car: matrix }
		}).unassigned.map(({ reason }) => reason);
	expect(why({}, {})).toEqual([]);
	expect(why({ skills: [3] }, { skills: [1] })).toEqual(['no_vehicle_with_skills']);
	expect(why({ delivery: [5] }, { capacity: [4] })).toEqual(['over_capacity']);
	expect(why({ time_windows: [[0, 500]] }, { time_window: [0, 5000] })).toEqual(['outside_hours']);
	expect(why({}, { max_travel_time: 1999 })).toEqual(['outside_hours']);
	expect(why({}, {}, { durations: [[0, 2 ** 32 - 1], [2 ** 32 - 1, 0]] })).toEqual(['unreachable']); // prettier-ignore
});

test('the explanation of a stop is what moving it costs', () => {
	const { problem } = read(randomProblem(21, { jobs: 12, vehicles: 4 }));
	const plan = routes(problem);
	const arena = layOut(problem);
	for (const job of plan.routes.flat()) {
		const told = explain(arena, plan.routes, job);
		if (!told.ok) throw new Error(told.reason);
		expect(plan.routes[told.vehicle]![told.at - 1]).toBe(job);
		for (const { vehicle, at, more } of told.elsewhere) {
			const moved = plan.routes.map((jobs) => jobs.filter((other) => other !== job));
			moved[vehicle]!.splice(at - 1, 0, job);
			const cost = routes(problem, {
				from: moved,
				budget: { iterations: 0 },
				locks: { order: new Set(moved.flat()) }
			}).cost;
			expect(cost - plan.cost).toBeCloseTo(more, 6);
		}
	}
});
