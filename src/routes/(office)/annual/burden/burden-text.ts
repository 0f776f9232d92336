// The columns of the burden ledger in the reader's language.
import { m } from '$lib/i18n/paraglide/messages';
import type { BurdenColumn } from '$lib/server/burden/listing';

export const columnText = (column: BurdenColumn): string =>
	({
		name: m.annual_party,
		uscc: m.annual_party_code,
		grade: m.annual_burden_grade,
		done: m.annual_burden_done,
		planned: m.annual_burden_planned,
		left: m.annual_burden_left,
		exempt: m.annual_burden_exempt
	})[column]();
