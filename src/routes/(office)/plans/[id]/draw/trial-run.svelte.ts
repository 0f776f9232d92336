// A trial as the page follows it: one request whose answer grows line by line; aborting the request cancels the draw.
import { askLines } from '$lib/ui/ask-lines';
import type { PlanProblem, TrialEvent, TrialProgress } from '$lib/schema/draw';

export type TrialState =
	| { name: 'idle' }
	| { name: 'running'; progress: TrialProgress }
	| { name: 'done'; draw: number }
	| { name: 'problem'; problem: PlanProblem }
	| { name: 'cancelled' }
	| { name: 'broken' };

export function trialRun(plan: string) {
	let now = $state.raw<TrialState>({ name: 'idle' });
	let controller: AbortController | undefined;

	function take(event: TrialEvent): void {
		if (event.type === 'progress') now = { name: 'running', progress: event };
		else if (event.type === 'done') now = { name: 'done', draw: event.draw };
		else now = { name: 'problem', problem: event.problem };
	}

	async function start(digits: string, again: string): Promise<void> {
		controller = new AbortController();
		now = { name: 'running', progress: { step: 'freeze', done: 0, total: 1 } };
		try {
			await askLines(`/plans/${plan}/draw/run`, take, { body: { digits, again }, signal: controller.signal });
			if (now.name === 'running') now = { name: 'broken' };
		} catch {
			now = { name: controller.signal.aborted ? 'cancelled' : 'broken' };
		}
	}

	return {
		get state() {
			return now;
		},
		start,
		cancel: () => controller?.abort()
	};
}
