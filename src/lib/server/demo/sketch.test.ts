import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { geodataPath, readSeats, readSketch, SKETCH_FILE } from './geodata';
import { toPlane } from './plane';
import { contains, isSimple, signedAreaM2 } from './polygon';
import { sketchText } from './sketch';
import { COUNTY_AREA_M2, EXTENT } from './township-cells';

const seats = readSeats();
const sketch = readSketch();

test('the committed sketch is what the generator makes, byte for byte', () => {
	expect(sketchText(seats)).toBe(readFileSync(geodataPath(SKETCH_FILE), 'utf8'));
}, 30_000);

test('geodata/README.md lists the digest of every file', () => {
	const readme = readFileSync(geodataPath('README.md'), 'utf8');
	for (const file of ['divisions_350125.json', 'yongtai_seats.geojson', 'items.csv', SKETCH_FILE]) {
		const digest = createHash('sha256')
			.update(readFileSync(geodataPath(file)))
			.digest('hex');
		expect(readme).toMatch(new RegExp(`\\| \`${file}\` \\|.*\\| \`${digest}\` \\|`));
	}
});

test('every township contains its own seat and no other', () => {
	for (const { code, ring } of sketch) {
		const plane = ring.slice(0, -1).map(toPlane);
		expect(seats.filter(({ point }) => contains(plane, toPlane(point))).map((seat) => seat.code)).toEqual([
			code
		]);
	}
});

describe('the townships make up the county', () => {
	const edges = sketch.flatMap(({ ring }) =>
		ring.slice(1).map((to, i) => ({ from: String(ring[i]), to: String(to) }))
	);
	const directed = new Set(edges.map(({ from, to }) => `${from} ${to}`));

	test('each border is shared point for point, or is the outline', () => {
		expect(directed.size).toBe(edges.length);
		const { features } = JSON.parse(readFileSync(geodataPath(SKETCH_FILE), 'utf8')) as {
			features: { geometry: { coordinates: [number, number][][] } }[];
		};
		const outline = features[0]!.geometry.coordinates[0]!;
		const outer = new Set(outline.slice(1).map((to, i) => `${String(outline[i])} ${String(to)}`));
		const lonely = edges.filter(({ from, to }) => !directed.has(`${to} ${from}`));
		expect(new Set(lonely.map(({ from, to }) => `${from} ${to}`))).toEqual(outer);
	});

	test('rings are simple, and run counter-clockwise', () => {
		for (const { ring } of sketch) {
			const plane = ring.slice(0, -1).map(toPlane);
			expect(isSimple(plane)).toBe(true);
			expect(signedAreaM2(plane)).toBeGreaterThan(0);
		}
	});

	test('extent and area are the published ones', () => {
		const lons = sketch.flatMap(({ ring }) => ring.map(([lon]) => lon));
		const lats = sketch.flatMap(({ ring }) => ring.map(([, lat]) => lat));
		expect(Math.min(...lons)).toBe(EXTENT.west);
		expect(Math.max(...lons)).toBe(EXTENT.east);
		expect(Math.min(...lats)).toBe(EXTENT.south);
		expect(Math.max(...lats)).toBe(EXTENT.north);
		const areaM2 = sketch.reduce((sum, { ring }) => sum + signedAreaM2(ring.slice(0, -1).map(toPlane)), 0);
		expect(Math.abs(areaM2 / COUNTY_AREA_M2 - 1)).toBeLessThan(0.005);
	});
});
