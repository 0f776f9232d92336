// Words of the results' pages: outcomes, steps, states, clocks, and why a step was refused.
import { m } from '$lib/i18n/paraglide/messages';
import type { Clock } from '$lib/core/posting/deadline';
import type {
	Hindrance,
	Measure,
	Outcome,
	PenaltyKind,
	PenaltyState,
	ReferralState,
	Severity
} from '$lib/core/posting/state';
import type { ResultProblem } from '$lib/schema/result';
import type { TakenReply } from '$lib/server/result/case-import';
import type { BoardRow, Waits } from '$lib/server/result/row';
import type { ReferralStep } from '$lib/server/result/referral';
import { numberText } from '$lib/ui/number-text';
import { fieldError } from '../plans/problem-text';

export const outcomeText = (outcome: Outcome): string =>
	({
		none_found: m.result_outcome_none_found,
		on_site: m.result_outcome_on_site,
		ordered: m.result_outcome_ordered,
		case: m.result_outcome_case,
		unreachable: m.result_outcome_unreachable,
		refused: m.result_outcome_refused
	})[outcome]();
export const outcomeTone = (outcome: Outcome) =>
	(
		({
			none_found: 'success',
			on_site: 'action',
			ordered: 'warning',
			case: 'danger',
			unreachable: 'neutral',
			refused: 'danger'
		}) as const
	)[outcome];

/** A result given back before it was approved was never public. */
export const stateText = ({ state, closed, steps }: Stated): string =>
	closed
		? m.result_state_closed()
		: state === 'withdrawn' && !steps.approved.at
			? m.result_state_given_back()
			: {
					recorded: m.result_state_recorded,
					approved: m.result_state_approved,
					posted: m.result_state_posted,
					withdrawn: m.result_state_withdrawn
				}[state]();
interface Stated extends Pick<BoardRow, 'state'> {
	closed: boolean;
	steps: { approved: { at: Date | null } };
}

export const waitsText = (waits: Waits): string =>
	({
		approve: m.result_waits_approve,
		post: m.result_waits_post,
		withdraw: m.result_waits_withdraw,
		refer: m.result_waits_refer,
		penalty: m.result_waits_penalty,
		rectify: m.result_waits_rectify,
		close: m.result_waits_close,
		done: m.result_waits_done
	})[waits]();

/** 处罚：待法制审核. */
export function waitsMore({
	waits,
	penalty,
	referral
}: Pick<BoardRow, 'waits' | 'penalty' | 'referral'>): string {
	if (waits === 'penalty' && penalty) return penaltyStateText(penalty);
	return waits === 'refer' && referral ? referralStateText(referral) : '';
}

export const severityText = (severity: Severity): string =>
	({
		minor: m.result_severity_minor,
		ordinary: m.result_severity_ordinary,
		serious: m.result_severity_serious
	})[severity]();
export const measureText = (measure: Measure): string =>
	({
		none: m.result_measure_none,
		on_site: m.result_measure_on_site,
		ordered: m.result_measure_ordered,
		case: m.result_measure_case,
		referral: m.result_measure_referral
	})[measure]();
export const penaltyKindText = (kind: PenaltyKind): string =>
	({
		warning: m.result_kind_warning,
		criticism: m.result_kind_criticism,
		fine: m.result_kind_fine,
		confiscation: m.result_kind_confiscation,
		suspension: m.result_kind_suspension,
		revocation: m.result_kind_revocation,
		restriction: m.result_kind_restriction,
		other: m.result_kind_other
	})[kind]();
export const penaltyStateText = (state: PenaltyState): string =>
	({
		drafted: m.result_penalty_drafted,
		reviewed: m.result_penalty_reviewed,
		decided: m.result_penalty_decided,
		posted: m.result_penalty_posted,
		withdrawn: m.result_penalty_withdrawn,
		dropped: m.result_penalty_dropped
	})[state]();
export const referralStateText = (state: ReferralState): string =>
	({
		proposed: m.result_referral_proposed,
		declined: m.result_referral_declined,
		decided: m.result_referral_decided,
		sent: m.result_referral_sent,
		received: m.result_referral_received,
		returned: m.result_referral_returned,
		accepted: m.result_referral_accepted
	})[state]();
export const moveText = (step: ReferralStep): string =>
	({
		decide: m.result_move_decide,
		decline: m.result_move_decline,
		send: m.result_move_send,
		receive: m.result_move_receive,
		accept: m.result_move_accept,
		giveBack: m.result_move_giveBack
	})[step]();

