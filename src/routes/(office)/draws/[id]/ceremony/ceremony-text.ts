// Words of the ceremony in the reader's language: states, levels, and why a step was refused with the way out.
import { m } from '$lib/i18n/paraglide/messages';
import type { CeremonyReason, CeremonyRefusal, DrawState } from '$lib/schema/ceremony';
import { instantText } from '$lib/ui/instant-text';
import { ruleText } from '../../../setup/setup-text';
import { fieldError, problemText } from '../../../plans/problem-text';

export const stateText: Record<DrawState, () => string> = {
	frozen: m.ceremony_state_frozen,
	announced: m.ceremony_state_announced,
	locked: m.ceremony_state_locked,
	drawn: m.ceremony_state_drawn,
	revealed: m.ceremony_state_revealed,
	void: m.ceremony_state_void,
	aborted: m.ceremony_state_aborted
};

const why: Record<CeremonyReason, (given: { until: string; rule: string; least: number }) => string> = {
	no_such_draw: m.ceremony_why_no_such_draw,
	wrong_state: m.ceremony_why_wrong_state,
	embedded_level: m.ceremony_why_embedded_level,
	witness_count: m.ceremony_why_witness_count,
	witness_role: m.ceremony_why_witness_role,
	same_body: m.ceremony_why_same_body,
	body_missing: m.ceremony_why_body_missing,
	is_witness: m.ceremony_why_is_witness,
	not_witness: m.ceremony_why_not_witness,
	already_held: m.ceremony_why_already_held,
	redo_level: m.ceremony_why_redo_level,
	redo_consent: m.ceremony_why_redo_consent,
	public_grid: m.ceremony_why_public_grid,
	frame_fixed: m.ceremony_why_frame_fixed,
	rule_missing: m.ceremony_why_rule_missing,
	paper_open: m.ceremony_why_paper_open,
	paper_missing: m.ceremony_why_paper_missing,
	paper_times: m.ceremony_why_paper_times,
	paper_count: m.ceremony_why_paper_count,
	digits_differ: m.ceremony_why_digits_differ,
	beacon_needed: m.ceremony_why_beacon_needed,
	beacon_passed: m.ceremony_why_beacon_passed,
	beacon_early: m.ceremony_why_beacon_early,
	beacon_pattern: m.ceremony_why_beacon_pattern,
	beacon_signature: m.ceremony_why_beacon_signature,
	beacon_missing: m.ceremony_why_beacon_missing,
	deadlines: m.ceremony_why_deadlines,
	notice: m.ceremony_why_notice,
	notice_short: m.ceremony_why_notice_short,
	hash_first: m.ceremony_why_hash_first,
	hash_differs: m.ceremony_why_hash_differs,
	already_given: m.ceremony_why_already_given,
	nonce_lost: m.ceremony_why_nonce_lost,
	frame_differs: m.ceremony_why_frame_differs,
	unsigned: m.ceremony_why_unsigned,
	already_signed: m.ceremony_why_already_signed,
	self_decision: m.ceremony_why_self_decision,
	open_request: m.ceremony_why_open_request,
	no_request: m.ceremony_why_no_request,
	list_out: m.ceremony_why_list_out,
	other_office: m.ceremony_why_other_office
};

const formErrors: Record<string, () => string> = {
	instant: m.ceremony_error_instant,
	hash: m.ceremony_error_hash,
	salt: m.ceremony_error_salt,
	differs: m.ceremony_error_differs,
	empty: m.ceremony_error_empty
};

/** A message of the forms of ceremonies. */
export const formErrorText = (message: string): string =>
	(formErrors[message] ?? (() => fieldError(message)))();

export function refusalText(refusal: CeremonyRefusal): string {
	if (refusal.reason === 'plan') return problemText(refusal.problem, (code) => code);
	if (refusal.reason === 'form') return formErrorText(refusal.message);
	const until = refusal.until ? instantText(new Date(refusal.until)) : '';
	const rule = refusal.rule ? ruleText[refusal.rule]() : '';
	return why[refusal.reason]({ until, rule, least: refusal.least ?? 0 });
}

/** The refusal as the error of one field, where that field is to blame. */
export const fieldRefusal = (refusal: CeremonyRefusal | undefined, field: string): string | undefined =>
	refusal && 'field' in refusal && refusal.field === field ? refusalText(refusal) : undefined;

/** 64 characters in groups that can be read out. */
export const grouped = (hex: string): string[] => hex.match(/.{8}/g) ?? [hex];

const substitutionReasons: Record<string, () => string> = {
	closed: m.ceremony_substitutes_reason_closed,
	not_found: m.ceremony_substitutes_reason_not_found,
	suspended: m.ceremony_substitutes_reason_suspended,
	merged: m.ceremony_substitutes_reason_merged,
	beyond_power: m.ceremony_substitutes_reason_beyond_power,
	other: m.ceremony_substitutes_reason_other
};

/** Why a target gives way; a code that nobody put into words is shown as it is. */
export const substitutionReasonText = (code: string): string =>
	Object.hasOwn(substitutionReasons, code) ? substitutionReasons[code]!() : code;
