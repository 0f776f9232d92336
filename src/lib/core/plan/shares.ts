// Bounded proportional shares (protocol, §5): the unique clamp(λ·w, lo, hi) summing to the total, in exact rationals,
// and their whole parts: floor, the rest by largest remainder, ties to the earlier item.
// Invariant: the whole parts sum to the total and each lies within 1 of its share and within lo … hi.
// Items that are alike share one class, so a million rows of five weights cost five fractions.

/** Items with the same weight and bounds. Whole numbers; weight ≥ 1, 0 ≤ lo ≤ hi. */
export interface ShareClass {
	weight: number;
	lo: number;
	hi: number;
	/** Number of items. */
	count: number;
}

/** Σ active weight·λ + fixed = total, found by sweeping the λ at which some class leaves a bound. */
function solve(classes: readonly ShareClass[], total: bigint) {
	const turns = classes.flatMap(({ weight, lo, hi, count }, of) => {
		const w = BigInt(weight);
		const many = BigInt(count);
		return [
			{ of, at: BigInt(lo), w, fixed: -BigInt(lo) * many, active: w * many, next: 'free' as const },
			{ of, at: BigInt(hi), w, fixed: BigInt(hi) * many, active: -w * many, next: 'hi' as const }
		];
	});
	turns.sort((p, q) => {
		const order = p.at * q.w - q.at * p.w;
		return order < 0n ? -1 : order > 0n ? 1 : 0;
	});
	const state: ('lo' | 'free' | 'hi')[] = classes.map(() => 'lo');
	let fixed = classes.reduce((sum, { lo, count }) => sum + BigInt(lo) * BigInt(count), 0n);
	let active = 0n;
	for (const turn of turns) {
		if (fixed * turn.w + active * turn.at >= total * turn.w) break;
		fixed += turn.fixed;
		active += turn.active;
		// At equal λ a class may leave `lo` after it reached `hi`, when lo = hi.
		if (state[turn.of] !== 'hi') state[turn.of] = turn.next;
	}
	return { state, rest: total - fixed, active };
}

/**
 * Whole parts of `total` over items in order. Call the returned function once for each item, in order, with the place
 * of its class; it gives the item's whole part. Needs Σ lo ≤ total ≤ Σ hi.
 */
export function wholeParts(classes: readonly ShareClass[], total: number): (of: number) => number {
	const { state, rest, active } = solve(classes, BigInt(total));
	const floor = new Float64Array(classes.length);
	const remainder = classes.map(() => 0n);
	let left = total;
	classes.forEach(({ weight, lo, hi, count }, i) => {
		if (state[i] === 'free') {
			const share = BigInt(weight) * rest;
			floor[i] = Number(share / active);
			remainder[i] = share % active;
		} else floor[i] = state[i] === 'lo' ? lo : hi;
		left -= floor[i]! * count;
	});
	// Classes whose remainder is above the last one served get a unit each; those equal to it, the earlier items.
	const order = classes
		.map((_, i) => i)
		.sort((p, q) => (remainder[p]! > remainder[q]! ? -1 : remainder[p]! < remainder[q]! ? 1 : 0));
	let served = 0;
	let last = 0n;
	for (const i of order) {
		if (served >= left) break;
		if (remainder[i] !== last) last = remainder[i]!;
		served += classes[i]!.count;
	}
	const above = remainder.map((r) => left > 0 && r > last);
	const level = remainder.map((r) => left > 0 && r === last);
	let ties = left - classes.reduce((sum, { count }, i) => sum + (above[i] ? count : 0), 0);
	return (of) => floor[of]! + (above[of] || (level[of] && ties-- > 0) ? 1 : 0);
}
