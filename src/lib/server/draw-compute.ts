// Where a draw's arithmetic runs: a small frame (a few µs a row) in the process, a large one in a worker thread, which
// takes a moment to start but leaves the server answering.
import type { TrialProgress } from '../schema/draw';
import {
	drawCommitted,
	drawTrial,
	sealFrozen,
	type DrawOutcome,
	type DrawTask,
	type SealOutcome,
	type SealTask,
	type TrialDraw,
	type TrialTask
} from './draw-task';
import { runWorker } from './workers';

export interface Running {
	onProgress?: (progress: TrialProgress) => void;
	/** Aborted: rejects with its reason. */
	signal?: AbortSignal;
}

const IN_PROCESS = 5_000;
/** A million rows take about ten seconds; ten minutes means that something is wrong. */
const TIMEOUT_MS = 600_000;

export function compute(task: SealTask, running: Running): Promise<SealOutcome>;
export function compute(task: DrawTask, running: Running): Promise<DrawOutcome>;
export function compute(task: TrialTask, running: Running): Promise<TrialDraw>;
export async function compute(
	task: SealTask | DrawTask | TrialTask,
	{ onProgress, signal }: Running
): Promise<unknown> {
	signal?.throwIfAborted();
	const progress = (step: TrialProgress) => onProgress?.(step);
	if (task.rows.length > IN_PROCESS)
		return runWorker('draw', task, {
			onProgress: (value) => progress(value as TrialProgress),
			timeoutMs: TIMEOUT_MS,
			...(signal && { signal })
		});
	if (task.work === 'seal') return sealFrozen(task, progress);
	return task.work === 'draw' ? drawCommitted(task, progress) : drawTrial(task, progress);
}
