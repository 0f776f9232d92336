// Why a value is wrong, as the core says it, in the reader's language. What is not listed is shown as the core says it.
import { m } from '$lib/i18n/paraglide/messages';

const known: Record<string, () => string> = {
	'not the published commitment': m.draw_because_published,
	'not the published manifest hash': m.draw_because_published,
	'not the hash of the plan': m.draw_because_plan_hash,
	'the hash of the plan is not the commitment': m.draw_because_plan_hash,
	'the shares of the townships sum to another number': m.draw_because_sum,
	'not canonical': m.draw_because_canonical,
	'not an object': m.draw_because_object,
	missing: m.draw_because_missing,
	unknown: m.draw_because_unknown,
	duplicate: m.draw_because_duplicate,
	not_whole: m.draw_because_whole,
	not_a_number: m.draw_because_whole,
	not_nfc: m.draw_because_nfc,
	header: m.draw_because_header,
	field_count: m.draw_because_field_count,
	not_utf8: m.draw_because_utf8
};

export const becauseText = (because: string) => known[because]?.() ?? because;
