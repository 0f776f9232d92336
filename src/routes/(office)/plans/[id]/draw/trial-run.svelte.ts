// A trial as the page follows it: one request whose answer grows line by line; aborting the request cancels the draw.
import { readLines } from '$lib/ui/read-lines';
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
			const response = await fetch(`/plans/${plan}/draw/run`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ digits, again }),
				signal: controller.signal
			});
			if (!response.ok || !response.body) throw new Error(response.statusText);
			await readLines(response.body, (line) => take(JSON.parse(line) as TrialEvent));
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
