// The search for routes, in a worker thread: one at a time for each request, with progress; aborting it ends the thread.
import { solve, type Solution, type SolveFailure } from '../../core/route/solve';
import type { Locks, Problem, Routes } from '../../core/route/problem';
import type { RouteProgress } from '../../schema/route';
import { runWorker } from '../workers';

export interface SearchTask {
	problem: Problem;
	seed: number;
	iterations: number;
	from: Routes;
	locks: Locks;
}
export type SearchOutcome = ({ ok: true } & Solution) | ({ ok: false } & SolveFailure);

/** Milliseconds between two reports. */
const EVERY_MS = 100;
/** A hundred times as long as the largest county takes. */
const TIMEOUT_MS = 1_800_000;

/** What the worker does. `now`: milliseconds. */
export function search(
	{ problem, seed, iterations, from, locks }: SearchTask,
	progress: (step: RouteProgress) => void,
	now: () => number
): SearchOutcome {
	let told = -Infinity;
	return solve(problem, {
		seed,
		budget: { iterations },
		from,
		locks,
		onProgress: ({ iterations: steps, done, cost, leftOver }) => {
			if (done < 1 && now() - told < EVERY_MS) return;
			told = now();
			progress({ step: 'solve', iterations: steps, done, costS: cost, leftOver });
		}
	});
}

export const runSearch = (
	task: SearchTask,
	options: { onProgress?: (progress: RouteProgress) => void; signal?: AbortSignal }
): Promise<SearchOutcome> =>
	runWorker<SearchTask, SearchOutcome>('route', task, {
		timeoutMs: TIMEOUT_MS,
		onProgress: (value) => options.onProgress?.(value as RouteProgress),
		...(options.signal && { signal: options.signal })
	});

/** Steps that suit a number of visits: seconds for a county's batch, on one core. */
export const usualIterations = (visits: number): number =>
	Math.min(1_500_000, Math.max(10_000, visits * 300));
