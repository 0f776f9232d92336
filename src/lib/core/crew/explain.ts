// Why inspectors may or may not go together on a route: every rule they break, each with the value that breaks it.
// Without a pairing the rules of persons and of the crew are judged; with one also those between routes (one route a
// day, cap, rest), as if the crew went in the place of the route's crew in that pairing.

import { compareUtf8 } from '../bytes/compare';
import type { CrewProblem, Inspector, Route } from './problem';
import type { Pairing } from './portfolio';
import { capOf, refusals, type Refusal } from './roster';

export interface Fault {
	rule:
		| Refusal
		| ('seats' | 'same_person' | 'same_office' | 'no_lead' | 'scope_missing' | 'department_missing')
		| ('busy' | 'same_pair' | 'unknown');
	/** Whom it concerns; empty: the crew as a whole. */
	inspectors: string[];
	/** The value that decides: a township, party, last day, office, scope, route, number. */
	value: string;
}

const count = <T>(list: readonly T[], value: T) => list.filter((one) => one === value).length;

function personal(inspector: Inspector, route: Route, problem: CrewProblem): Fault[] {
	const value: Record<Refusal, () => string> = {
		home_township: () => route.townships.filter((code) => inspector.home.includes(code)).join(' '),
		recused: () => route.parties.filter((party) => inspector.recused.includes(party)).join(' '),
		certificate: () => `${inspector.certificate.from}/${inspector.certificate.to}`,
		absent: () => route.day,
		over_cap: () => String(capOf(inspector, problem.rules))
	};
	return refusals(inspector, route, problem.rules).map((rule) => ({
		rule,
		inspectors: [inspector.id],
		value: value[rule]()
	}));
}

function together(crew: readonly Inspector[], route: Route, problem: CrewProblem): Fault[] {
	const faults: Fault[] = [];
	const fault = (rule: Fault['rule'], inspectors: string[], value: string) =>
		void faults.push({ rule, inspectors, value });
	const { differentOffices } = problem.rules;
	const most = differentOffices === 'all' ? 1 : differentOffices === 'two' ? route.seats - 1 : Infinity;
	for (const office of new Set(crew.map((one) => one.office))) {
		const members = crew.filter((one) => one.office === office).map(({ id }) => id);
		if (members.length > most) fault('same_office', members, office);
	}
	if (crew.length < route.seats) return faults;
	if (crew.length > route.seats) fault('seats', [], String(route.seats));
	if (!crew.some(({ lead }) => lead)) fault('no_lead', [], '');
	for (const scope of route.scopes)
		if (!crew.some(({ scopes }) => scopes.includes(scope))) fault('scope_missing', [], scope);
	for (const department of route.departments)
		if (!crew.some((one) => one.department === department)) fault('department_missing', [], department);
	return faults;
}

/** Rules between routes, `crew` going on `route` and everyone else as `pairing` has them. */
function between(crew: readonly Inspector[], route: Route, problem: CrewProblem, pairing: Pairing): Fault[] {
	const faults: Fault[] = [];
	const ids = crew.map(({ id }) => id);
	const crewOf = (other: Route) => (other.id === route.id ? ids : (pairing[other.id] ?? []));
	const inOrder = [...problem.routes].sort((a, b) => compareUtf8(a.day, b.day));
	const told = new Set<string>();
	const concerned = new Set([...ids, ...(pairing[route.id] ?? [])]);
	for (const id of concerned) {
		const inspector = problem.inspectors.find((one) => one.id === id);
		const mine = inOrder.filter((other) => crewOf(other).includes(id));
		if (inspector && ids.includes(id)) {
			const sameDay = mine.find((other) => other.id !== route.id && other.day === route.day);
			if (sameDay) faults.push({ rule: 'busy', inspectors: [id], value: sameDay.id });
			const work = mine.reduce((sum, { load }) => sum + load, 0);
			const cap = capOf(inspector, problem.rules);
			if (work > cap && route.load <= cap)
				faults.push({ rule: 'over_cap', inspectors: [id], value: String(cap) });
		}
		if (!problem.rules.restSamePair) continue;
		for (const [n, other] of mine.entries()) {
			const before = mine[n - 1];
			const partners = before
				? crewOf(before)
				: problem.history
						.filter((pair) => pair.includes(id))
						.flatMap((pair) => pair.filter((one) => one !== id));
			for (const partner of crewOf(other)) {
				const pair = [id, partner].sort(compareUtf8);
				const key = pair.join('\0');
				if (partner === id || !partners.includes(partner) || told.has(key)) continue;
				told.add(key);
				faults.push({ rule: 'same_pair', inspectors: pair, value: before?.id ?? '' });
			}
		}
	}
	return faults;
}

/** Pairs who went out together last and would again on the plan's first day, when nothing can lie between. */
function fromHistory(ids: readonly string[], route: Route, { routes, rules, history }: CrewProblem): Fault[] {
	if (!rules.restSamePair || routes.some(({ day }) => day < route.day)) return [];
	return history
		.filter((pair) => pair.every((id) => ids.includes(id)))
		.map((pair) => ({ rule: 'same_pair', inspectors: [...pair], value: '' }));
}

/**
 * Every rule that one inspector, a pair or a crew breaks on the route; empty: it may go. Needs of the crew as a whole
 * are judged once every seat is filled.
 */
export function explainPair(
	problem: CrewProblem,
	routeId: string,
	ids: readonly string[],
	pairing?: Pairing
): Fault[] {
	const route = problem.routes.find(({ id }) => id === routeId);
	if (!route) return [{ rule: 'unknown', inspectors: [], value: routeId }];
	const crew = ids.map((id) => problem.inspectors.find((one) => one.id === id));
	const unknown = ids.filter((_, k) => !crew[k]);
	if (unknown.length > 0) return [{ rule: 'unknown', inspectors: unknown, value: unknown.join(' ') }];
	const known = crew as Inspector[];
	const twice = [...new Set(ids.filter((id) => count(ids, id) > 1))];
	return [
		...twice.map((id): Fault => ({ rule: 'same_person', inspectors: [id], value: id })),
		...known.flatMap((inspector) => personal(inspector, route, problem)),
		...together(known, route, problem),
		...(pairing ? between(known, route, problem, pairing) : fromHistory(ids, route, problem))
	];
}
