// Words of field work that the phone and the office share: how grave a finding is, what was done, what a record lacks.
import type { Measure, ServedDocument, ServedHow, Severity, UnreachableReason } from '$lib/core/field/event';
import type { Missing } from '$lib/core/field/missing';
import { m } from '$lib/i18n/paraglide/messages';

export const severityText: Record<Severity, () => string> = {
	minor: m.phone_severity_minor,
	ordinary: m.phone_severity_ordinary,
	serious: m.phone_severity_serious
};

export const measureText: Record<Measure, () => string> = {
	none: m.phone_measure_none,
	on_site: m.phone_measure_on_site,
	ordered: m.phone_measure_ordered,
	case: m.phone_measure_case,
	referral: m.phone_measure_referral
};

export const goneText: Record<UnreachableReason, () => string> = {
	closed: m.phone_gone_closed,
	not_found: m.phone_gone_not_found,
	suspended: m.phone_gone_suspended,
	merged: m.phone_gone_merged,
	beyond_power: m.phone_gone_beyond_power,
	other: m.phone_gone_other
};

export const documentText: Record<ServedDocument, () => string> = {
	notice: m.phone_document_notice,
	record: m.phone_document_record,
	order: m.phone_document_order
};

export const servedText: Record<ServedHow, () => string> = {
	direct: m.phone_served_direct,
	left: m.phone_served_left,
	refused: m.phone_served_refused
};

export function lackText(lack: Missing): string {
	switch (lack.reason) {
		case 'unknown_stop':
			return m.phone_no_route();
		case 'no_arrival':
			return m.phone_lack_arrival();
		case 'no_notice':
			return m.phone_lack_notice();
		case 'unanswered':
			return m.phone_lack_unanswered({ text: lack.text });
		case 'no_finding':
			return m.phone_lack_finding({ item: lack.item });
		case 'conflict':
			return m.phone_lack_conflict({ text: lack.text });
		case 'after_closing':
			return m.phone_lack_after_closing();
		case 'inspectors_signature':
			return m.phone_lack_inspectors({ names: lack.lacking.join('、') });
		case 'certificate':
			return m.phone_lack_certificate({ name: lack.name, day: lack.validThrough ?? '' });
		case 'signature_outdated':
			return m.phone_lack_outdated({ name: lack.name });
		case 'party_signature':
			return m.phone_lack_party();
	}
}
