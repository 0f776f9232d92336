import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaM2 } from './area';
import { boundaryBlock, boundaryHeader, type BoundaryParcel } from './boundary-parcel';
import { readBoundaryText, writeBlock, writeBoundaryText } from './boundary-text';
import { rounded, toGeographic } from './crs';
import { moveShape, type Ring } from './shape';
import { toLonLat } from './zone';

const parcel = (polygons: Ring[][], over: Partial<BoundaryParcel> = {}): BoundaryParcel => ({
	...{ code: '350125-1', name: '一号地', sheet: 'G50', use: '仓储用地', landClass: '0604', polygons },
	...over
});
const textOf = (zone: number, ...parcels: BoundaryParcel[]) =>
	writeBoundaryText({ header: boundaryHeader(zone, '永泰县', '2026-11-29'), blocks: [] }) +
	parcels.map((each) => writeBlock(boundaryBlock(each, zone))).join('');
function readDegrees(text: string) {
	const { blocks, faults } = readBoundaryText(text, null);
	expect(faults).toEqual([]);
	return blocks.map((block) => {
		expect([block.faults, block.notes]).toEqual([[], []]);
		const shape = { type: 'POLYGON', polygons: block.polygons, lines: [], point: null };
		moveShape(shape, toGeographic({ kind: 'prefix', name: '' }));
		return { ...Object.fromEntries(block.properties), area: block.area, polygons: shape.polygons };
	});
}
/** A closed square from its south-west corner, in degrees as an import keeps them. */
const square = (lon: number, lat: number, side: number): Ring =>
	Float64Array.from(
		[0, 0, 0, side, side, side, side, 0, 0, 0].map((d, i) => rounded((i % 2 === 0 ? lon : lat) + d))
	);

describe('a parcel as a corner list', () => {
	it('comes back with its names, its area and its outlines in their order', () => {
		// The smaller part first, and a hole in the larger one.
		const polygons = [
			[square(118.95, 25.9, 0.001)],
			[square(118.9, 25.9, 0.01), square(118.902, 25.902, 0.001), square(118.905, 25.905, 0.002)]
		];
		const [back, second] = readDegrees(
			textOf(40, parcel(polygons), parcel([[square(119, 26, 0.001)]], { name: '二，号' }))
		);
		expect(back).toMatchObject({
			地块编号: '350125-1',
			地块名称: '一号地',
			图幅号: 'G50',
			地块用途: '仓储用地',
			地类编码: '0604'
		});
		expect(back!.polygons).toEqual(polygons);
		expect(back!.area).toBe(`${(areaM2(polygons) / 10_000).toFixed(4)}公顷`);
		expect(second).toMatchObject({ 地块名称: '二 号' });
	});

	it('writes millimetres where corners are millimetres, more digits only where they are not', () => {
		const east = [393_754.911, 393_854.25, 393_854.001];
		const north = [2_862_861.004, 2_862_861.5, 2_862_999.999];
		const ring = [0, 1, 2, 0].flatMap((i) => toLonLat({ x: east[i]!, y: north[i]! }, 120).map(rounded));
		const { corners } = boundaryBlock(parcel([[Float64Array.from(ring)]]), 40);
		expect(corners.map((each) => [each.north, each.east])).toEqual(
			[0, 1, 2, 0].map((i) => [north[i], 40_000_000 + east[i]!])
		);
		expect(writeBlock({ columns: [], corners: corners.slice(0, 1) })).toContain(
			'J1,1,2862861.004,40393754.911\r\n'
		);
	});

	it('brings every corner back to the nanodegree, in its own zone and in the one beside it', () => {
		const nano = (from: number, to: number) =>
			fc.integer({ min: from * 1e9, max: to * 1e9 }).map((value) => rounded(value / 1e9));
		const corner = fc.tuple(nano(118, 119), nano(25, 27));
		fc.assert(
			fc.property(
				fc.uniqueArray(corner, { minLength: 3, maxLength: 8, selector: String }),
				fc.constantFrom(39, 40),
				(corners, zone) => {
					const ring = Float64Array.from([...corners, corners[0]!].flat());
					expect(readDegrees(textOf(zone, parcel([[ring]])))[0]!.polygons).toEqual([[ring]]);
				}
			)
		);
	});
});
