import { expect, test } from 'vitest';
import { checkShape } from './shape';
import { readWkb, writeMultiPolygon } from './wkb';
import { readWkt } from './wkt';

const rings = (polygons: ReturnType<typeof readWkb>['polygons']) => polygons.map((p) => p.map((r) => [...r]));
const square = [0, 0, 1, 0, 1, 1, 0, 0];

test('WKT of points, polygons with holes, several polygons; heights dropped; EWKT', () => {
	expect(readWkt('POINT Z (118.9 25.8 12)')?.point).toEqual([118.9, 25.8]);
	const polygon = readWkt('SRID=4490;POLYGON((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1))')!;
	expect(rings(polygon.polygons)).toEqual([
		[
			[0, 0, 9, 0, 9, 9, 0, 0],
			[1, 1, 2, 1, 2, 2, 1, 1]
		]
	]);
	const multi = readWkt('multipolygon zm (((0 0 5 5, 1 0 5 5, 1 1 5 5, 0 0 5 5)), ((0 0,1 0,1 1,0 0)))')!;
	expect(rings(multi.polygons)).toEqual([[square], [square]]);
	expect(readWkt('LINESTRING(0 0,1 1)')).toMatchObject({ type: 'LINESTRING', polygons: [] });
});

test('WKT that is not whole is refused', () => {
	for (const text of [
		'',
		'POLYGON',
		'POLYGON((0 0,1 0)',
		'POLYGON((0 a,1 0,1 1,0 0))',
		'POINT(1)',
		'POLYGON(0 0,1 1)'
	]) {
		expect(readWkt(text)).toBeNull();
	}
});

test('WKB there and back, with Z of both spellings and collections', () => {
	const bytes = writeMultiPolygon([[Float64Array.from(square)]], 4490);
	expect(rings(readWkb(bytes).polygons)).toEqual([[square]]);
	for (const type of [1003, 0x80000003]) {
		const view = new DataView(new ArrayBuffer(9 + 4 + 24));
		view.setUint8(0, 1);
		view.setUint32(1, type, true);
		view.setUint32(5, 1, true);
		view.setUint32(9, 1, true);
		[3, 4, 5].forEach((value, i) => view.setFloat64(13 + 8 * i, value, true));
		expect(rings(readWkb(new Uint8Array(view.buffer)).polygons)).toEqual([[[3, 4]]]);
	}
	expect(() => readWkb(bytes.subarray(0, 20))).toThrow(RangeError);
});

test('rings are closed, short ones and numbers that are none refused', () => {
	const shape = (ring: number[]) => ({
		type: 'POLYGON',
		polygons: [[Float64Array.from(ring)]],
		lines: [],
		point: null
	});
	expect(rings(checkShape(shape([0, 0, 1, 0, 1, 1]))!.polygons)).toEqual([[square]]);
	expect(checkShape(shape([0, 0, 1, 0, 0, 0]))).toBeNull();
	expect(checkShape(shape([0, 0, NaN, 0, 1, 1, 0, 0]))).toBeNull();
});
