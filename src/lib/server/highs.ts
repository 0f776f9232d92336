// HiGHS (WebAssembly) as the solver of core/crew/linear.ts. Deterministic: one thread, fixed seed, no limit of time;
// a search for whole numbers ends at a number of nodes instead.
import loadHighs, { type Highs } from 'highs';
import type { LinearAnswer, LinearProgramme, LinearSolver } from '../core/crew/linear';

/** Far more than a county needs: the first pairing is found in a few hundred. */
const MOST_NODES = 200_000;

/** Loads the solver; calls to it then block until they end, so it belongs in a worker thread. */
export async function openSolver(): Promise<LinearSolver> {
	const highs = await loadHighs();
	return { solve: (programme, options) => solve(highs, programme, options?.centre ?? false) };
}

function solve(highs: Highs, programme: LinearProgramme, centre: boolean): LinearAnswer {
	const { cost, lower, upper, integer, rows } = programme;
	const whole = integer.includes(true);
	const starts = [0];
	for (const { columns } of rows) starts.push(starts.at(-1)! + columns.length);
	const bounded = (values: readonly number[]) =>
		values.map((value) => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity));
	const { continuous, integer: asInteger } = highs.constants.variableType;
	const model = highs.createModel({
		numCols: cost.length,
		numRows: rows.length,
		colCost: cost,
		colLower: bounded(lower),
		colUpper: bounded(upper),
		rowLower: bounded(rows.map((row) => row.lower)),
		rowUpper: bounded(rows.map((row) => row.upper)),
		matrix: {
			format: 'csr',
			numRows: rows.length,
			numCols: cost.length,
			starts,
			indices: rows.flatMap(({ columns }) => columns),
			values: rows.flatMap(({ values }) => values)
		},
		...(whole && { integrality: integer.map((is) => (is ? asInteger : continuous)) })
	});
	try {
		model.options.set({ output_flag: false, random_seed: 0 });
		if (whole) model.options.set({ mip_max_nodes: MOST_NODES, mip_rel_gap: 0 });
		else if (centre) model.options.set({ solver: 'ipm', run_crossover: 'off' });
		model.run();
		const status = model.getModelStatus();
		const { optimal, infeasible } = highs.constants.modelStatus;
		if (status === infeasible) return { status: 'infeasible' };
		if (status !== optimal) return { status: 'unsolved', because: `HiGHS ended with status ${status}` };
		const { colValue, rowDual } = model.getSolution();
		return { status: 'optimal', cost: model.getObjectiveValue(), values: colValue, duals: rowDual };
	} finally {
		model.dispose();
	}
}
