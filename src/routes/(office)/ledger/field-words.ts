// Entries about field work, as sentences.
import type { Json } from '$lib/core/bytes/canonical';
import { m } from '$lib/i18n/paraglide/messages';

type Detail = Record<string, Json>;
const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '—';

export const fieldWords: Record<string, (detail: Detail) => string> = {
	'field.device_enrolled': ({ inspector }) => m.field_ledger_enrolled({ inspector: text(inspector) }),
	'field.device_revoked': ({ inspector }) => m.field_ledger_revoked({ inspector: text(inspector) }),
	'field.packed': ({ route }) => m.field_ledger_packed({ route: text(route) }),
	'field.received': ({ count, root }) =>
		m.field_ledger_received({ count: text(count), root: `${text(root).slice(0, 12)}…` }),
	'field.asked_again': ({ result }) => m.field_ledger_asked_again({ result: text(result) }),
	'field.accepted': ({ stop }) => m.field_ledger_accepted({ stop: text(stop) }),
	'field.returned': ({ stop, reason }) => m.field_ledger_returned({ stop: text(stop), reason: text(reason) })
};
