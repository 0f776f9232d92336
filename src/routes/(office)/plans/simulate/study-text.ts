// Figures of a study in the reader's language.
import { m } from '$lib/i18n/paraglide/messages';
import type { Band } from '$lib/core/study/band';
import type { FigureName } from '$lib/core/study/simulate';
import type { StudyResult } from '$lib/schema/study';
import { numberText } from '$lib/ui/number-text';

const labels: Record<FigureName, () => string> = {
	townships: m.study_figure_townships,
	cells: m.study_figure_cells,
	overdueLeft: m.study_figure_overdueLeft,
	blacklisted: m.study_figure_blacklisted,
	parties: m.study_figure_parties,
	mostAtOneParty: m.study_figure_mostAtOneParty,
	travelM: m.study_figure_travelM,
	personDays: m.study_figure_personDays
};
const totals: Partial<Record<FigureName, keyof StudyResult['totals']>> = {
	townships: 'townships',
	cells: 'cells',
	overdueLeft: 'overdue',
	blacklisted: 'blacklisted',
	parties: 'parties'
};

const valueText = (name: FigureName, value: number, digits: number): string =>
	name === 'travelM' ? m.study_km({ value: numberText(value / 1000) }) : numberText(value, digits);

/** A figure in words: mean, band, what it is out of. */
export function figureText(name: FigureName, { figures, totals: all }: StudyResult) {
	const { mean, low, high }: Band = figures[name];
	const total = totals[name];
	return {
		label: labels[name](),
		value: valueText(name, mean, 1),
		band:
			low === high
				? valueText(name, low, 0)
				: m.study_band({ low: valueText(name, low, 0), high: valueText(name, high, 0) }),
		of: total ? m.study_of({ count: numberText(all[total]) }) : ''
	};
}
