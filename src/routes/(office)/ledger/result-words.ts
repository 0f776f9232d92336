// Entries about results, penalties, referrals and what parties say against postings, as sentences.
import type { Json } from '$lib/core/bytes/canonical';
import { m } from '$lib/i18n/paraglide/messages';

type Detail = Record<string, Json>;
const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '—';
const one =
	(words: (given: { id: string }) => string) =>
	({ id }: Detail) =>
		words({ id: text(id) });
const because =
	(words: (given: { id: string; reason: string }) => string) =>
	({ id, reason, declined_reason }: Detail) =>
		words({ id: text(id), reason: text(reason ?? declined_reason) });
const numbered =
	(words: (given: { id: string; number: string }) => string) =>
	({ id, number, documentNumber }: Detail) =>
		words({ id: text(id), number: text(number ?? documentNumber) });
const dated =
	(words: (given: { id: string; on: string }) => string) =>
	({ id, on }: Detail) =>
		words({ id: text(id), on: text(on) });
const told =
	(words: (given: { id: string; text: string }) => string) =>
	({ id, receipt, answer }: Detail) =>
		words({ id: text(id), text: text(receipt ?? answer) });

export const resultWords: Record<string, (detail: Detail) => string> = {
	'result.recorded': one(m.result_ledger_recorded),
	'result.given_back': because(m.result_ledger_given_back),
	'result.approved': one(m.result_ledger_approved),
	'result.posted': numbered(m.result_ledger_posted),
	'result.withdrawal_asked': because(m.result_ledger_withdrawal_asked),
	'result.withdrawn': because(m.result_ledger_withdrawn),
	'result.rectified': ({ id, number, on }) =>
		m.result_ledger_rectified({ id: text(id), number: text(number), on: text(on) }),
	'result.closed': ({ id, closing }) => m.result_ledger_closed({ id: text(id), closing: text(closing) }),
	'result.penalty_drafted': numbered(m.result_ledger_penalty_drafted),
	'result.penalty_reviewed': one(m.result_ledger_penalty_reviewed),
	'result.penalty_decided': dated(m.result_ledger_penalty_decided),
	'result.penalty_posted': numbered(m.result_ledger_penalty_posted),
	'result.penalty_withdrawal_asked': because(m.result_ledger_penalty_withdrawal_asked),
	'result.penalty_withdrawn': because(m.result_ledger_penalty_withdrawn),
	'result.penalty_repaired': dated(m.result_ledger_penalty_repaired),
	'result.penalty_dropped': because(m.result_ledger_penalty_dropped),
	'result.referral_proposed': ({ id, body }) =>
		m.result_ledger_referral_proposed({ id: text(id), body: text(body) }),
	'result.referral_declined': because(m.result_ledger_referral_declined),
	'result.referral_decided': one(m.result_ledger_referral_decided),
	'result.referral_sent': one(m.result_ledger_referral_sent),
	'result.referral_received': told(m.result_ledger_referral_received),
	'result.referral_accepted': told(m.result_ledger_referral_accepted),
	'result.referral_returned': told(m.result_ledger_referral_returned),
	'result.case_replied': numbered(m.result_ledger_case_replied),
	'case.exported': ({ cases }) =>
		m.result_ledger_case_exported({ count: Array.isArray(cases) ? cases.length : 0 }),
	'appeal.answered': ({ posting }) => m.result_ledger_appeal_answered({ posting: text(posting) })
};
