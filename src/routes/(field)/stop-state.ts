import { field } from '$lib/offline/field.svelte';

export type StopState = 'empty' | 'open' | 'closed' | 'returned' | 'accepted';

/** What the record says here, and what the office has decided about it. */
export function stopState(stop: string): StopState {
	const here = field.record(stop).state;
	const there = field.overview?.records.find((record) => record.stop === stop)?.state;
	if (there === 'accepted') return 'accepted';
	return there === 'returned' && here !== 'open' ? 'returned' : here;
}
