// The words of the credit push.
import { m } from '$lib/i18n/paraglide/messages';
import type { CreditAction, PlatformName } from '$lib/core/credit/message';
import { creditFields, type FieldReason } from '$lib/core/credit/record';
import type { Clock } from '$lib/core/posting/deadline';
import type { MessageFilter, MessageRow, PlatformState } from '$lib/server/credit/reading';

const platforms: Record<PlatformName, () => string> = {
	credit_china: m.credit_platform_credit_china,
	enterprise: m.credit_platform_enterprise
};
export const platformText = (platform: PlatformName) => platforms[platform]();

const actions: Record<CreditAction, () => string> = {
	publish: m.credit_action_publish,
	correct: m.credit_action_correct,
	repair: m.credit_action_repair,
	expire: m.credit_action_expire,
	withdraw: m.credit_action_withdraw
};
export const actionText = (action: CreditAction) => actions[action]();

const filters: Record<MessageFilter, () => string> = {
	waiting: m.credit_state_waiting,
	overdue: m.credit_state_overdue,
	dead: m.credit_state_dead,
	accepted: m.credit_state_accepted
};
export const filterText = (state: MessageFilter) => filters[state]();

export const stateText = ({ state, blocked }: Pick<MessageRow, 'state' | 'blocked'>) =>
	blocked ? m.credit_state_blocked() : filters[state]();
export const stateTone = ({ state, blocked }: Pick<MessageRow, 'state' | 'blocked'>) =>
	state === 'accepted' ? 'success' : state === 'dead' ? 'danger' : blocked ? 'warning' : 'action';

const clocks: Record<Clock, () => string> = {
	ahead: m.credit_clock_ahead,
	soon: m.credit_clock_soon,
	overdue: m.credit_clock_overdue,
	met: m.credit_clock_met,
	late: m.credit_clock_late
};
export const clockText = (clock: Clock) => clocks[clock]();
const tones = {
	ahead: 'neutral',
	soon: 'warning',
	overdue: 'danger',
	met: 'success',
	late: 'warning'
} as const satisfies Record<Clock, string>;
export const clockTone = (clock: Clock) => tones[clock];

const ways: Record<PlatformState['way'], () => string> = {
	json: m.credit_way_json,
	xml: m.credit_way_xml,
	folder: m.credit_way_folder,
	counterpart: m.credit_way_counterpart,
	none: m.credit_way_none
};
export const wayText = (way: PlatformState['way']) => ways[way]();

const failures: Record<string, () => string> = {
	network: m.credit_failure_network,
	timeout: m.credit_failure_timeout,
	busy: m.credit_failure_busy,
	receipt: m.credit_failure_receipt,
	too_large: m.credit_failure_too_large,
	redirect: m.credit_failure_redirect,
	address: m.credit_failure_address,
	host: m.credit_failure_host,
	scheme: m.credit_failure_scheme,
	tls: m.credit_failure_tls,
	refused: m.credit_failure_refused,
	lost: m.credit_failure_lost,
	field: m.credit_failure_field
};
const fieldReasons: Record<FieldReason, () => string> = {
	missing: m.credit_field_missing,
	long: m.credit_field_long,
	text: m.credit_field_text,
	personal: m.credit_field_personal,
	code: m.credit_field_code,
	person: m.credit_field_person,
	day: m.credit_field_day,
	amount: m.credit_field_amount
};
export const fieldName = (code: string) => creditFields.find((one) => one.code === code)?.name ?? code;
export const fieldText = ({ field, reason }: { field: string; reason: string }) =>
	m.credit_field_line({
		...{ name: fieldName(field), code: field, reason: fieldReasons[reason as FieldReason]?.() ?? reason }
	});

/** A failure as it is stored, a reason and what was found: as a sentence, and the rest of it. */
export function failureText(failure: string): { title: string; detail: string } {
	const [, reason = '', detail = ''] = /^(\S+) ?([\s\S]*)$/.exec(failure) ?? [];
	const title = failures[reason]?.() ?? failure;
	if (reason !== 'field') return { title, detail };
	const fields = detail.split(' ').map((one) => {
		const [field = '', why = ''] = one.split(':');
		return fieldText({ field, reason: why });
	});
	return { title, detail: fields.join('\n') };
}
