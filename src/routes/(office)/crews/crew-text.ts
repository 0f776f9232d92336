// Words of crews by lot in the page's language: rules, states, why a step was refused with the way out, and shortages.
import type { Fault } from '$lib/core/crew/explain';
import type { Shortage } from '$lib/core/crew/shortage';
import { m } from '$lib/i18n/paraglide/messages';
import { percentText } from '$lib/ui/number-text';
import type { CeremonyRefusal, DrawState } from '$lib/schema/ceremony';
import type { CrewRefusal, ReplacementReason } from '$lib/schema/crew-draw';
import { dayText, officeText } from '../day-routes/route-text';
import { refusalText as stepRefusalText } from '../draws/[id]/ceremony/ceremony-text';

export const stateText: Record<DrawState, () => string> = {
	frozen: m.crew_state_frozen,
	announced: m.crew_state_announced,
	locked: m.crew_state_locked,
	drawn: m.crew_state_drawn,
	revealed: m.crew_state_revealed,
	void: m.crew_state_void,
	aborted: m.crew_state_aborted
};

export const ruleText: Record<Fault['rule'], () => string> = {
	home_township: m.crew_rule_home_township,
	recused: m.crew_rule_recused,
	certificate: m.crew_rule_certificate,
	absent: m.crew_rule_absent,
	over_cap: m.crew_rule_over_cap,
	seats: m.crew_rule_seats,
	same_person: m.crew_rule_same_person,
	same_office: m.crew_rule_same_office,
	no_lead: m.crew_rule_no_lead,
	scope_missing: m.crew_rule_scope_missing,
	department_missing: m.crew_rule_department_missing,
	busy: m.crew_rule_busy,
	same_pair: m.crew_rule_same_pair,
	unknown: m.crew_rule_unknown
};

export const reasonText: Record<ReplacementReason, () => string> = {
	absent: m.crew_reason_absent,
	ill: m.crew_reason_ill,
	recused: m.crew_reason_recused,
	certificate: m.crew_reason_certificate,
	left: m.crew_reason_left,
	duty: m.crew_reason_duty,
	other: m.crew_reason_other
};

/** What aliases and codes stand for. */
export interface CrewNames {
	inspectors: Record<string, string>;
	parties: Record<string, string>;
	offices: Record<string, string>;
	townships: Record<string, string>;
}

/** An office by its code, as short as it is spoken of. */
export const officeNamed = (code: string, { offices }: Pick<CrewNames, 'offices'>): string =>
	officeText(offices[code] ?? code);

/** 7月6日周一 樟城所 1 组, of `2026-07-06 S01 1`. */
export function routeText(route: string, names: Pick<CrewNames, 'offices'>): string {
	const [day = '', office = '', team = ''] = route.split(' ');
	return m.crew_route_name({ day: dayText(day), office: officeNamed(office, names), team });
}

/** A fault with who it concerns and the value that decides. */
export function faultText({ rule, inspectors, value }: Fault, names: CrewNames): string {
	const who = inspectors.map((one) => names.inspectors[one] ?? one).join(' · ');
	const named: Partial<Record<Fault['rule'], Record<string, string>>> = {
		...{ home_township: names.townships, recused: names.parties, same_office: names.offices }
	};
	const words =
		rule === 'busy' || rule === 'same_pair'
			? value && routeText(value, names)
			: value
					.split(' ')
					.map((one) => named[rule]?.[one] ?? one)
					.join(' ');
	return [who, ruleText[rule](), words && `(${words})`].filter(Boolean).join(' ');
}

/** A count over K as a percentage. */
export const countShare = (count: number, of: number): string => percentText(of ? count / of : 0);

type Own = Exclude<
	CrewRefusal['reason'],
	CeremonyRefusal['reason'] | 'short' | 'still_out' | 'unsolved' | 'problem'
>;
const why: Record<Own, () => string> = {
	no_routes: m.crew_why_no_routes,
	routes_empty: m.crew_why_routes_empty,
	routes_behind: m.crew_why_routes_behind,
	routes_changed: m.crew_why_routes_changed,
	roster_changed: m.crew_why_roster_changed,
	trial_list: m.crew_why_trial_list,
	other_underway: m.crew_why_other_underway,
	nobody_left: m.crew_why_nobody_left,
	no_such_seat: m.crew_why_no_such_seat,
	next_changed: m.crew_why_next_changed,
	no_such_inspector: m.crew_why_no_such_inspector,
	no_such_party: m.crew_why_no_such_party,
	known_already: m.crew_why_known_already
};
const formErrors: Record<string, () => string> = { month: m.crew_error_month, day: m.crew_error_day };

export function crewRefusalText(refusal: CrewRefusal): string {
	if (refusal.reason === 'short') return m.crew_short_title();
	if (refusal.reason === 'still_out') return m.crew_why_still_out({ day: dayText(refusal.until) });
	if (refusal.reason === 'unsolved') return m.crew_why_unsolved({ because: refusal.because });
	if (refusal.reason === 'problem')
		return m.crew_why_problem({ field: refusal.field, advice: refusal.advice });
	if (refusal.reason === 'form' && Object.hasOwn(formErrors, refusal.message))
		return formErrors[refusal.message]!();
	if (Object.hasOwn(why, refusal.reason)) return why[refusal.reason as Own]();
	return stepRefusalText(refusal as CeremonyRefusal);
}

/** The refusal as the error of one field, where that field is to blame. */
export const crewFieldRefusal = (refusal: CrewRefusal | undefined, field: string): string | undefined =>
	refusal && 'field' in refusal && refusal.field === field ? crewRefusalText(refusal) : undefined;

/** What is short, and why nobody else can go. */
export function shortageText(shortage: Shortage, names: CrewNames): { what: string; why: string } {
	const { what, which, short, day, route, holders, kept, taken } = shortage;
	const nouns = {
		inspector: m.crew_short_inspector,
		lead: m.crew_short_lead_what,
		scope: () => m.crew_short_scope({ which }),
		department: () => m.crew_short_department({ which })
	};
	const away = (Object.entries(kept) as [keyof typeof ruleText, number][]).map(([rule, count]) =>
		m.crew_short_kept({ count, rule: ruleText[rule]() })
	);
	if (taken > 0) away.push(m.crew_short_taken({ count: taken }));
	return {
		what: m.crew_short_line({
			day: dayText(day),
			route: routeText(route, names).replace(`${dayText(day)} `, ''),
			count: short,
			what: nouns[what]()
		}),
		why: m.crew_short_why({
			holders,
			kept: away.join(''),
			wanted: shortage.wantedThatDay,
			able: shortage.ableThatDay
		})
	};
}
