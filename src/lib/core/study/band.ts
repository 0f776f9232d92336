// What a study says of one figure: its mean, the 5th and the 95th percentile, its least and its most.
// Invariant: at least 5 % of the draws are at or below `low` and at least 5 % at or above `high`.

export interface Band {
	mean: number;
	low: number;
	high: number;
	least: number;
	most: number;
}

/** The band of values in any order; at least one. */
export function bandOf(values: Float64Array | Int32Array): Band {
	const sorted = values.slice().sort();
	const n = sorted.length;
	const tail = Math.ceil(n / 20);
	let sum = 0;
	for (const value of sorted) sum += value;
	return {
		mean: sum / n,
		low: sorted[tail - 1]!,
		high: sorted[n - tail]!,
		least: sorted[0]!,
		most: sorted[n - 1]!
	};
}
