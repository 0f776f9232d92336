// The chances of simulated annealing without an exponential or a logarithm of the engine, which may differ in the last
// bit: temperatures fall by multiplication, and the exponential variate that decides is a quantile from a table.

const STEPS = 1024;
/** 100 to the power −1/1024. */
const FALL = 0.9955128609158502;
const QUANTILES = 4096;

/** From 1 at the start of a run to 1/100 at its end. */
const falling = new Float64Array(STEPS + 1).fill(1);
for (let i = 1; i <= STEPS; i++) falling[i] = falling[i - 1]! * FALL;

/** −ln u in the middle of 4096 equal parts of 0 < u < 1: from the last part down, by ln(1 + 1/m) = 2 artanh(1/(2m + 1)). */
const exponential = new Float64Array(QUANTILES);
exponential[QUANTILES - 1] = 0.5 / QUANTILES;
for (let i = QUANTILES - 2; i >= 0; i--) exponential[i] = exponential[i + 1]! + 2 * artanh(1 / (2 * i + 2));

function artanh(x: number): number {
	let sum = 0;
	for (let power = x, k = 1; k < 60; k += 2, power *= x * x) sum += power / k;
	return sum;
}

/** The fall of the temperature after `done` of a run, 0 … 1. */
export const cooled = (done: number): number => falling[Math.min(STEPS, Math.floor(done * STEPS))]!;

/** An exponential variate of mean 1 for a uniform 32-bit word. */
export const exponentialOf = (word: number): number => exponential[word >>> 20]!;
