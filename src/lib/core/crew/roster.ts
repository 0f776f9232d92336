// A problem laid out for computing: inspectors, routes and days by their place in canonical order. Personal rules (home
// township, recusal, certificate, absence, cap) become one table; what a crew needs together becomes bits.
// Invariant: `cover[i·R + r]` is −1 exactly when a personal rule keeps inspector i off route r.

import { compareUtf8 } from '../bytes/compare';
import type { CrewProblem, Inspector, Route, Rules } from './problem';

export type Refusal = 'home_township' | 'recused' | 'certificate' | 'absent' | 'over_cap';

export interface Roster {
	problem: CrewProblem;
	/** How many inspectors, routes, days. */
	I: number;
	R: number;
	D: number;
	days: string[];
	/** By route. */
	dayOf: Int32Array;
	seats: Int32Array;
	load: Int32Array;
	/** What the crew must hold together: bit 0 a lead, then the scopes, then the departments. */
	full: Int32Array;
	/** Most inspectors of one office. */
	officeMost: Int32Array;
	/** By inspector. */
	office: Int32Array;
	cap: Float64Array;
	/** By inspector and route: what the inspector brings, or −1. */
	cover: Int32Array;
	/** By route: the inspectors allowed there. */
	allowed: number[][];
	/** By inspector: partners of the last assignment before this plan. */
	last: Set<number>[];
	/** By day: its routes; and the days in order by route. */
	routesOn: number[][];
}

/** Every personal rule that keeps the inspector off the route. */
export function refusals(inspector: Inspector, route: Route, rules: Rules): Refusal[] {
	const found: Refusal[] = [];
	if (rules.crossArea && route.townships.some((code) => inspector.home.includes(code)))
		found.push('home_township');
	if (route.parties.some((party) => inspector.recused.includes(party))) found.push('recused');
	if (route.day < inspector.certificate.from || route.day > inspector.certificate.to)
		found.push('certificate');
	if (inspector.absent.includes(route.day)) found.push('absent');
	if (route.load > capOf(inspector, rules)) found.push('over_cap');
	return found;
}

export const capOf = (inspector: Inspector, rules: Rules) => inspector.cap ?? rules.cap ?? Infinity;

/** The needs of a route in the order of their bits. */
export const needsOf = (route: Route) => [
	{ need: 'lead' as const, which: '' },
	...route.scopes.map((which) => ({ need: 'scope' as const, which })),
	...route.departments.map((which) => ({ need: 'department' as const, which }))
];

const brings = (inspector: Inspector, route: Route): number =>
	needsOf(route).reduce((bits, { need, which }, k) => {
		const held =
			need === 'lead'
				? inspector.lead
				: need === 'scope'
					? inspector.scopes.includes(which)
					: inspector.department === which;
		return held ? bits | (1 << k) : bits;
	}, 0);

export function layOutRoster(problem: CrewProblem): Roster {
	const { inspectors, routes, rules, history } = problem;
	const days = [...new Set(routes.map(({ day }) => day))].sort(compareUtf8);
	const offices = [...new Set(inspectors.map(({ office }) => office))];
	const place = new Map(inspectors.map(({ id }, i) => [id, i]));
	const [I, R] = [inspectors.length, routes.length];
	const cover = new Int32Array(I * R);
	for (const [i, inspector] of inspectors.entries()) {
		for (const [r, route] of routes.entries())
			cover[i * R + r] = refusals(inspector, route, rules).length > 0 ? -1 : brings(inspector, route);
	}
	const last = inspectors.map(() => new Set<number>());
	for (const pair of rules.restSamePair ? history : []) {
		const [a, b] = pair.map((id) => place.get(id)) as [number | undefined, number | undefined];
		if (a === undefined || b === undefined) continue;
		last[a]!.add(b);
		last[b]!.add(a);
	}
	const most = { all: () => 1, two: (seats: number) => seats - 1, off: (seats: number) => seats };
	const dayOf = Int32Array.from(routes, ({ day }) => days.indexOf(day));
	return {
		problem,
		I,
		R,
		D: days.length,
		days,
		dayOf,
		seats: Int32Array.from(routes, ({ seats }) => seats),
		load: Int32Array.from(routes, ({ load }) => load),
		full: Int32Array.from(routes, (route) => 2 ** needsOf(route).length - 1),
		officeMost: Int32Array.from(routes, ({ seats }) => most[rules.differentOffices](seats)),
		office: Int32Array.from(inspectors, ({ office }) => offices.indexOf(office)),
		cap: Float64Array.from(inspectors, (inspector) => capOf(inspector, rules)),
		cover,
		allowed: routes.map((_, r) => inspectors.flatMap((_, i) => (cover[i * R + r]! >= 0 ? [i] : []))),
		last,
		routesOn: days.map((_, d) => routes.flatMap((_, r) => (dayOf[r] === d ? [r] : [])))
	};
}
