// The words of the office's side of field work: states, outcomes, clocks and distances, and why something was not done.
import type { StopState } from '$lib/core/field/progress';
import { m } from '$lib/i18n/paraglide/messages';
import { numberText } from '$lib/ui/number-text';

export const stateText: Record<StopState, () => string> = {
	review: m.field_state_review,
	stuck: m.field_state_stuck,
	late: m.field_state_late,
	returned: m.field_state_returned,
	there: m.field_state_there,
	ahead: m.field_state_ahead,
	accepted: m.field_state_accepted
};
export const stateTone = {
	review: 'action',
	stuck: 'danger',
	late: 'warning',
	returned: 'drawn',
	there: 'parcel',
	ahead: 'neutral',
	accepted: 'success'
} as const satisfies Record<StopState, string>;

const asides: Record<string, () => string> = {
	not_on_crew: m.field_aside_not_on_crew,
	unknown_pack: m.field_aside_unknown_pack,
	unknown_stop: m.field_aside_unknown_stop,
	foreign_author: m.field_aside_foreign_author,
	form: m.field_aside_form,
	accepted_record: m.field_aside_accepted_record
};
export const asideText = (standing: string) => asides[standing]?.() ?? standing;

/** The clock of a phone less ours. */
export function skewText(skewMs: number): string {
	const minutes = Math.round(Math.abs(skewMs) / 60_000);
	if (minutes === 0) return m.field_skew_none();
	return (skewMs > 0 ? m.field_skew_ahead : m.field_skew_behind)({ minutes: numberText(minutes) });
}

export function distanceText(metres: number): string {
	if (metres === 0) return m.field_distance_inside();
	const distance =
		metres < 1000
			? m.field_metres({ count: metres })
			: m.field_kilometres({ count: numberText(metres / 1000, 1) });
	return m.field_distance({ distance });
}

type Words = Record<string, ((given: { at: string }) => string) | undefined>;
const whys: Words = {
	no_such_record: m.field_why_no_such_record,
	not_closed: m.field_why_not_closed,
	lacking: m.field_why_lacking,
	own_record: m.field_why_own_record,
	no_reason: m.field_why_no_reason,
	open_outcome: m.field_why_open_outcome,
	not_called: m.field_why_not_called,
	exists: m.field_why_exists,
	inspectors: m.field_why_inspectors,
	checked_on: m.field_why_checked_on,
	item_unknown: m.field_why_item_unknown,
	no_finding: m.field_why_no_finding,
	finding_without_problem: m.field_why_finding_without_problem,
	measure_of_outcome: m.field_why_measure_of_outcome,
	rectify_by: m.field_why_rectify_by,
	no_device: m.field_why_no_device,
	no_result: m.field_why_no_result,
	state: m.field_why_state,
	day: m.field_why_day,
	number: m.field_why_number,
	no_crew: m.field_why_no_crew,
	form: ({ at }) =>
		at.startsWith('most:') ? m.field_why_most({ most: at.slice(5) }) : (formWhys[at]?.() ?? at)
};
const formWhys: Record<string, () => string> = {
	empty: m.field_why_empty,
	choice: m.field_why_choice,
	day: m.field_why_not_a_day
};

/** Why it was not done, and the way out. at: what was found in the field. */
export const whyText = (reason: string, at = '') => whys[reason]?.({ at }) ?? reason;
