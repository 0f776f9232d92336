// What no lottery under these rules can do better than: the smallest expected workload cannot be larger, and the
// largest chance of any inspector on any route cannot be smaller. Two linear programmes, one after the other.
// Invariant: a bound is published as whole multipliers of named rows; adding the rows up proves it (README, §4).

import type { Cut } from './hull';
import type { LinearAnswer, LinearSolver } from './linear';
import { addColumn } from './linear';
import { addRow, rulesProgramme, workOf, type NamedProgramme, type RowName } from './programme';
import type { Roster } from './roster';

/** Multipliers are duals times this, rounded. */
const SCALE = 1e9;

/** One row and how often it is added: ≥ 0 for the direction of its rule, any sign for `seats`. */
export interface Multiplier {
	row: RowName;
	times: number;
}

export interface Optimum {
	/** Smallest expected workload, or largest chance. */
	value: number;
	/** Chance by inspector and route, 0 where not allowed. */
	chances: Float64Array;
	multipliers: Multiplier[];
}

export type Unsolved = { status: 'infeasible' } | { status: 'unsolved'; because: string };

/** Inspectors who can be drawn at all: only their workloads are compared. */
export const drawable = ({ I, R, cover }: Roster) =>
	Array.from({ length: I }, (_, i) => i).filter((i) =>
		cover.subarray(i * R, (i + 1) * R).some((c) => c >= 0)
	);

/** The largest smallest expected workload. */
export function workloadBound(
	roster: Roster,
	solver: LinearSolver,
	cuts: readonly Cut[] = []
): Optimum | Unsolved {
	const programme = rulesProgramme(roster, false);
	addCuts(roster, programme, cuts);
	const least = addColumn(programme, -1, 0, Infinity);
	for (const i of drawable(roster)) {
		const { columns, values } = workOf(programme, i, roster.R, roster.load);
		const name = ['workload', roster.problem.inspectors[i]!.id] as const;
		addRow(programme, name, [...columns, least], [...values, -1], 0, Infinity);
	}
	return read(roster, programme, solver.solve(programme), least);
}

/** The smallest largest chance, when every drawable inspector is to have at least `workload`. */
export function chanceBound(
	roster: Roster,
	workload: number,
	solver: LinearSolver,
	options: { centre?: boolean; cuts?: readonly Cut[] } = {}
): Optimum | Unsolved {
	const programme = rulesProgramme(roster, false);
	addCuts(roster, programme, options.cuts ?? []);
	const largest = addColumn(programme, 1, 0, 1);
	const { problem, I, R } = roster;
	for (const i of drawable(roster)) {
		const { columns, values } = workOf(programme, i, R, roster.load);
		addRow(programme, ['workload', problem.inspectors[i]!.id], columns, values, workload, Infinity);
	}
	for (let i = 0; i < I; i++) {
		for (let r = 0; r < R; r++) {
			const column = programme.at[i * R + r]!;
			const name = ['chance', problem.routes[r]!.id, problem.inspectors[i]!.id] as const;
			if (column >= 0) addRow(programme, name, [column, largest], [1, -1], -Infinity, 0);
		}
	}
	return read(roster, programme, solver.solve(programme, options), largest);
}

function addCuts({ problem, R, allowed }: Roster, programme: NamedProgramme, cuts: readonly Cut[]) {
	for (const { route, weights, most } of cuts) {
		const columns = allowed[route]!.map((i) => programme.at[i * R + route]!);
		addRow(programme, ['crew', problem.routes[route]!.id], columns, weights, -Infinity, most);
	}
}

function read(
	{ I, R }: Roster,
	programme: NamedProgramme,
	answer: LinearAnswer,
	value: number
): Optimum | Unsolved {
	if (answer.status !== 'optimal') return answer;
	const chances = new Float64Array(I * R);
	for (const [k, column] of programme.at.entries())
		if (column >= 0) chances[k] = Math.min(1, Math.max(0, answer.values[column]!));
	const multipliers = programme.names.flatMap((row, k) => {
		const dual = answer.duals[k]!;
		const { lower, upper } = programme.rows[k]!;
		const signed = lower === upper ? dual : lower === -Infinity ? Math.max(0, -dual) : Math.max(0, dual);
		const times = Math.round(signed * SCALE);
		return times === 0 ? [] : [{ row, times }];
	});
	return { value: answer.values[value]!, chances, multipliers };
}
