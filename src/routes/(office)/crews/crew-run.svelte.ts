// A lottery of crews as the page follows it: one request whose answer grows line by line; aborting it cancels the lottery.
import type { CrewEvent, CrewRefusal } from '$lib/schema/crew-draw';
import { askLines } from '$lib/ui/ask-lines';

export type CrewProgress = Extract<CrewEvent, { type: 'progress' }>;
type Course =
	| { name: 'idle' }
	| { name: 'running'; progress: CrewProgress }
	| { name: 'done'; draw: number }
	| { name: 'refused'; refusal: CrewRefusal }
	| { name: 'cancelled' }
	| { name: 'broken' };

export class CrewRun {
	course = $state.raw<Course>({ name: 'idle' });
	#controller: AbortController | undefined;

	#take(event: CrewEvent): void {
		if (event.type === 'done') this.course = { name: 'done', draw: event.draw };
		else if (event.type === 'refused') this.course = { name: 'refused', refusal: event.refusal };
		else this.course = { name: 'running', progress: event };
	}

	async start(body: unknown): Promise<void> {
		const controller = (this.#controller = new AbortController());
		this.course = { name: 'running', progress: { type: 'progress', step: 'gather', done: 0 } };
		try {
			await askLines<CrewEvent>('/crews/run', (event) => this.#take(event), {
				body,
				signal: controller.signal
			});
			if (this.course.name === 'running') this.course = { name: 'broken' };
		} catch {
			this.course = { name: controller.signal.aborted ? 'cancelled' : 'broken' };
		}
	}

	cancel = () => this.#controller?.abort();
}
