// Spreads a portfolio until its chances are those of the linear programme: first random steps, so that pairings have
// nothing to do with each other, then only steps that bring a count closer to K times its chance.
// Invariant: pairings stay whole and lawful throughout (pairings.ts). No clock and no power functions: the same problem
// gives the same portfolio on every machine.

import type { Random } from '../route/random';
import { exchange, replace, type Pairings } from './pairings';

/** Random steps tried for each seat at the start. */
const MIXING = 8;
/** Steps tried for each seat between two looks at what is left. */
const ROUND = 20;
const MOST_ROUNDS = 100;
/** Steps that add up to this much are taken at first (threshold accepting, Dueck & Scheuer 1990), then less and less. */
const WARMTH = 1;
const COOLING = 0.5;
const COLD = 0.1;
/** How much a count above the largest chance weighs, in pairings. */
const TOP_WEIGHT = 3;
/** How much a day of workload off weighs against a seat off. */
const WORK_WEIGHT = 0.2;

export interface SpreadProgress {
	/** 0 … 1 */
	done: number;
	/** Largest |count − K · chance|. */
	off: number;
}

/** Brings `pairings` to the chances given (by inspector and route); returns the largest distance left, in pairings. */
export function spread(
	pairings: Pairings,
	chances: Float64Array,
	random: Random,
	options: { mixing?: number; onProgress?: (progress: SpreadProgress) => void } = {}
): number {
	const { roster, K, S, crew, count } = pairings;
	const { I, R, seats, load, allowed } = roster;
	const target = chances.map((chance) => chance * K);
	const unit = Math.max(1, ...load);
	const gain = WORK_WEIGHT / (unit * unit);
	/** Work above target, by inspector. */
	const over = new Float64Array(I);
	const places = Int32Array.from(
		[...seats].flatMap((most, r) => Array.from({ length: most }, (_, k) => r * S + k))
	);

	function measure(): number {
		let off = 0;
		over.fill(0);
		for (let i = 0; i < I; i++) {
			for (let r = 0; r < R; r++) {
				const error = count[i * R + r]! - target[i * R + r]!;
				over[i]! += error * load[r]!;
				off = Math.max(off, Math.abs(error));
			}
		}
		return off;
	}
	/** No count need be above this: the largest chance is published beside its bound. */
	const top = Math.ceil(target.reduce((most, one) => Math.max(most, one), 0) - 1e-6);
	/** Half of what one pairing more, or the last one, adds to Σ error². */
	const more = (at: number) => count[at]! - target[at]! + 0.5 + (count[at]! >= top ? TOP_WEIGHT : 0);
	const last = (at: number) => count[at]! - target[at]! - 0.5 + (count[at]! > top ? TOP_WEIGHT : 0);

	/** One step of chance, taken if it adds less than `most` to the distance (half the change of Σ error²). */
	function step(most: number): boolean {
		const t = random.int(K);
		const place = places[random.int(places.length)]!;
		const r = Math.floor(place / S);
		const i = crew[t * R * S + place]!;
		if (random.int(4) > 0) {
			const j = allowed[r]![random.int(allowed[r]!.length)]!;
			if (i === j) return false;
			const l = load[r]!;
			const change = more(j * R + r) - last(i * R + r) + gain * l * (over[j]! - over[i]! + l);
			if (change >= most || !replace(pairings, t, r, place - r * S, j)) return false;
			over[i]! -= l;
			over[j]! += l;
			return true;
		}
		const other = places[random.int(places.length)]!;
		const q = Math.floor(other / S);
		const j = crew[t * R * S + other]!;
		if (q === r) return false;
		const l = load[r]! - load[q]!;
		const [there, back] = [more(j * R + r) - last(i * R + r), more(i * R + q) - last(j * R + q)];
		const change = there + back + gain * l * (over[j]! - over[i]! + l);
		if (change >= most || !exchange(pairings, t, r, place - r * S, q, other - q * S)) return false;
		over[i]! -= l;
		over[j]! += l;
		return true;
	}

	const tries = K * places.length;
	for (let n = 0; n < (options.mixing ?? MIXING) * tries; n++) step(Infinity);
	let off = measure();
	let warmth = options.mixing === 0 ? 0 : WARMTH;
	for (let round = 0, idle = false; round < MOST_ROUNDS && !idle; round++) {
		let taken = 0;
		for (let n = 0; n < ROUND * tries; n++) if (step(warmth * random.unit())) taken++;
		off = measure();
		idle = warmth === 0 && taken * 1000 < tries;
		warmth = warmth > COLD ? warmth * COOLING : 0;
		options.onProgress?.({ done: (round + 1) / (round + 3), off });
	}
	return off;
}
