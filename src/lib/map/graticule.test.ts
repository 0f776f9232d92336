import { expect, test } from 'vitest';
import { degrees, graticule, graticuleStep } from './graticule';

test.each([
	[118.5, '118°30′E'],
	[118 + 1 / 3, '118°20′E'],
	[118 + 1 / 720, '118°00′05″E'],
	[-25, '25°W'],
	[0, '0°']
])('%d is %s', (value, text) => expect(degrees(value, 'E', 'W')).toBe(text));

test('between 4 and 26 lines each way at every zoom, all on whole multiples', () => {
	for (let span = 40; span > 0.01; span /= 1.7) {
		const bounds = [118.1, 25.3, 118.1 + span, Math.min(80, 25.3 + span)] as const;
		const { lines, labels } = graticule(bounds, bounds);
		const { features } = lines;
		expect(labels.features.length).toBeLessThanOrEqual(features.length);
		expect(features.length).toBeGreaterThanOrEqual(4);
		expect(features.length).toBeLessThanOrEqual(26);
		const step = graticuleStep(bounds);
		for (const { geometry } of features) {
			const [[ax, ay], [bx]] = geometry.coordinates as [[number, number], [number]];
			const value = (ax === bx ? ax : ay) / step;
			expect(Math.abs(value - Math.round(value))).toBeLessThan(1e-6);
		}
	}
});
