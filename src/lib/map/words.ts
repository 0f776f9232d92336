// The bureau's terms for kinds, states, rules and assurances, in the language of the page.
import { m } from '$lib/i18n/paraglide/messages';
import type { TargetKind } from '../core/model';
import type { AreaRule } from '../schema/plan';
import { dayText as dayOf } from '../ui/instant-text';
import { numberText } from '../ui/number-text';

export const kindWord = (kind: TargetKind): string =>
	kind === 'mining_right' ? m.map_kind_mining_right() : m.map_kind_land_parcel();

export const statusWord = (status: 'active' | 'suspended' | 'closed'): string =>
	({ active: m.map_status_active, suspended: m.map_status_suspended, closed: m.map_status_closed })[status]();

export const ruleWord = (rule: AreaRule): string =>
	({ intersects: m.map_rule_intersects, contains: m.map_rule_contains, centre: m.map_rule_centre })[rule]();

export const ruleHint = (rule: AreaRule): string =>
	({
		intersects: m.map_rule_intersects_hint,
		contains: m.map_rule_contains_hint,
		centre: m.map_rule_centre_hint
	})[rule]();

/** The day in China on which an instant of the card falls; JSON brings instants as text. */
export const dayText = (iso: string): string => dayOf(new Date(iso));

export { numberText };

/** Hectares to two places: what a parcel's papers state. */
export const areaText = (areaM2: number): string => m.map_hectares({ value: numberText(areaM2 / 10_000, 2) });
