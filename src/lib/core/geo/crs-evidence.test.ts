import { expect, test } from 'vitest';
import { candidatesOf, isGcj02Offset, type Box } from './crs-evidence';

const county: Box = [118.38, 25.65, 119.24, 26.1];
const extent = (x: number, y: number, size: number) => ({ minX: x, minY: y, maxX: x + size, maxY: y + size });
const kinds = (list: ReturnType<typeof candidatesOf>) =>
	list.map(({ epsg, swapped, gcj02, awayKm }) => [epsg, swapped, gcj02, awayKm === 0]);

test('metres without a prefix: one zone fits, the other is a zone away', () => {
	const found = candidatesOf(extent(393754, 2862861, 500), county, null);
	expect(kinds(found)).toEqual([
		[4548, false, false, false],
		[4549, false, false, true]
	]);
	expect(found[0]!.awayKm).toBeGreaterThan(40);
});

test('a prefix says the zone; exchanged axes are found', () => {
	expect(kinds(candidatesOf(extent(40393754, 2862861, 500), county, null))).toEqual([
		[null, false, false, true]
	]);
	expect(kinds(candidatesOf(extent(2862861, 40393754, 500), county, null))).toEqual([
		[null, true, false, true]
	]);
});

test('degrees: as they are, or put back from GCJ-02', () => {
	const box: Box = [118.9, 25.9, 118.95, 25.95];
	const used = { epsg: null, swapped: false, gcj02: false, box };
	const found = candidatesOf(extent(118.9, 25.9, 0.05), county, used);
	expect(kinds(found)).toEqual([
		[null, false, false, true],
		[null, false, true, true]
	]);
	expect(found.map(({ chosen }) => chosen)).toEqual([true, false]);
});

test('the offset of GCJ-02 is recognised, others are not', () => {
	expect(isGcj02Offset(460, -340, [118.94, 25.87])).toBe(true);
	expect(isGcj02Offset(0, 0, [118.94, 25.87])).toBe(false);
	expect(isGcj02Offset(-460, 340, [118.94, 25.87])).toBe(false);
});
