// The rules of crews once more, as the law reads and without any of the lottery's code: one pairing, rule by rule.
// Slow and plain on purpose. Invariant: null only for a pairing that breaks no rule.

import type { CrewProblem, Inspector, Route } from './problem';
import type { Pairing } from './portfolio';

export interface Broken {
	route: string;
	/** Whom it concerns, '' for the crew. */
	inspector: string;
	rule: string;
}

const meets = (a: readonly string[], b: readonly string[]) => a.some((value) => b.includes(value));

/** Most work an inspector may get. */
const mostWork = (who: Inspector, { rules }: CrewProblem) =>
	who.cap !== null ? who.cap : rules.cap !== null ? rules.cap : Number.POSITIVE_INFINITY;

/** Which personal rule keeps the inspector off the route, or null. */
export function mayNot(who: Inspector, route: Route, problem: CrewProblem): string | null {
	if (problem.rules.crossArea && meets(who.home, route.townships)) return 'home township';
	if (meets(who.recused, route.parties)) return 'recused';
	if (!(who.certificate.from <= route.day && route.day <= who.certificate.to)) return 'certificate not valid';
	if (who.absent.includes(route.day)) return 'absent';
	if (route.load > mostWork(who, problem)) return 'workload cap';
	return null;
}

/** Most members of a crew from one office. */
export function mostOfOffice({ differentOffices }: CrewProblem['rules'], { seats }: Route): number {
	if (differentOffices === 'all') return 1;
	return differentOffices === 'two' ? seats - 1 : seats;
}

function brokenByCrew(crew: readonly Inspector[], route: Route, problem: CrewProblem): string | null {
	if (crew.length !== route.seats) return `${route.seats} inspectors wanted`;
	if (!crew.some((who) => who.lead)) return 'no lead';
	for (const scope of route.scopes)
		if (!crew.some((who) => who.scopes.includes(scope))) return `scope ${scope}`;
	for (const department of route.departments)
		if (!crew.some((who) => who.department === department)) return `department ${department}`;
	for (const who of crew) {
		const colleagues = crew.filter((other) => other.office === who.office).length;
		if (colleagues > mostOfOffice(problem.rules, route)) return `office ${who.office}`;
	}
	return null;
}

/** The first rule a whole pairing breaks. */
export function brokenRule(pairing: Pairing, problem: CrewProblem): Broken | null {
	const { inspectors, routes, rules, history } = problem;
	const known = new Map(inspectors.map((who) => [who.id, who]));
	const stranger = Object.keys(pairing).find((id) => !routes.some((route) => route.id === id));
	if (stranger !== undefined) return { route: stranger, inspector: '', rule: 'no such route' };
	const trips = new Map<string, Route[]>();
	for (const route of [...routes].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
		const ids = Object.hasOwn(pairing, route.id) ? pairing[route.id]! : [];
		for (const id of ids) {
			const who = known.get(id);
			if (!who) return { route: route.id, inspector: id, rule: 'not on the roster' };
			const rule = mayNot(who, route, problem);
			if (rule) return { route: route.id, inspector: id, rule };
			const mine = [...(trips.get(id) ?? []), route];
			trips.set(id, mine);
			if (mine.length > 1 && mine.at(-2)!.day === route.day)
				return { route: route.id, inspector: id, rule: 'two routes on one day' };
			if (mine.reduce((sum, { load }) => sum + load, 0) > mostWork(who, problem))
				return { route: route.id, inspector: id, rule: 'workload cap' };
		}
		const rule = brokenByCrew(
			ids.map((id) => known.get(id)!),
			route,
			problem
		);
		if (rule) return { route: route.id, inspector: '', rule };
	}
	if (!rules.restSamePair) return null;
	for (const [id, mine] of trips) {
		let before = history.filter((pair) => pair.includes(id)).flat();
		for (const route of mine) {
			const crew = pairing[route.id]!;
			if (crew.some((other) => other !== id && before.includes(other)))
				return { route: route.id, inspector: id, rule: 'same partner twice in a row' };
			before = crew;
		}
	}
	return null;
}
