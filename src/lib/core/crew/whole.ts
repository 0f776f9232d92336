// One whole pairing by the solver, or what is short. The rest rule joins when an answer breaks it: its rows are many
// and hardly ever bind. In the elastic programme seats and needs may stay open at a cost of one each, and nothing else
// gives way: a shortage is named, a rule never relaxed.

import { addColumn, type LinearSolver } from './linear';
import type { Crews } from './pairings';
import { rulesProgramme, type NamedProgramme } from './programme';
import type { Roster } from './roster';

/** Rounds of rest rows before it gives up; a county needs two or three. */
const MOST_ROUNDS = 500;
const KINDS = new Set(['seats', 'lead', 'scope', 'department']);

export interface Open {
	kind: string;
	route: number;
	/** The scope or department, '' for seats and leads. */
	which: string;
	short: number;
}

export type Whole =
	| { status: 'found'; crews: Crews; open: Open[]; value: number }
	| { status: 'infeasible' }
	| { status: 'unsolved'; because: string };

export interface WholeOptions {
	/** Cost of inspector i on route r. */
	cost?: (i: number, r: number) => number;
	elastic?: boolean;
}

/** A pairing of least cost that obeys every rule, the rest rule included. */
export function wholePairing(roster: Roster, solver: LinearSolver, options: WholeOptions = {}): Whole {
	const { problem, I, R, allowed } = roster;
	const programme = rulesProgramme(roster, true);
	const { at, rows, names } = programme;
	if (options.cost) {
		for (let i = 0; i < I; i++)
			for (let r = 0; r < R; r++)
				if (at[i * R + r]! >= 0) programme.cost[at[i * R + r]!] = options.cost(i, r);
	}
	const slack = new Map<number, number>();
	if (options.elastic) {
		for (const [k, row] of rows.entries()) {
			if (!KINDS.has(names[k]![0])) continue;
			const column = addColumn(programme, 1, 0, row.lower, true);
			slack.set(k, column);
			row.columns.push(column);
			row.values.push(1);
		}
	}
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const answer = solver.solve(programme);
		if (answer.status !== 'optimal') return answer;
		const goes = (i: number, r: number) => at[i * R + r]! >= 0 && answer.values[at[i * R + r]!]! > 0.5;
		const crews = problem.routes.map((_, r) => allowed[r]!.filter((i) => goes(i, r)));
		if (addRest(roster, programme, crews) > 0) continue;
		const place = new Map(problem.routes.map(({ id }, r) => [id, r]));
		const open = [...slack].flatMap(([k, column]) => {
			const [kind, route, which = ''] = names[k]! as [string, string, string?];
			const short = Math.round(answer.values[column]!);
			return short === 0 ? [] : [{ kind, route: place.get(route)!, which, short }];
		});
		return { status: 'found', crews, open, value: answer.cost };
	}
	return { status: 'unsolved', because: `the rest rule was not met in ${MOST_ROUNDS} rounds` };
}

/** Adds a row for each time somebody has the same partner twice in a row; returns how many. */
function addRest(roster: Roster, programme: NamedProgramme, crews: Crews): number {
	const { problem, I, R, days, dayOf, routesOn, last } = roster;
	if (!problem.rules.restSamePair) return 0;
	const { at, rows, names } = programme;
	const add = (i: number, on: number[], between: number[], most: number) => {
		const columns = between.map((r) => at[i * R + r]!).filter((column) => column >= 0);
		names.push(['rest', problem.inspectors[i]!.id]);
		rows.push({
			columns: [...on, ...columns],
			values: [...on.map(() => 1), ...columns.map(() => -1)],
			lower: -Infinity,
			upper: most
		});
	};
	const before = rows.length;
	const on = Array.from({ length: I }, () => [] as number[]);
	for (const routes of routesOn) for (const r of routes) for (const i of crews[r]!) on[i]!.push(r);
	for (let i = 0; i < I; i++) {
		for (const [n, r] of on[i]!.entries()) {
			const q = on[i]![n - 1];
			const from = q === undefined ? -1 : dayOf[q]!;
			const between = days.flatMap((_, d) => (d > from && d < dayOf[r]! ? routesOn[d]! : []));
			for (const j of crews[r]!) {
				if (i === j) continue;
				const pair = [at[i * R + r]!, at[j * R + r]!];
				if (q === undefined) {
					if (last[i]!.has(j)) add(i, pair, between, 1);
				} else if (crews[q]!.includes(j)) add(i, [...pair, at[i * R + q]!, at[j * R + q]!], between, 3);
			}
		}
	}
	return rows.length - before;
}
