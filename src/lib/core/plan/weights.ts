// Weights by credit standing: multipliers such as A ×0.5, B ×1, C ×2, D ×4 turned into whole numbers by their least
// common denominator, because the draw knows whole weights only. Blacklisted outranks the grade.
// Invariant: weights keep the exact ratios of the multipliers and have no common divisor.

import { creditGrades, type CreditGrade } from '../model';

export type Standing = CreditGrade | 'blacklist';
export const standings: readonly Standing[] = [...creditGrades, 'blacklist'];

/** Whole weight of each standing, or `take`: certainly drawn. */
export type Multipliers = Record<Standing, number | 'take'>;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * Whole weights in the ratios given: {A: 0.5, B: 1, C: 2, D: 4, blacklist: 4} is 1, 2, 4, 8, 8.
 * @throws RangeError unless each multiplier is above 0 with three decimal places at most, or `take`
 */
export function multipliers(given: Multipliers): Multipliers {
	const thousandths = standings.map((standing) => {
		const value = given[standing];
		if (value === 'take') return 0;
		const whole = Math.round(value * 1000);
		if (!(whole > 0 && Math.abs(whole - value * 1000) < 1e-6))
			throw new RangeError(`multiplier of ${standing}`);
		return whole;
	});
	const divisor = thousandths.reduce(gcd, 0);
	return Object.fromEntries(
		standings.map((standing, i) => [standing, thousandths[i] === 0 ? 'take' : thousandths[i]! / divisor])
	) as Multipliers;
}

/** What a row of the frame gets: its weight, and whether it is drawn for certain. */
export function weightOf(
	weights: Multipliers,
	grade: CreditGrade,
	blacklisted: boolean
): { weight: number; take: 0 | 1 } {
	const weight = weights[blacklisted ? 'blacklist' : grade];
	return weight === 'take' ? { weight: 1, take: 1 } : { weight, take: 0 };
}
