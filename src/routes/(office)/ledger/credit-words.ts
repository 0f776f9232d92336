// Entries of the credit push as sentences.
import type { Json } from '$lib/core/bytes/canonical';
import { isPlatform } from '$lib/core/credit/message';
import { m } from '$lib/i18n/paraglide/messages';
import { platformText } from '../credit/credit-text';

type Detail = Record<string, Json>;
const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '—';
const many = (value: Json | undefined) => (Array.isArray(value) ? value.length : 0);

export const creditWords: Record<string, (detail: Detail) => string> = {
	'credit.queued': ({ penalty, key }) => m.credit_ledger_queued({ penalty: text(penalty), key: text(key) }),
	'credit.accepted': ({ key, receipt }) =>
		m.credit_ledger_accepted({ key: text(key), receipt: text(receipt) }),
	'credit.dead': ({ key, reason }) => m.credit_ledger_dead({ key: text(key), reason: text(reason) }),
	'credit.retried': ({ key }) => m.credit_ledger_retried({ key: text(key) }),
	'credit.reconciled': ({ platform, expected, held, missing }) =>
		m.credit_ledger_reconciled({
			platform: isPlatform(text(platform)) ? platformText(text(platform) as never) : text(platform),
			...{ expected: text(expected), held: text(held), missing: many(missing) }
		}),
	'credit.standing': ({ grades, blacklist }) =>
		m.credit_ledger_standing({ grades: many(grades), periods: many(blacklist) }),
	'credit.grades': ({ changed }) => m.credit_ledger_grades({ count: many(changed) })
};

export const creditTypeWords: Record<string, () => string> = {
	'credit.queued': m.credit_ledger_type_queued,
	'credit.accepted': m.credit_ledger_type_accepted,
	'credit.dead': m.credit_ledger_type_dead,
	'credit.retried': m.credit_ledger_type_retried,
	'credit.reconciled': m.credit_ledger_type_reconciled,
	'credit.standing': m.credit_ledger_type_standing,
	'credit.grades': m.credit_ledger_type_grades
};
