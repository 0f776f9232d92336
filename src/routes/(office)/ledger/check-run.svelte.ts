// The check as the page follows it: one request whose answer grows line by line.
import type { CheckResult } from '$lib/server/ledger-check';
import { askLines } from '$lib/ui/ask-lines';
import type { CheckEvent } from './check-event';

type Course =
	| { name: 'idle' }
	| { name: 'running'; done: number; total: number }
	| { name: 'done'; result: CheckResult }
	| { name: 'busy' }
	| { name: 'broken' };

export function checkRun(address: string) {
	let course = $state.raw<Course>({ name: 'idle' });
	const take = (event: CheckEvent) => {
		if (event.type === 'progress') course = { name: 'running', done: event.done, total: event.total };
		else if (event.type === 'done') course = { name: 'done', result: event.result };
		else course = { name: 'busy' };
	};
	return {
		get course() {
			return course;
		},
		async start(): Promise<void> {
			course = { name: 'running', done: 0, total: 0 };
			try {
				await askLines(address, take);
				if (course.name === 'running') course = { name: 'broken' };
			} catch {
				course = { name: 'broken' };
			}
		}
	};
}
