import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeParts, type ShareClass } from './shares';

const parts = (classes: ShareClass[], total: number, items = classes.map((_, i) => i)) => {
	const part = wholeParts(classes, total);
	return items.map((of) => part(of));
};
const one = (weight: number, lo: number, hi: number): ShareClass => ({ weight, lo, hi, count: 1 });

describe('bounded proportional shares', () => {
	it('divides in proportion, the rest by largest remainder, ties to the earlier', () => {
		expect(parts([one(1, 0, 100), one(1, 0, 100), one(1, 0, 100)], 10)).toEqual([4, 3, 3]);
		expect(parts([one(1, 0, 100), one(2, 0, 100), one(4, 0, 100)], 10)).toEqual([1, 3, 6]);
	});

	it('holds bounds and gives the others what is over', () => {
		expect(parts([one(8, 0, 3), one(1, 0, 100), one(1, 0, 100)], 10)).toEqual([3, 4, 3]);
		expect(parts([one(1, 5, 100), one(9, 0, 100)], 10)).toEqual([5, 5]);
		expect(parts([one(1, 2, 2), one(5, 0, 3), one(5, 0, 3)], 8)).toEqual([2, 3, 3]);
		expect(parts([one(1, 0, 7), one(3, 0, 7)], 0)).toEqual([0, 0]);
	});

	it('serves items of a class in the order of the items, not of the classes', () => {
		// Two weights whose remainders are equal: 1/2 each of three items, one unit left after the floors.
		const classes: ShareClass[] = [
			{ weight: 3, lo: 0, hi: 9, count: 1 },
			{ weight: 1, lo: 0, hi: 9, count: 1 }
		];
		expect(parts(classes, 2, [1, 0])).toEqual([1, 1]);
		expect(parts(classes, 2, [0, 1])).toEqual([2, 0]);
	});

	it('is exact where floating point is not', () => {
		const heavy = 2 ** 53 - 1;
		const found = parts([one(heavy, 0, 2 ** 50), one(heavy - 1, 0, 2 ** 50)], 2 ** 50 + 1);
		expect(found).toEqual([2 ** 49 + 1, 2 ** 49]);
	});

	it('is within one of the clamped proportion and sums to the total, whatever the bounds', () => {
		const item = fc
			.tuple(
				fc.integer({ min: 1, max: 50 }),
				fc.integer({ min: 0, max: 40 }),
				fc.integer({ min: 0, max: 40 })
			)
			.map(([weight, p, q]) => one(weight, Math.min(p, q), Math.max(p, q)));
		fc.assert(
			fc.property(
				fc.array(item, { minLength: 1, maxLength: 8 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(items, at) => {
					const least = items.reduce((sum, { lo }) => sum + lo, 0);
					const most = items.reduce((sum, { hi }) => sum + hi, 0);
					const total = Math.round(least + at * (most - least));
					const found = parts(items, total);
					expect(found.reduce((sum, n) => sum + n, 0)).toBe(total);
					// λ by bisection: the sum of clamped shares grows with it.
					let [low, high] = [0, 41];
					const share = (lambda: number, { weight, lo, hi }: ShareClass) =>
						Math.min(hi, Math.max(lo, lambda * weight));
					for (let step = 0; step < 100; step++) {
						const middle = (low + high) / 2;
						if (items.reduce((sum, x) => sum + share(middle, x), 0) < total) low = middle;
						else high = middle;
					}
					items.forEach((x, i) => {
						expect(Math.abs(found[i]! - share(high, x))).toBeLessThan(1 + 1e-9);
						expect(found[i]).toBeGreaterThanOrEqual(x.lo);
						expect(found[i]).toBeLessThanOrEqual(x.hi);
					});
				}
			)
		);
	});
});
