// A simulation as the page follows it: begun anew half a second after the last change, the one before cancelled.
import { askLines } from '$lib/ui/ask-lines';
import type { PlanProblem } from '$lib/schema/draw';
import type { FrontierPoint, StudyEvent, StudyRequest, StudyResult } from '$lib/schema/study';

const DELAY_MS = 500;

export type StudyPhase =
	| { name: 'idle' | 'cancelled' | 'failed' }
	| { name: 'running'; done: number; total: number }
	| { name: 'problem'; problem: PlanProblem }
	| { name: 'busy'; reason: 'own' | 'server' };

/** `request`: null while a setting is out of its bounds. */
export function studyRun(request: () => StudyRequest | null) {
	let phase = $state.raw<StudyPhase>({ name: 'idle' });
	let result = $state.raw<StudyResult | null>(null);
	let frontier = $state.raw<{ points: FrontierPoint[]; draws: number } | null>(null);
	let attempt = $state(0);
	let controller: AbortController | undefined;
	const body = $derived(JSON.stringify(request()));

	function take(event: StudyEvent): void {
		if (event.type === 'progress') phase = { name: 'running', done: event.done, total: event.total };
		else if (event.type === 'problem') phase = { name: 'problem', problem: event.problem };
		else if (event.type === 'busy') phase = { name: 'busy', reason: event.reason };
		else if (event.type === 'result') {
			result = event.result;
			frontier = null;
		} else {
			frontier = event;
			phase = { name: 'idle' };
		}
	}

	async function start(asked: string): Promise<void> {
		const own = (controller = new AbortController());
		phase = { name: 'running', done: 0, total: 0 };
		try {
			const takeOwn = (event: StudyEvent) => {
				if (own === controller) take(event);
			};
			await askLines('/plans/simulate/run', takeOwn, {
				body: JSON.parse(asked) as unknown,
				signal: own.signal
			});
			if (own === controller && phase.name === 'running') phase = { name: 'failed' };
		} catch {
			if (own === controller) phase = { name: own.signal.aborted ? 'cancelled' : 'failed' };
		}
	}

	$effect(() => {
		const asked = body;
		void attempt;
		if (asked === 'null') return;
		const timer = setTimeout(() => void start(asked), DELAY_MS);
		return () => {
			clearTimeout(timer);
			const before = controller;
			controller = undefined;
			before?.abort();
		};
	});

	return {
		get phase() {
			return phase;
		},
		get result() {
			return result;
		},
		get frontier() {
			return frontier;
		},
		again: () => void attempt++,
		cancel: () => controller?.abort()
	};
}
