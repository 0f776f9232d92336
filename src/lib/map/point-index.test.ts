import { expect, test } from 'vitest';
import type { Area } from './area-param';
import { readPointIndex } from './point-index';

/** The layout of pointIndex in lib/server/selection.ts, written down once more from its description. */
function bytesOf(points: { lon: number; lat: number; township: number; parcel: boolean; active: boolean }[]) {
	const townships = ['350125100', '350125101', '350125102'];
	const text = new TextEncoder().encode(JSON.stringify({ count: points.length, townships }));
	const head = Math.ceil(text.length / 4) * 4;
	const bytes = new Uint8Array(4 + head + 10 * points.length).fill(32, 4, 4 + head);
	bytes.set(text, 4);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, head, true);
	points.forEach((point, k) => {
		view.setInt32(4 + head + 4 * k, Math.round(point.lon * 1e6), true);
		view.setInt32(4 + head + 4 * (points.length + k), Math.round(point.lat * 1e6), true);
		const flags = point.township * 4 + (point.parcel ? 2 : 0) + (point.active ? 1 : 0);
		view.setUint16(4 + head + 8 * points.length + 2 * k, flags, true);
	});
	return bytes.buffer;
}

const points = Array.from({ length: 3000 }, (_, k) => ({
	lon: 118 + ((k * 7919) % 1009) / 1009,
	lat: 25 + ((k * 104729) % 997) / 997,
	township: k % 3,
	parcel: k % 2 === 0,
	active: k % 5 !== 0
}));
const index = readPointIndex(bytesOf(points));
const box = (w: number, s: number, e: number, n: number): [number, number][] => [
	[w, s],
	[e, s],
	[e, n],
	[w, n],
	[w, s]
];

test('counts are those of brute force, holes cut out, overlaps counted once', () => {
	const area: Area = [
		[box(118.2, 25.2, 118.7, 25.8), box(118.3, 25.3, 118.5, 25.5)],
		[box(118.6, 25.7, 118.9, 25.9)]
	];
	const within = (p: { lon: number; lat: number }, [w, s, e, n]: number[]) =>
		p.lon > (w as number) && p.lon < (e as number) && p.lat > (s as number) && p.lat < (n as number);
	const expected = points.filter(
		(p) =>
			(within(p, [118.2, 25.2, 118.7, 25.8]) && !within(p, [118.3, 25.3, 118.5, 25.5])) ||
			within(p, [118.6, 25.7, 118.9, 25.9])
	);
	const counted = index.count(area);
	for (const k of [0, 1, 2]) {
		const mine = expected.filter((p) => p.township === k);
		expect(counted.get(`35012510${k}`)).toEqual({
			mining: mine.filter((p) => !p.parcel).length,
			parcels: mine.filter((p) => p.parcel).length,
			active: mine.filter((p) => p.active).length
		});
	}
});

test('nothing drawn, nothing counted', () => {
	expect(index.count([]).size).toBe(0);
	expect(index.count([[box(10, 10, 11, 11)]]).size).toBe(0);
});
