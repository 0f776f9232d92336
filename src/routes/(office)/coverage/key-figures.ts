// The row of figures a leader reads first: on the page and on the slide.
import { SMALL } from '$lib/core/coverage/gaps';
import { standings } from '$lib/core/coverage/table';
import { m } from '$lib/i18n/paraglide/messages';
import { numberText, percentText } from '$lib/ui/number-text';
import type { CoverageDesk, Figures } from './coverage-desk.svelte';

interface KeyFigure {
	label: string;
	value: number;
	/** Its share, or what it belongs to; '' for neither. */
	more: string;
}

const black = standings.indexOf('blacklist');
const at = (column: ArrayLike<number>, k = 0) => column[k] ?? 0;
const share = (done: number, due: number) =>
	due === 0
		? ''
		: due < SMALL
			? m.coverage_of_few({ due: numberText(due) })
			: m.coverage_of({ share: percentText(done / due), due: numberText(due) });

export const keyFigures = (desk: CoverageDesk, { whole, standing, gaps }: Figures): KeyFigure[] => [
	{ label: m.coverage_due(), value: at(whole.due), more: '' },
	{ label: m.coverage_done(), value: at(whole.done), more: share(at(whole.done), at(whole.due)) },
	{ label: m.coverage_never_drawn(), value: at(whole.never), more: share(at(whole.never), at(whole.due)) },
	{
		label: m.coverage_gaps(),
		value: gaps.length,
		more: m.coverage_gaps_level({ resolution: desk.resolution })
	},
	{
		label: m.coverage_blacklisted_done(),
		value: at(standing.done, black),
		more: share(at(standing.done, black), at(standing.due, black))
	},
	{
		label: m.coverage_called(),
		value: at(whole.called),
		more: m.coverage_routed({ count: numberText(at(whole.routed)) })
	}
];
