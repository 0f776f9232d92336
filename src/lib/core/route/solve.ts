// Routes by slack induction by string removals: J. Christiaens and G. Vanden Berghe, "Slack Induction by String Removals
// for Vehicle Routing Problems", Transportation Science 54(2), 2020. Ruin and recreate under simulated annealing; the
// number of vehicles falls because opening one has its price, and leaving a job over costs more than any route.
// Invariant: every job is in exactly one route or left over with a reason. With a budget of iterations the result
// depends on problem, seed and budget alone.

import { layOut, type Arena } from './arena';
import { cooled, exponentialOf } from './cooling';
import type { Locks, Problem, Routes } from './problem';
import { sfc32, type Random } from './random';
import { whyLeftOver, type Reason } from './reason';
import { orders, recreate, type Order } from './recreate';
import { nearest, ruin, type Near } from './ruin';
import { begin } from './start';
import { commit, rollBack, type State } from './state';

/** Temperature at the start, in mean legs; a hundredth of it at the end. */
const HOT = 0.6;
const NEAR = 200;
/** Iterations between two looks at the clock, the caller and the temperature. */
const LAP = 512;
/** Jobs left over that are tried again at a time. */
const TRIED = 12;

export interface Options {
	seed: number;
	/** Seconds need a clock of the caller's, in seconds. */
	budget: { iterations: number } | { seconds: number; now: () => number };
	/** Routes to begin with. */
	from?: Routes;
	/** Parts of `from` that must hold. */
	locks?: Locks;
	onProgress?: (progress: Progress) => void;
	/** Asked often; true ends the run with the best so far. */
	cancelled?: () => boolean;
}

export interface Progress {
	iterations: number;
	/** 0 … 1 of the budget. */
	done: number;
	cost: number;
	leftOver: number;
}

export interface Solution {
	routes: number[][];
	leftOver: { job: number; reason: Reason }[];
	/** Of the routes. */
	cost: number;
	iterations: number;
}

export type SolveFailure =
	{ reason: 'start_breaks_rule'; vehicle: number } | { reason: 'job_twice'; job: number };

export function solve(
	problem: Problem,
	options: Options
): ({ ok: true } & Solution) | ({ ok: false } & SolveFailure) {
	const arena = layOut(problem, options.locks);
	const begun = begin(arena, options.from ?? []);
	if (!begun.ok) return begun;
	const search = new Search(arena, begun.state, options);
	search.run();
	const { cost, iterations } = search;
	const routes = search.routes();
	const placed = new Set(routes.flat());
	const leftOver = problem.jobs.flatMap((_, job) =>
		placed.has(job) ? [] : [{ job, reason: whyLeftOver(arena, job) }]
	);
	return { ok: true, routes, leftOver, cost: cost / arena.unit, iterations };
}

class Search {
	iterations = 0;
	/** Of the best routes so far. */
	cost = 0;
	private readonly bestNode: Int32Array;
	private readonly bestSize: Int32Array;
	private bestTotal = Infinity;
	private bestLeftOver = 0;
	private readonly order: Order[];
	private readonly near: Near;
	private readonly random: Random;
	private readonly pool: Int32Array;
	private readonly absent: Int32Array;
	private absentCount = 0;
	private penalty = 0;

	constructor(
		private readonly arena: Arena,
		private readonly state: State,
		private readonly options: Options
	) {
		this.order = orders(arena);
		this.near = nearest(arena, NEAR);
		this.random = sfc32(options.seed);
		this.pool = new Int32Array(arena.jobs);
		this.bestNode = new Int32Array(arena.vehicles * arena.width);
		this.bestSize = new Int32Array(arena.vehicles);
		this.absent = new Int32Array(arena.jobs);
		for (let job = 0; job < arena.jobs; job++)
			if (state.home[job]! < 0) this.absent[this.absentCount++] = job;
	}

	run(): void {
		const { arena, state, options } = this;
		const { budget } = options;
		const began = 'now' in budget ? budget.now() : 0;
		this.construct();
		const opened = Array.from(
			{ length: state.usedCount },
			(_, u) => arena.kinds[arena.type[state.used[u]!]!]!.fixed
		);
		const legs = state.cost - opened.reduce((sum, fixed) => sum + fixed, 0);
		const hot = (HOT * legs) / Math.max(1, arena.jobs - this.absentCount + state.usedCount);
		for (;;) {
			const done =
				'now' in budget
					? (budget.now() - began) / budget.seconds
					: budget.iterations === 0
						? 1
						: this.iterations / budget.iterations;
			options.onProgress?.({
				iterations: this.iterations,
				done: Math.min(1, done),
				cost: this.cost / arena.unit,
				leftOver: this.bestLeftOver
			});
			if (done >= 1 || options.cancelled?.() || state.usedCount === 0) return;
			const laps = 'now' in budget ? LAP : Math.min(LAP, budget.iterations - this.iterations);
			const temperature = hot * cooled(done);
			for (let i = 0; i < laps; i++) this.step(temperature);
			this.iterations += laps;
		}
	}

	/** All that can be placed, greedily: the first solution. */
	private construct(): void {
		const { arena, state, absent } = this;
		this.absentCount = recreate(arena, state, this.near, this.order, this.random, absent, this.absentCount);
		commit(state);
		for (let i = 0; i < this.absentCount; i++) this.penalty += arena.penalty[absent[i]!]!;
		this.keep();
	}

	private step(temperature: number): void {
		const { arena, state, pool, absent, random } = this;
		const before = state.cost + this.penalty;
		const tried = Math.min(TRIED, this.absentCount);
		let penalty = this.penalty;
		for (let i = 0; i < tried; i++) {
			const other = i + random.int(this.absentCount - i);
			const job = absent[other]!;
			absent[other] = absent[i]!;
			absent[i] = pool[i] = job;
			penalty -= arena.penalty[job]!;
		}
		const count = ruin(arena, state, this.near, random, pool, tried);
		if (count < 0) return rollBack(arena, state);
		const left = recreate(arena, state, this.near, this.order, random, pool, count);
		for (let i = 0; i < left; i++) penalty += arena.penalty[pool[i]!]!;
		const after = state.cost + penalty;
		if (after >= before + temperature * exponentialOf(random.word())) {
			for (let i = 0; i < count; i++) state.home[pool[i]!] = -1;
			return rollBack(arena, state);
		}
		commit(state);
		absent.copyWithin(left, tried, this.absentCount);
		for (let i = 0; i < left; i++) absent[i] = pool[i]!;
		this.absentCount += left - tried;
		this.penalty = penalty;
		if (after < this.bestTotal) this.keep();
	}

	private keep(): void {
		const { state, arena, bestNode, bestSize } = this;
		this.bestTotal = state.cost + this.penalty;
		this.bestLeftOver = this.absentCount;
		this.cost = state.cost;
		bestSize.fill(0);
		for (let u = 0; u < state.usedCount; u++) {
			const v = state.used[u]!;
			bestSize[v] = state.size[v]!;
			for (let k = v * arena.width + 1, end = k + bestSize[v]; k < end; k++) bestNode[k] = state.node[k]!;
		}
	}

	/** The best routes so far. */
	routes(): number[][] {
		return Array.from(this.bestSize, (size, v) => {
			const first = v * this.arena.width + 1;
			return Array.from(this.bestNode.subarray(first, first + size));
		});
	}
}
