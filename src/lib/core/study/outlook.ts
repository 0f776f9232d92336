// What a plan means over the years when it is held again and again with the same chances, exactly: after k rounds a
// target with chance p has been drawn with chance 1 − (1 − p)^k. And what it takes to see everything in time, which no
// chance below one can promise: what is due must be taken.

import { M } from '../draw/masses';

/** Share of the targets that can be expected to have been drawn at least once after 1, 2, … `rounds` rounds. */
export function drawnAfter(mass: Int32Array, rounds: number): number[] {
	const missed = Float64Array.from(mass, () => 1);
	return Array.from({ length: rounds }, () => {
		let sum = 0;
		for (let i = 0; i < mass.length; i++) sum += missed[i]! *= 1 - mass[i]! / M;
		return 1 - sum / mass.length;
	});
}

/** Draws a year so that each of `size` targets is visited within `years`, the longest unvisited taken first. */
export const perYearForAll = (size: number, years: number): number => Math.ceil(size / years);
