// Figures of coverage in words: a share only where there are enough targets for one, counts beside it always.
import { dayDate } from '$lib/core/coverage/day';
import { SMALL } from '$lib/core/coverage/gaps';
import { steps, type Measure, type Shown } from '$lib/core/coverage/measure';
import type { Sums } from '$lib/core/coverage/aggregate';
import { lastPosition, momentAt } from '$lib/core/coverage/select';
import type { CoverageTable, Standing } from '$lib/core/coverage/table';
import { m } from '$lib/i18n/paraglide/messages';
import { dayText as dayOfInstant } from '$lib/ui/instant-text';
import { numberText, percentText } from '$lib/ui/number-text';

/** Days are of China's calendar: noon there is the same day. */
export const dayText = (day: number): string => dayOfInstant(new Date(`${dayDate(day)}T12:00:00+08:00`));

/** "4.1 %", or — where the targets are too few for it. */
export const shareText = (done: number, due: number): string => (due < SMALL ? '—' : percentText(done / due));

export const measureText = (measure: Measure): string =>
	({
		done: m.coverage_measure_done,
		months: m.coverage_measure_months,
		chance: m.coverage_measure_chance,
		findings: m.coverage_measure_findings
	})[measure]();

export const standingText = (standing: Standing): string =>
	standing === 'blacklist'
		? m.coverage_standing_blacklist()
		: standing === 'none'
			? m.coverage_standing_none()
			: m.coverage_standing_grade({ grade: standing });

/** What is written on a cell: counts, months, or the mean chance. */
export function markLabel(measure: Measure, { value, small }: Shown, sums: Sums, g: number): string {
	if (measure === 'done') return `${sums.done[g]}/${sums.due[g]}`;
	if (measure === 'months') return value === null ? m.coverage_never_short() : numberText(value);
	if (value === null) return '';
	if (measure === 'findings') return `${sums.found[g]}/${sums.inspected[g]}`;
	return small ? m.coverage_few({ count: sums.framed[g]! }) : percentText(value);
}

/** The words beside shades 0 … 5. */
export function shadeTexts(measure: Measure): string[] {
	const bounds = steps[measure];
	if (measure === 'months') {
		const between = bounds.slice(0, 4).map((high, k) => `${bounds[k + 1]}–${high}`);
		return [m.coverage_shade_long(), ...between, m.coverage_shade_recent({ months: bounds[4]! })];
	}
	const percent = bounds.map((share) => (share < 0.001 ? 0 : share * 100));
	const between = percent.slice(0, 4).map((low, k) => `${low || '>0'}–${percent[k + 1]} %`);
	const first = bounds[0] === Number.MIN_VALUE ? '0' : `< ${percent[0]} %`;
	return [first, ...between, `≥ ${percent[4]} %`];
}

export const lastText = (last: number): string => (last === 0 ? m.coverage_never() : dayText(last));

/** A position of the slider: which round it is after, and the day. */
export function positionText(table: CoverageTable, position: number): string {
	const day = dayText(momentAt(table, position).day);
	if (position >= lastPosition(table)) return m.coverage_today({ day });
	const round = table.rounds[position - 1];
	return round
		? m.coverage_after_round({ day, name: round.name, count: round.called })
		: m.coverage_before({ day });
}
