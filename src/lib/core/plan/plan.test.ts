import { describe, expect, it } from 'vitest';
import { suggestedResolution } from './resolution';
import { multipliers, weightOf, type Multipliers } from './weights';

describe('weights by credit standing', () => {
	const given: Multipliers = { A: 0.5, B: 1, C: 2, D: 4, blacklist: 4 };

	it('are whole numbers in the ratios given', () => {
		expect(multipliers(given)).toEqual({ A: 1, B: 2, C: 4, D: 8, blacklist: 8 });
		expect(multipliers({ A: 0.3, B: 1, C: 1.25, D: 2, blacklist: 'take' })).toEqual({
			A: 6,
			B: 20,
			C: 25,
			D: 40,
			blacklist: 'take'
		});
		expect(multipliers(multipliers(given))).toEqual(multipliers(given));
	});

	it('refuse what is not above zero or finer than a thousandth', () => {
		for (const bad of [0, -1, NaN, Infinity, 0.0005])
			expect(() => multipliers({ ...given, C: bad })).toThrow(RangeError);
	});

	it('put the blacklist above the grade, and know certain draws', () => {
		const weights = multipliers({ ...given, blacklist: 'take' });
		expect(weightOf(weights, 'A', false)).toEqual({ weight: 1, take: 0 });
		expect(weightOf(weights, 'A', true)).toEqual({ weight: 1, take: 1 });
	});
});

describe('suggested resolution', () => {
	/** A square county of 47 km a side, evenly filled. */
	const side = 100;
	const grid = Array.from({ length: side * side }, (_, i) => i);
	const county = {
		townshipOf: grid.map(() => 0),
		x: grid.map((i) => (i % side) * 470),
		y: grid.map((i) => Math.floor(i / side) * 470)
	};

	it('grows finer with the sample and leaves each part enough', () => {
		const found = [10, 100, 500, 1000, 5000].map((n) => suggestedResolution(county, n));
		expect(found).toEqual([...found].sort());
		// 2,209 km² hold about 428 cells of resolution 7 and 61 of resolution 6.
		expect(suggestedResolution(county, 100)).toBe(6);
		expect(suggestedResolution(county, 800)).toBe(7);
	});

	it('stays inside its bounds', () => {
		expect(suggestedResolution(county, 1)).toBe(6);
		expect(suggestedResolution(county, 1e9)).toBe(9);
		expect(suggestedResolution({ townshipOf: [], x: [], y: [] }, 5)).toBe(9);
	});
});
