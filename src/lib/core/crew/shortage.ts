// Why there is no lawful pairing: the elastic programme leaves as few seats and needs open as it can, and each is named
// with its day, route and townships, and with what keeps the inspectors who could have filled it away.
// Invariant: nothing is relaxed; a shortage is an answer, not a pairing.

import type { LinearSolver } from './linear';
import type { Inspector, Route } from './problem';
import { refusals, type Refusal, type Roster } from './roster';
import { wholePairing } from './whole';

export interface Shortage {
	/** What is missing: `lead`, a `scope`, somebody of a `department`, or any `inspector`. */
	what: 'inspector' | 'lead' | 'scope' | 'department';
	/** The scope or department, else ''. */
	which: string;
	/** How many. */
	short: number;
	day: string;
	route: string;
	townships: readonly string[];
	/** Inspectors who hold it at all. */
	holders: number;
	/** Of them: kept off this route, by each rule that does; one may be kept by several. */
	kept: Partial<Record<Refusal, number>>;
	/** Of them: allowed on this route, but needed elsewhere, at their cap, or with nobody lawful to go with. */
	taken: number;
	/** Seats wanted on the day over all its routes, and inspectors allowed on any of them. */
	wantedThatDay: number;
	ableThatDay: number;
}

const holds = (inspector: Inspector, what: Shortage['what'], which: string) =>
	what === 'inspector' ||
	(what === 'lead' && inspector.lead) ||
	(what === 'scope' && inspector.scopes.includes(which)) ||
	(what === 'department' && inspector.department === which);

/** What is short, fewest open places first found; empty when nothing is. Null when the solver gave up. */
export function shortages(roster: Roster, solver: LinearSolver): Shortage[] | null {
	const whole = wholePairing(roster, solver, { elastic: true });
	if (whole.status !== 'found') return null;
	const { inspectors, routes, rules } = roster.problem;
	return whole.open.map(({ kind, route: r, which, short }) => {
		const route: Route = routes[r]!;
		const what = kind === 'seats' ? 'inspector' : (kind as Shortage['what']);
		const holders = inspectors.filter((inspector) => holds(inspector, what, which));
		const kept: Shortage['kept'] = {};
		let taken = 0;
		for (const inspector of holders) {
			const found = refusals(inspector, route, rules);
			for (const refusal of found) kept[refusal] = (kept[refusal] ?? 0) + 1;
			if (found.length === 0) taken++;
		}
		const { id, day, townships } = route;
		const that = roster.routesOn[roster.dayOf[r]!]!;
		return {
			...{ what, which, short, day, route: id, townships, holders: holders.length, kept, taken },
			wantedThatDay: that.reduce((sum, other) => sum + routes[other]!.seats, 0),
			ableThatDay: new Set(that.flatMap((other) => roster.allowed[other]!)).size
		};
	});
}
