import type { Measure, Severity } from '$lib/core/posting/state';

/** A finding while it is typed; '' is not chosen yet. */
export interface Written {
	item: string;
	severity: Severity | '';
	text: string;
	measure: Measure | '';
	rectifyBy: string;
}
