import { describe, expect, test } from 'vitest';
import { metresBetween } from '../route/great-circle';
import { fromGcj02, toGcj02 } from './gcj02';

describe('GCJ-02', () => {
	test('shifts this county by about 460 m east and 350 m south', () => {
		const [lon, lat] = toGcj02([118.94, 25.87]);
		expect(metresBetween([118.94, 25.87], [lon, 25.87])).toBeGreaterThan(420);
		expect(metresBetween([118.94, 25.87], [lon, 25.87])).toBeLessThan(500);
		expect(lon).toBeGreaterThan(118.94);
		expect(25.87 - lat).toBeGreaterThan(0.0028);
		expect(25.87 - lat).toBeLessThan(0.0035);
	});
	test('the usual test point, 北京', () => {
		const [lon, lat] = toGcj02([116.397, 39.909]);
		expect(lon).toBeCloseTo(116.40324, 4);
		expect(lat).toBeCloseTo(39.9104, 4);
	});
	test('comes back', () => {
		const [lon, lat] = fromGcj02(toGcj02([118.94, 25.87]));
		expect(lon).toBeCloseTo(118.94, 9);
		expect(lat).toBeCloseTo(25.87, 9);
	});
	test('leaves the rest of the world where it is', () =>
		expect(toGcj02([2.35, 48.85])).toEqual([2.35, 48.85]));
});
