// A field that still holds what was suggested takes the next suggestion too; one that was changed by hand keeps its value.
import { untrack } from 'svelte';

export function followSuggestions<Suggestions extends object>(
	suggested: () => Suggestions,
	get: (field: keyof Suggestions) => unknown,
	set: (field: keyof Suggestions, value: Suggestions[keyof Suggestions]) => void
): void {
	let last = untrack(suggested);
	$effect(() => {
		const next = suggested();
		untrack(() => {
			for (const field of Object.keys(next) as (keyof Suggestions)[]) {
				if (next[field] !== last[field] && get(field) === last[field]) set(field, next[field]);
			}
			last = next;
		});
	});
}
