import { expect, test } from 'vitest';
import { simplifyRing } from './simplify';

const circle = Array.from({ length: 2001 }, (_, k): [number, number] => [
	118 + Math.cos((k * Math.PI) / 1000) / 10,
	25 + Math.sin((k * Math.PI) / 1000) / 10
]);

test('a long lasso is cut to fit and stays within the tolerance', () => {
	const ring = simplifyRing(circle, 0.0001);
	expect(ring.length).toBeLessThanOrEqual(240);
	expect(ring.length).toBeGreaterThan(20);
	for (const [x, y] of ring) expect(Math.hypot(x - 118, y - 25)).toBeCloseTo(0.1, 6);
	expect(ring[0]).toEqual(circle[0]);
	expect(ring.at(-1)).toEqual(circle.at(-1));
});

test('corners stay', () => {
	const square: [number, number][] = [
		[0, 0],
		[1, 0],
		[1, 1],
		[0, 1],
		[0, 0]
	];
	expect(simplifyRing(square, 0.01)).toEqual(square);
});

test('what would collapse is left as it was drawn', () => {
	const speck: [number, number][] = [
		[0, 0],
		[1e-6, 0],
		[1e-6, 1e-6],
		[0, 0]
	];
	expect(simplifyRing(speck, 0.01)).toEqual(speck);
});
