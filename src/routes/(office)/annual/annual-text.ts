// Words of the annual plan's pages: states, stages, channels, and why a change was refused.
import { m } from '$lib/i18n/paraglide/messages';
import type { AnnualProblem, AnnualState, Channel } from '$lib/schema/annual';
import type { Stage } from '$lib/server/annual/reading';
import { fieldError } from '../plans/problem-text';

export const stateText = (state: AnnualState): string =>
	({
		draft: m.annual_state_draft,
		submitted: m.annual_state_submitted,
		approved: m.annual_state_approved,
		published: m.annual_state_published
	})[state]();
export const stateTone = (state: AnnualState) =>
	(({ draft: 'neutral', submitted: 'warning', approved: 'action', published: 'success' }) as const)[state];

export const stageText = (stage: Stage): string =>
	({
		planned: m.annual_stage_planned,
		ceremony: m.annual_stage_ceremony,
		sealed: m.annual_stage_sealed,
		opened: m.annual_stage_opened,
		routed: m.annual_stage_routed
	})[stage]();
export const stageTone = (stage: Stage) =>
	(
		({
			planned: 'neutral',
			ceremony: 'warning',
			sealed: 'drawn',
			opened: 'action',
			routed: 'success'
		}) as const
	)[stage];

export const channelText = (channel: Channel): string =>
	({
		complaint: m.annual_channel_complaint,
		report: m.annual_channel_report,
		referral: m.annual_channel_referral,
		monitoring: m.annual_channel_monitoring
	})[channel]();

const formErrors: Record<string, () => string> = {
	day: m.annual_error_day,
	order: m.annual_error_order,
	items: m.annual_error_items,
	departments: m.annual_error_departments,
	batches: m.annual_error_batches
};
/** A message of the forms here. */
export const errorText = (code: string): string => (formErrors[code] ?? (() => fieldError(code)))();
/** The first one of a field of superforms. */
export const firstOf = (errors: string[] | undefined) => errors?.[0] && errorText(errors[0]);

const why: Record<Exclude<AnnualProblem['reason'], 'form'>, (at: { at: string }) => string> = {
	no_plan: m.annual_why_no_plan,
	exists: m.annual_why_exists,
	state: ({ at }) => m.annual_why_state({ at: stateText(at as AnnualState) }),
	no_task: m.annual_why_no_task,
	no_batch: m.annual_why_no_batch,
	has_plan: m.annual_why_has_plan,
	item_unknown: m.annual_why_item_unknown,
	item_not_in_force: m.annual_why_item_not_in_force,
	township: m.annual_why_township,
	area_empty: m.annual_why_area_empty,
	year: m.annual_why_year,
	target_unknown: m.annual_why_target_unknown,
	twice: m.annual_why_twice,
	own_plan: m.annual_why_own_plan,
	party_unknown: m.annual_why_party_unknown,
	closed: m.annual_why_closed,
	before: m.annual_why_before
};
export const whyText = ({ reason, at = '' }: Pick<AnnualProblem, 'reason' | 'at'>): string =>
	reason === 'form' ? errorText(at) : why[reason]({ at });
