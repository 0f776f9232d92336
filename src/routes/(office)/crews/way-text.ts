import { m } from '$lib/i18n/paraglide/messages';
import type { RecusalWay } from '$lib/schema/crew-draw';

export const wayText: Record<RecusalWay, () => string> = {
	declared: m.crew_recusal_way_declared,
	applied: m.crew_recusal_way_applied,
	ordered: m.crew_recusal_way_ordered
};
