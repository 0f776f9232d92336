// The published bounds, added up again from the rules as they read, in whole numbers and without the lottery's code.
// Every row below is "left side ≥ 0" for every lottery of lawful pairings (x: the chance of an inspector on a route,
// w: the smallest expected work, P: the largest chance, L / K: the smallest work of this portfolio):
//   seats  Σx − seats (= 0, so of either sign) · lead, scope, department  Σ of holders x − 1 · office  most − Σ of members x
//   day  1 − Σ of the day x · cap  cap − Σ load x · workload  Σ load x − w, or − L / K · chance  P − x
// Σ times · row ≥ 0 and 0 ≤ x ≤ 1 give: G w ≤ constant + Σ positive parts, or H P ≥ −(constant + Σ positive parts).

import type { Multiplier } from './bounds';
import type { CrewProblem, Inspector, Route } from './problem';
import { mayNot, mostOfOffice } from './verify-rules';

export type AddedUp = { over: bigint; under: bigint } | { bad: number; because: string };

type Cell = { who: Inspector; route: Route };

/** The cells of a row and its constant, for factor +1 or −1 on the cells; null: there is no such row. */
function readRow(name: readonly string[], problem: CrewProblem, cells: readonly Cell[]) {
	const [kind, first, second] = name;
	const on = cells.filter(({ route }) => route.id === first);
	const of = cells.filter(({ who }) => who.id === first);
	const route = problem.routes.find(({ id }) => id === first);
	const who = problem.inspectors.find(({ id }) => id === first);
	const plain = (list: readonly Cell[], sign: bigint, constant: bigint) => ({
		list,
		sign,
		constant,
		loaded: false
	});
	const loaded = (sign: bigint, constant: bigint) => ({ list: of, sign, constant, loaded: true });
	if (name.length === 2 && route && kind === 'seats') return plain(on, 1n, -BigInt(route.seats));
	if (name.length === 2 && route && kind === 'lead')
		return plain(
			on.filter(({ who }) => who.lead),
			1n,
			-1n
		);
	if (name.length === 2 && who && kind === 'cap') {
		const cap = who.cap ?? problem.rules.cap;
		return cap === null ? null : loaded(-1n, BigInt(cap));
	}
	if (name.length === 2 && who && kind === 'workload') return of.length === 0 ? null : loaded(1n, 0n);
	if (name.length !== 3 || second === undefined) return null;
	if (route && kind === 'scope' && route.scopes.includes(second))
		return plain(
			on.filter(({ who }) => who.scopes.includes(second)),
			1n,
			-1n
		);
	if (route && kind === 'department' && route.departments.includes(second))
		return plain(
			on.filter(({ who }) => who.department === second),
			1n,
			-1n
		);
	if (route && kind === 'office')
		return plain(
			on.filter(({ who }) => who.office === second),
			-1n,
			BigInt(mostOfOffice(problem.rules, route))
		);
	if (who && kind === 'day')
		return plain(
			of.filter(({ route }) => route.day === second),
			-1n,
			1n
		);
	if (route && kind === 'chance')
		return plain(
			on.filter(({ who }) => who.id === second),
			-1n,
			0n
		);
	return null;
}

/**
 * What the multipliers prove: `workload`, w ≤ over / under in every lottery; `chance`, P ≥ over / under in every lottery
 * that gives everyone who can be drawn at least `leastWork` / size.
 */
export function addUpBound(
	goal: 'workload' | 'chance',
	multipliers: readonly Multiplier[],
	problem: CrewProblem,
	leastWork: number
): AddedUp {
	const cells = problem.inspectors.flatMap((who) =>
		problem.routes.flatMap((route) => (mayNot(who, route, problem) === null ? [{ who, route }] : []))
	);
	const size = BigInt(problem.size);
	const factors = new Map(cells.map((cell) => [cell, 0n]));
	let constant = 0n;
	let under = 0n;
	for (const [at, { row: name, times }] of multipliers.entries()) {
		if (times < 0 && name[0] !== 'seats')
			return { bad: at, because: 'a row is added a negative number of times' };
		const row = readRow(name, problem, cells);
		if (!row || row.list.length === 0 || (name[0] === 'chance' && goal === 'workload'))
			return { bad: at, because: 'there is no such row' };
		// Everything times the size of the portfolio, so that L / K is whole.
		const y = BigInt(times) * size;
		for (const cell of row.list)
			factors.set(cell, factors.get(cell)! + row.sign * y * (row.loaded ? BigInt(cell.route.load) : 1n));
		constant += row.constant * y;
		if (name[0] === goal) under += y;
		else if (name[0] === 'workload') constant -= BigInt(times) * BigInt(leastWork);
	}
	if (under <= 0n) return { bad: 0, because: 'the rows prove nothing' };
	let positive = 0n;
	for (const factor of factors.values()) if (factor > 0n) positive += factor;
	const total = constant + positive;
	return goal === 'workload' ? { over: total / 1n, under } : { over: -total, under };
}
