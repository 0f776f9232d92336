// Words of the portal: states, levels and what each level claims, deadlines.
import { m } from '$lib/i18n/paraglide/messages';
import { instantText } from '$lib/ui/instant-text';
import type { Deadline, PublicDraw } from '$lib/server/portal-draws';

export const stateText: Record<PublicDraw['state'], () => string> = {
	announced: m.portal_state_announced,
	locked: m.portal_state_locked,
	drawn: m.portal_state_drawn,
	revealed: m.portal_state_revealed,
	void: m.portal_state_void,
	aborted: m.portal_state_aborted
};

export const stateTone = {
	announced: 'action',
	locked: 'action',
	drawn: 'neutral',
	revealed: 'success',
	void: 'danger',
	aborted: 'danger'
} as const satisfies Record<PublicDraw['state'], string>;

export const levels = [
	{ level: 'L1', claims: m.portal_level_L1, not: m.portal_level_L1_not },
	{ level: 'L2', claims: m.portal_level_L2, not: m.portal_level_L2_not },
	{ level: 'L3', claims: m.portal_level_L3, not: m.portal_level_L3_not }
] as const;

export const kindText: Record<PublicDraw['kind'], () => string> = {
	mining_right: m.draw_kind_mining_right,
	land_parcel: m.draw_kind_land_parcel
};

export const reasonText: Record<string, () => string> = {
	closed: m.ceremony_substitutes_reason_closed,
	not_found: m.ceremony_substitutes_reason_not_found,
	suspended: m.ceremony_substitutes_reason_suspended,
	merged: m.ceremony_substitutes_reason_merged,
	beyond_power: m.ceremony_substitutes_reason_beyond_power,
	other: m.ceremony_substitutes_reason_other
};

const deadlines: Record<Deadline['status'], (given: { at: string }) => string> = {
	ahead: m.portal_deadline_ahead,
	overdue: m.portal_deadline_overdue,
	met: m.portal_deadline_met,
	late: m.portal_deadline_late,
	ended: m.portal_deadline_ended
};
export const deadlineText = ({ by, status }: Deadline) => deadlines[status]({ at: instantText(by) });

/** 64 characters in groups that can be compared by eye. */
export const grouped = (hex: string): string[] => hex.match(/.{8}/g) ?? [hex];
