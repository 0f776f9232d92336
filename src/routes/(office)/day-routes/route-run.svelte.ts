// A search as the page follows it: one request whose answer grows line by line; aborting the request cancels the search.
import type { RouteEvent, RouteProblem, RouteProgress } from '$lib/schema/route';
import { askLines } from '$lib/ui/ask-lines';

export type RunState =
	| { name: 'idle' }
	| { name: 'running'; progress: RouteProgress; firstCostS: number | null }
	| { name: 'done'; series: number; version: number }
	| { name: 'problem'; problem: RouteProblem }
	| { name: 'cancelled' }
	| { name: 'broken' };

export class RouteRun {
	state = $state.raw<RunState>({ name: 'idle' });
	#controller: AbortController | undefined;

	#take(event: RouteEvent): void {
		if (event.type === 'done') this.state = { name: 'done', series: event.series, version: event.version };
		else if (event.type === 'problem') this.state = { name: 'problem', problem: event.problem };
		else {
			const first = this.state.name === 'running' ? this.state.firstCostS : null;
			const cost = event.step === 'solve' ? event.costS : null;
			this.state = { name: 'running', progress: event, firstCostS: first ?? cost };
		}
	}

	async start(address: string, body: unknown): Promise<void> {
		const controller = (this.#controller = new AbortController());
		this.state = { name: 'running', progress: { step: 'visits' }, firstCostS: null };
		try {
			await askLines<RouteEvent>(address, (event) => this.#take(event), { body, signal: controller.signal });
			if (this.state.name === 'running') this.state = { name: 'broken' };
		} catch {
			this.state = { name: controller.signal.aborted ? 'cancelled' : 'broken' };
		}
	}

	cancel = () => this.#controller?.abort();
	clear = () => (this.state = { name: 'idle' });
}
