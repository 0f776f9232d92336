// The best lottery over whole pairings, where the rows alone promise more than whole pairings can give (small rosters,
// tight ones). Column generation: a linear programme over the pairings known so far says what a new one would have to
// be like; the solver looks for it; until none helps. First the smallest workload, then the largest chance.
// Invariant: every pairing obeys every rule; the mixture is of whole pairings from the start.

import { drawable, type Unsolved } from './bounds';
import { addColumn, emptyProgramme, type LinearProgramme, type LinearSolver } from './linear';
import type { Crews, Pairings } from './pairings';
import type { Roster } from './roster';
import { wholePairing } from './whole';

/** Searches for another pairing; each costs a whole-number programme. */
const MOST_COLUMNS = 250;
const EPSILON = 1e-7;
const GIVE = 1e-6;

export interface Mixture {
	chances: Float64Array;
	/** As many as the portfolio has pairings. */
	starts: Crews[];
}

interface Master {
	programme: LinearProgramme;
	/** Rows: the shares sum to one; workload of each inspector; then, in the second stage, each chance. */
	workloadRows: { i: number; row: number }[];
	chanceRows: { i: number; r: number; row: number }[];
}

const goes = (roster: Roster, crews: Crews, i: number, r: number) => (crews[r]!.includes(i) ? 1 : 0);
const workOf = ({ load }: Roster, crews: Crews, i: number) =>
	crews.reduce((sum, crew, r) => sum + (crew.includes(i) ? load[r]! : 0), 0);

/** Stage one: `workload` null, its smallest is made large. Stage two: it is kept, and the largest chance made small. */
function master(roster: Roster, known: readonly Crews[], workload: number | null): Master {
	const programme = emptyProgramme();
	const shares = known.map(() => addColumn(programme, 0, 0, Infinity));
	const goal = addColumn(programme, workload === null ? -1 : 1, 0, Infinity);
	const row = (values: number[], extra: number, lower: number, upper: number) =>
		programme.rows.push({
			columns: [...shares, ...(extra === 0 ? [] : [goal])].filter(
				(_, k) => k >= shares.length || values[k] !== 0
			),
			values: [...values.filter((value) => value !== 0), ...(extra === 0 ? [] : [extra])],
			lower,
			upper
		}) - 1;
	row(
		known.map(() => 1),
		0,
		1,
		1
	);
	const workloadRows = drawable(roster).map((i) => ({
		i,
		row: row(
			known.map((crews) => workOf(roster, crews, i)),
			workload === null ? -1 : 0,
			workload ?? 0,
			Infinity
		)
	}));
	const chanceRows: Master['chanceRows'] = [];
	for (const [r, allowed] of workload === null ? [] : roster.allowed.entries()) {
		for (const i of allowed) {
			const values = known.map((crews) => goes(roster, crews, i, r));
			chanceRows.push({ i, r, row: row(values, -1, -Infinity, 0) });
		}
	}
	return { programme, workloadRows, chanceRows };
}

/** Adds pairings to `known` until no other would help; the shares of the known ones at the end. */
function generate(roster: Roster, known: Crews[], solver: LinearSolver, workload: number | null) {
	const { R, load } = roster;
	for (;;) {
		const { programme, workloadRows, chanceRows } = master(roster, known, workload);
		const answer = solver.solve(programme);
		if (answer.status !== 'optimal') return answer;
		const price = new Float64Array(roster.I * R);
		for (const { i, row } of workloadRows)
			for (let r = 0; r < R; r++) price[i * R + r]! -= load[r]! * answer.duals[row]!;
		for (const { i, r, row } of chanceRows) price[i * R + r]! -= answer.duals[row]!;
		const done = { status: 'optimal' as const, shares: answer.values, value: answer.values[known.length]! };
		if (known.length >= MOST_COLUMNS) return done;
		const next = wholePairing(roster, solver, { cost: (i, r) => price[i * R + r]! });
		if (next.status === 'infeasible') return done;
		if (next.status !== 'found') return next;
		if (next.value >= answer.duals[0]! - EPSILON) return done;
		known.push(next.crews);
	}
}

/** The pairings of a portfolio, each once. */
function distinct({ roster, K, S, crew }: Pairings): Crews[] {
	const found = new Map<string, Crews>();
	for (let t = 0; t < K; t++) {
		const crews = roster.problem.routes.map((_, r) => {
			const from = (t * roster.R + r) * S;
			return Array.from(crew.subarray(from, from + roster.seats[r]!)).sort((a, b) => a - b);
		});
		found.set(JSON.stringify(crews), crews);
	}
	return [...found.values()];
}

export function mixture(roster: Roster, from: Pairings, solver: LinearSolver): Mixture | Unsolved {
	const { I, R } = roster;
	const known = distinct(from).slice(0, MOST_COLUMNS / 2);
	const first = generate(roster, known, solver, null);
	if (first.status !== 'optimal') return first;
	const second = generate(roster, known, solver, Math.max(0, first.value * (1 - GIVE)));
	if (second.status !== 'optimal') return second;
	const chances = new Float64Array(I * R);
	for (const [n, crews] of known.entries()) {
		for (const [r, crew] of crews.entries())
			for (const i of crew) chances[i * R + r]! += Math.max(0, second.shares[n]!);
	}
	return { chances, starts: shareOut(known, second.shares, from.K) };
}

/** K pairings in proportion to their shares: floor, the rest by largest remainder, ties to the earlier. */
function shareOut(known: readonly Crews[], shares: Float64Array, K: number): Crews[] {
	const exact = known.map((_, n) => Math.max(0, shares[n]!) * K);
	const whole = exact.map((value) => Math.floor(value + 1e-9));
	const rest = K - whole.reduce((sum, value) => sum + value, 0);
	const order = exact
		.map((_, n) => n)
		.sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
	for (let k = 0; k < rest; k++) whole[order[k % order.length]!]!++;
	return known.flatMap((crews, n) => Array.from({ length: whole[n]! }, () => crews));
}
