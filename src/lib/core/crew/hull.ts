// Chances that whole crews can have. The rows of programme.ts allow chances of single inspectors that no mixture of
// lawful crews of a route gives (two scopes held by people who never make up a crew together, say). For such a route
// this finds a valid inequality the chances break: whole weights a with a · x ≤ most for every lawful crew.
// A cutting plane, found as the dual of "mix lawful crews as close to these chances as possible".

import { addColumn, emptyProgramme, type LinearSolver } from './linear';
import type { Roster } from './roster';

/** Σ over a crew of its members' weights is at most `most`, whatever lawful crew goes. */
export interface Cut {
	route: number;
	/** By place in `roster.allowed[route]`. */
	weights: number[];
	most: number;
}

/** More crews than this are not listed: with so many to choose from the rows alone do well. */
const MOST_CREWS = 20_000;
/** Weights of a cut are duals times this, rounded; they are of the order of 1. */
const SCALE = 1000;

/** Every lawful crew of a route, by places of inspectors; null when there are too many to list. */
export function lawfulCrews({ R, seats, cover, full, office, officeMost, allowed }: Roster, r: number) {
	const list = allowed[r]!;
	const crews: number[][] = [];
	const crew: number[] = [];
	let tried = 0;
	function extend(from: number, held: number): boolean {
		if (crew.length === seats[r]!) {
			if (held === full[r]) crews.push([...crew]);
			return ++tried <= 40 * MOST_CREWS && crews.length <= MOST_CREWS;
		}
		for (let at = from; at < list.length; at++) {
			const i = list[at]!;
			if (crew.filter((other) => office[other] === office[i]).length >= officeMost[r]!) continue;
			crew.push(i);
			const goesOn = extend(at + 1, held | cover[i * R + r]!);
			crew.pop();
			if (!goesOn) return false;
		}
		return true;
	}
	return extend(0, 0) ? crews : null;
}

/** A cut the chances of the route break by more than `slack`, or null. */
export function separate(
	{ R, allowed }: Roster,
	crews: readonly (readonly number[])[],
	r: number,
	chances: Float64Array,
	slack: number,
	solver: LinearSolver
): Cut | null {
	const list = allowed[r]!;
	const place = new Map(list.map((i, k) => [i, k]));
	const programme = emptyProgramme();
	for (const i of list) {
		const chance = chances[i * R + r]!;
		programme.rows.push({ columns: [], values: [], lower: chance, upper: chance });
	}
	const all = { columns: [] as number[], values: [] as number[], lower: 1, upper: 1 };
	for (const crew of crews) {
		const column = addColumn(programme, 0, 0, Infinity);
		all.columns.push(column);
		all.values.push(1);
		for (const i of crew) {
			programme.rows[place.get(i)!]!.columns.push(column);
			programme.rows[place.get(i)!]!.values.push(1);
		}
	}
	for (const row of programme.rows) {
		row.columns.push(addColumn(programme, 1, 0, Infinity), addColumn(programme, 1, 0, Infinity));
		row.values.push(1, -1);
	}
	programme.rows.push(all);
	const answer = solver.solve(programme);
	if (answer.status !== 'optimal' || answer.cost <= slack) return null;
	const weights = list.map((_, k) => Math.round(answer.duals[k]! * SCALE));
	const most = crews.reduce(
		(best, crew) =>
			Math.max(
				best,
				crew.reduce((sum, i) => sum + weights[place.get(i)!]!, 0)
			),
		-Infinity
	);
	return { route: r, weights, most };
}
