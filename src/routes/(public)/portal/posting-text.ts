// Words of postings: kinds, outcomes, what was found and done, penalties.
import { m } from '$lib/i18n/paraglide/messages';
import type { Measure, Outcome, PenaltyKind, Severity } from '$lib/core/posting/state';
import type { PostingKind, PostingRow } from '$lib/core/posting/search';

export const kindText: Record<PostingKind, () => string> = {
	result: m.public_kind_result,
	penalty: m.public_kind_penalty
};

export const outcomeText: Record<Outcome, () => string> = {
	none_found: m.public_outcome_none_found,
	on_site: m.public_outcome_on_site,
	ordered: m.public_outcome_ordered,
	case: m.public_outcome_case,
	unreachable: m.public_outcome_unreachable,
	refused: m.public_outcome_refused
};

export const outcomeTone = {
	none_found: 'success',
	on_site: 'warning',
	ordered: 'warning',
	case: 'danger',
	unreachable: 'neutral',
	refused: 'danger'
} as const satisfies Record<Outcome, string>;

export const severityText: Record<Severity, () => string> = {
	minor: m.public_severity_minor,
	ordinary: m.public_severity_ordinary,
	serious: m.public_severity_serious
};

export const measureText: Record<Measure, () => string> = {
	none: m.public_measure_none,
	on_site: m.public_measure_on_site,
	ordered: m.public_measure_ordered,
	case: m.public_measure_case,
	referral: m.public_measure_referral
};

export const targetKindText: Record<PostingRow['targetKind'], () => string> = {
	mining_right: m.public_target_mining_right,
	land_parcel: m.public_target_land_parcel
};

export const penaltyText: Record<PenaltyKind, () => string> = {
	warning: m.public_penalty_warning,
	criticism: m.public_penalty_criticism,
	fine: m.public_penalty_fine,
	confiscation: m.public_penalty_confiscation,
	suspension: m.public_penalty_suspension,
	revocation: m.public_penalty_revocation,
	restriction: m.public_penalty_restriction,
	other: m.public_penalty_other
};

export const appealText = (kind: 'objection' | 'appeal') =>
	kind === 'objection' ? m.public_appeal_objection() : m.public_appeal_appeal();
