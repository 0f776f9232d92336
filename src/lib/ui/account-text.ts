// The words of accounts: roles, what is wrong with a field, what was refused, what happened.
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Role } from '$lib/schema/account';

/** By code; one that is missing is shown as it is. */
type Words = Record<string, (() => string) | undefined>;

const roleWords: Record<Role, () => string> = {
	system_admin: m.account_role_system_admin,
	security_admin: m.account_role_security_admin,
	audit_admin: m.account_role_audit_admin,
	planner: m.account_role_planner,
	witness: m.account_role_witness,
	leader: m.account_role_leader,
	office_head: m.account_role_office_head,
	inspector: m.account_role_inspector,
	legal_reviewer: m.account_role_legal_reviewer,
	publisher: m.account_role_publisher,
	partner: m.account_role_partner
};

const problems: Words = {
	short: m.account_problem_short,
	long: m.account_problem_long,
	plain: m.account_problem_plain,
	username: m.account_problem_username,
	wrong: m.account_problem_wrong,
	locked: m.account_problem_locked,
	busy: m.account_problem_busy,
	again: m.account_problem_again,
	same: m.account_problem_same,
	code: m.account_problem_code,
	taken: m.account_problem_taken,
	unknown: m.account_problem_unknown,
	own: m.account_problem_own,
	last_security_admin: m.account_problem_last_security_admin,
	empty: m.account_problem_empty,
	username_form: m.account_problem_username_form,
	choice: m.account_problem_choice
};

const refusals: Words = {
	unlisted: m.account_reason_unlisted,
	no_session: m.account_reason_no_session,
	wrong_role: m.account_reason_wrong_role,
	wrong_office: m.account_reason_wrong_office,
	password_change: m.account_reason_password_change,
	second_factor: m.account_reason_second_factor,
	cross_site: m.account_reason_cross_site,
	sign_in_failed: m.account_reason_sign_in_failed,
	locked: m.account_reason_locked
};

const events: Words = {
	'session.opened': m.account_event_session_opened,
	'session.closed': m.account_event_session_closed,
	'session.revoked': m.account_event_session_revoked,
	'ledger.exported': m.account_event_ledger_exported,
	'account.created': m.account_event_account_created,
	'account.changed': m.account_event_account_changed,
	'account.roles': m.account_event_account_roles,
	'account.disable': m.account_event_account_disable,
	'account.enable': m.account_event_account_enable,
	'account.password': m.account_event_account_password,
	'account.factor': m.account_event_account_factor,
	'account.revoke': m.account_event_account_revoke,
	'account.password_changed': m.account_event_account_password_changed,
	'account.enrolled': m.account_event_account_enrolled,
	'account.unenrolled': m.account_event_account_unenrolled
};

export const roleText = (role: Role) => roleWords[role]();
export const rolesText = (roles: readonly Role[]) =>
	roles.map(roleText).join(getLocale() === 'en' ? ', ' : '、') || m.account_role_none();
export const problemText = (reason: string) => problems[reason]?.() ?? reason;
export const refusalText = (reason: string) => refusals[reason]?.() ?? reason;
export const eventText = (type: string) => events[type]?.() ?? type;
