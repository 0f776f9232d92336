// A linear programme and the solver the lottery is given: minimise cost · x, every row and column within its bounds.
// The core brings no solver. Whatever it answers is never trusted: pairings are checked rule by rule, and bounds are
// proved from whole numbers.

export interface LinearProgramme {
	/** One number a column. */
	cost: number[];
	lower: number[];
	upper: number[];
	/** Columns that must be whole; empty: none. */
	integer: boolean[];
	rows: LinearRow[];
}

export interface LinearRow {
	columns: number[];
	values: number[];
	/** −Infinity and Infinity: no bound. */
	lower: number;
	upper: number;
}

export type LinearAnswer =
	/** `duals`, one a row: change of the cost when the row's binding bound rises by one; of no meaning with integers. */
	| { status: 'optimal'; cost: number; values: Float64Array; duals: Float64Array }
	| { status: 'infeasible' }
	/** The solver gave up. */
	| { status: 'unsolved'; because: string };

export interface LinearSolver {
	/** `centre`: an optimal point inside the optimal face rather than a corner of it; its duals need not be exact. */
	solve(programme: LinearProgramme, options?: { centre?: boolean }): LinearAnswer;
}

export const emptyProgramme = (): LinearProgramme => ({
	cost: [],
	lower: [],
	upper: [],
	integer: [],
	rows: []
});

/** Adds a column and returns its place. */
export function addColumn(
	programme: LinearProgramme,
	cost: number,
	lower: number,
	upper: number,
	whole = false
) {
	programme.integer.push(whole);
	programme.lower.push(lower);
	programme.upper.push(upper);
	return programme.cost.push(cost) - 1;
}