export const hindranceText = (hindrance: Hindrance): string =>
	({
		not_posted: m.result_hinder_not_posted,
		order: m.result_hinder_order,
		penalty: m.result_hinder_penalty,
		referral: m.result_hinder_referral,
		no_disposal: m.result_hinder_no_disposal
	})[hindrance]();

const stepWords: Record<string, () => string> = {
	recorded: m.result_step_recorded,
	approved: m.result_step_approved,
	posted: m.result_step_posted,
	withdrawal_asked: m.result_step_withdrawal_asked,
	withdrawn: m.result_step_withdrawn,
	closed: m.result_step_closed,
	drafted: m.result_step_drafted,
	reviewed: m.result_step_reviewed,
	decided: m.result_step_decided,
	repaired: m.result_step_repaired,
	dropped: m.result_step_dropped,
	proposed: m.result_step_proposed,
	sent: m.result_step_sent,
	received: m.result_step_received,
	answered: m.result_step_answered
};
export const stepText = (step: string): string => stepWords[step]?.() ?? step;

export const clockTone = (clock: Clock) =>
	(({ overdue: 'danger', soon: 'warning', ahead: 'neutral', late: 'warning', met: 'success' }) as const)[
		clock
	];
/** 剩3个工作日, 逾期2天. */
export function clockText({ clock, left }: Pick<BoardRow, 'clock' | 'left'>): string {
	if (clock === 'met') return m.result_clock_met();
	if (clock === 'late') return m.result_clock_late();
	if (!left) return clock === 'overdue' ? m.result_over() : '';
	if (clock === 'overdue') {
		const days = numberText(-left.days);
		return left.working ? m.result_over_working({ days }) : m.result_over_calendar({ days });
	}
	if (left.days === 0) return m.result_left_today();
	const days = numberText(left.days);
	return left.working ? m.result_left_working({ days }) : m.result_left_calendar({ days });
}

export const yuanText = (fen: number): string => m.result_penalty_fine_of({ fine: numberText(fen / 100, 2) });

const why: Record<string, (at: { at: string }) => string> = {
	no_result: m.result_why_no_result,
	state: m.result_why_state,
	own: m.result_why_own,
	personal: m.result_why_personal,
	asked: m.result_why_asked,
	not_asked: m.result_why_not_asked,
	empty: m.result_why_empty,
	number: m.result_why_number,
	day: m.result_why_day,
	party: m.result_why_party,
	fine: m.result_why_fine,
	confiscated: m.credit_refused_confiscated,
	taken: m.result_why_taken,
	police: m.result_why_police,
	other_office: m.result_why_other_office,
	answered: m.result_why_answered,
	not_called: m.result_why_not_called,
	exists: m.result_why_exists,
	inspectors: m.result_why_inspectors,
	checked_on: m.result_why_checked_on,
	no_finding: m.result_why_no_finding,
	finding_without_problem: m.result_why_finding_without_problem,
	measure_of_outcome: m.result_why_measure_of_outcome,
	rectify_by: m.result_why_rectify_by,
	item_unknown: m.result_why_item_unknown,
	not_posted: m.result_hinder_not_posted,
	order: m.result_hinder_order,
	penalty: m.result_hinder_penalty,
	referral: m.result_hinder_referral,
	no_disposal: m.result_hinder_no_disposal
};
const formErrors: Record<string, () => string> = {
	day: m.result_why_day_form,
	choice: m.result_why_choice,
	kinds: m.result_why_kinds,
	several: m.result_why_several,
	money: m.result_why_money
};
export const whyText = ({ reason, at = '' }: ResultProblem): string =>
	reason === 'form' ? (formErrors[at]?.() ?? fieldError(at)) : (why[reason]?.({ at }) ?? reason);

const replyStates: Record<string, () => string> = {
	filed: m.result_exchange_state_filed,
	not_filed: m.result_exchange_state_not_filed,
	decided: m.result_exchange_state_decided,
	ended: m.result_exchange_state_ended
};
export const replyStateText = (state: string): string => replyStates[state]?.() ?? state;

const whyReply: Record<string, (field: { field: string }) => string> = {
	form: m.result_exchange_why_line,
	other_county: m.result_exchange_why_other_county,
	altered: m.result_exchange_why_altered,
	day: m.result_exchange_why_day
};
/** Why a message of the platform was refused. */
export const whyReplyText = ({ reason, field = '', at = '' }: TakenReply): string =>
	whyReply[reason ?? '']?.({ field }) ?? whyText({ ok: false, reason: reason ?? '', at });
