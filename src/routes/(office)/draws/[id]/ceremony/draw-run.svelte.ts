// The draw as the page follows it: one request whose answer grows line by line.
import { askLines } from '$lib/ui/ask-lines';
import type { CeremonyRefusal, DrawEvent } from '$lib/schema/ceremony';
import type { TrialProgress } from '$lib/schema/draw';

type Course =
	| { name: 'idle' }
	| { name: 'running'; progress: TrialProgress }
	| { name: 'done' }
	| { name: 'refused'; refusal: CeremonyRefusal }
	/** The connection broke or the confirmation ran out; the draw may be done all the same. */
	| { name: 'broken' };

export function drawRun(address: string) {
	let course = $state.raw<Course>({ name: 'idle' });
	const take = (event: DrawEvent) => {
		if (event.type === 'progress') course = { name: 'running', progress: event };
		else if (event.type === 'done') course = { name: 'done' };
		else course = { name: 'refused', refusal: event.refusal };
	};
	return {
		get course() {
			return course;
		},
		async start(): Promise<void> {
			course = { name: 'running', progress: { step: 'freeze', done: 0, total: 1 } };
			try {
				await askLines(address, take);
				if (course.name === 'running') course = { name: 'broken' };
			} catch {
				course = { name: 'broken' };
			}
		}
	};
}
