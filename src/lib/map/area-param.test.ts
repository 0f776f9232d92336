import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeArea, encodeArea, type Area } from './area-param';

const fifth = (least: number, most: number) =>
	fc.integer({ min: least * 1e5, max: most * 1e5 }).map((value) => value / 1e5 + 0);
const ring = fc
	.array(fc.tuple(fifth(-180, 180), fifth(-90, 90)), { minLength: 3, maxLength: 40 })
	.map((points) => [...points, points[0]] as [number, number][]);
const area = fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

test('what is encoded is read back to a hundred-thousandth of a degree, closed', () => {
	fc.assert(
		fc.property(area, (given) => {
			const text = encodeArea(given as Area);
			expect(text).toMatch(/^[\w.~-]+$/);
			expect(encodeURIComponent(text)).toBe(text);
			const closed = (given as Area).map((rings) =>
				rings.map((points) => [...points.slice(0, -1), points[0]])
			);
			expect(decodeArea(text)).toEqual(closed);
		})
	);
});

test('a lasso of 300 points stays under 2 kB', () => {
	const circle = Array.from({ length: 300 }, (_, k): [number, number] => [
		118.9 + 0.1 * Math.cos((k * Math.PI) / 150),
		25.9 + 0.1 * Math.sin((k * Math.PI) / 150)
	]);
	expect(encodeArea([[circle]]).length).toBeLessThan(2000);
});

test.each(['', '.', 'A', 'AAAA', '中文', 'AAAAAA~', 'ggggggggAAAAA', '________', 'A'.repeat(16_001)])(
	'%j is not an area',
	(text) => expect(decodeArea(text)).toBeNull()
);
