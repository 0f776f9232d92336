import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { boundaryProperty } from '../../../../tests/support/boundary-property';
import { areaM2 } from './area';
import { isBoundaryText, readBoundaryText, writeBoundaryText } from './boundary-text';
import { toGeographic } from './crs';
import { moveShape, type Ring } from './shape';
import { areaDifference, readStatedArea } from './stated-area';

const real = ['44120000120', '44120000669'].map((name) => `../shared/data/real/land_parcel_txt/${name}.txt`);
if (!existsSync(real[0]!)) console.warn(`boundary text: ${real[0]} is absent, real parcels are not tested`);

/** Of polygons with prefixed eastings. */
function computedM2(polygons: Ring[][]): number {
	const shape = {
		type: '',
		lines: [],
		point: null,
		polygons: polygons.map((rings) => rings.map((ring) => ring.slice()))
	};
	moveShape(shape, toGeographic({ kind: 'prefix', name: '' }));
	return areaM2(shape.polygons);
}

const head = (带号 = '40') => `[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=${带号}\n[地块坐标]\n`;
const square = (x: number, y: number, side: number, ring = 1) =>
	[
		[x, y],
		[x, y + side],
		[x + side, y + side],
		[x + side, y]
	].map(([north, east], i) => `J${i + 1},${ring},${north!.toFixed(3)},${east!.toFixed(3)}`);
const parcel = (columns: string, lines: string[], zone?: string) =>
	`${head(zone)}${columns}\n${lines.join('\n')}\n`;
const only = (text: string, zone: number | null = null) => {
	const { blocks, faults } = readBoundaryText(text, zone);
	expect(faults).toEqual([]);
	expect(blocks).toHaveLength(1);
	return blocks[0]!;
};
const rules = (list: { rule: string; line: number }[]) => list.map(({ rule, line }) => [rule, line]);
const [X, Y] = [2862861, 40393754];

describe('界址点坐标 of parcels', () => {
	it('reads a block with its columns, and closes an open ring', () => {
		const block = only(parcel('4,1.0000,350125-1,一号地,面,G50,仓储用地,0604,@', square(X, Y, 100)));
		expect(block.faults).toEqual([]);
		expect(block.notes).toEqual([]);
		expect(Object.fromEntries(block.properties)).toEqual({
			地块编号: '350125-1',
			地块名称: '一号地',
			图幅号: 'G50',
			地块用途: '仓储用地',
			地类编码: '0604'
		});
		expect(block.area).toBe('1.0000公顷');
		expect(block.polygons[0]![0]).toHaveLength(10);
		expect(Math.abs(computedM2(block.polygons) / 10_000 - 1)).toBeLessThan(5e-4);
	});

	test.each([
		['a missing 地类', '4,1.0,A,名,面,G50,用途,@', '1.0公顷'],
		['公顷 behind the area', '4,1.0公顷,A,名,面,,,,@', '1.0公顷'],
		['亩', '4,15亩,A,名,面,,,,@', '15亩'],
		['14 columns', '4,1.0,A,名,补充,更多,面,G50,用途,0601,一,二,三,@', '1.0公顷'],
		['blanks and full-width commas', '4， 1.0 ，A，名，面，，，，@', '1.0公顷'],
		['no area', '4,,A,名,面,,,,@', '']
	])('takes %s', (_, columns, area) => {
		const block = only(parcel(columns, square(X, Y, 100)));
		expect([block.faults, block.notes, block.area]).toEqual([[], [], area]);
		expect(block.properties.get('地块编号')).toBe('A');
	});

	it('counts with and without closing corners, and says when neither fits', () => {
		const lines = square(X, Y, 100);
		const closed = [...lines, lines[0]!];
		const notes = (count: number, of: string[]) => rules(only(parcel(`${count},1,A,,面,,,,@`, of)).notes);
		expect([notes(4, lines), notes(5, lines), notes(4, closed), notes(5, closed)]).toEqual([[], [], [], []]);
		expect(notes(6, closed)).toEqual([['corner_count', 6]]);
	});

	it('decides by containment what is a hole and what another outline', () => {
		const lines = [
			...square(X + 20, Y + 20, 30, 1),
			...square(X, Y, 100, 2),
			...square(X + 30, Y + 30, 10, 3),
			...square(X, Y + 200, 50, 4)
		];
		const { polygons } = only(parcel('16,1,A,,面,,,,@', lines));
		expect(polygons.map((rings) => rings.length)).toEqual([2, 1, 1]);
		const expected = 100 * 100 - 30 * 30 + 50 * 50 + 10 * 10;
		expect(Math.abs(computedM2(polygons) / expected - 1)).toBeLessThan(5e-4);
	});

	it('splits rings that share a 圈号 where one closes', () => {
		const [a, b] = [square(X, Y, 100), square(X, Y + 300, 100)];
		expect(only(parcel('10,2,A,,面,,,,@', [...a, a[0]!, ...b, b[0]!])).polygons).toHaveLength(2);
	});

	it('puts swapped axes right, adds the prefix of 带号, and tells a prefix that contradicts it', () => {
		const lines = square(X, Y, 100);
		const swapped = lines.map((line) => line.replace(/([\d.]+),([\d.]+)$/, '$2,$1'));
		const straight = only(parcel('4,1,A,,面,,,,@', lines));
		const turned = only(parcel('4,1,A,,面,,,,@', swapped));
		expect(turned.polygons).toEqual(straight.polygons);
		expect(rules(turned.notes)).toEqual([['axes_swapped', 6]]);
		const bare = lines.map((line) => line.replace(/,40(\d{6}\.)/, ',$1'));
		expect(only(parcel('4,1,A,,面,,,,@', bare)).polygons).toEqual(straight.polygons);
		expect(only(parcel('4,1,A,,面,,,,@', bare, ''), 40).polygons).toEqual(straight.polygons);
		expect(rules(only(parcel('4,1,A,,面,,,,@', bare, '')).faults)).toEqual([['zone_missing', 7]]);
		expect(only(parcel('4,1,A,,面,,,,@', lines, '39带')).notes).toMatchObject([
			{ rule: 'zone_conflict', values: { stated: 39, prefix: 40 } }
		]);
		// Zone 20 of 6° has the meridian of zone 39 of 3°.
		const six = only(parcel('4,1,A,,面,,,,@', square(X, 20393754, 100), '20'));
		expect([six.notes, six.polygons[0]![0]![0]]).toEqual([[], 39393754]);
	});

	it('names line and field of what it cannot read, and reads the next block', () => {
		const lines = square(X, Y, 100);
		const text = `${head()}4,1,A,,面,,,,@\n${lines[0]}\nJ2,1,不详,40393854\n${lines[2]}\n4,1,B,,面,,,,@\n${lines.join('\n')}\n3,1,C,,点,,,,@\n${lines.join('\n')}\n`;
		const { blocks } = readBoundaryText(text, null);
		expect(blocks.map((block) => rules(block.faults))).toEqual([
			[
				['corner_form', 8],
				['geometry_ring', 7]
			],
			[],
			[['not_area', 15]]
		]);
		expect(blocks[0]!.faults[0]).toMatchObject({ field: '界址点', values: { value: 'J2,1,不详,40393854' } });
	});

	test.skipIf(!existsSync(real[0]!))('real parcels: the stated area is the computed one', () => {
		for (const [i, areaHa] of [2.6708, 0.0433].entries()) {
			const text = readFileSync(real[i]!, 'utf8');
			const block = only(text);
			expect([block.faults, block.notes]).toEqual([[], []]);
			const stated = readStatedArea(block.area, '公顷')!;
			expect(stated.m2).toBeCloseTo(areaHa * 10_000, 6);
			expect(areaDifference(stated, computedM2(block.polygons))).toBeNull();
			expect(areaDifference({ ...stated, m2: stated.m2 * 1.004 }, stated.m2)).toBeCloseTo(-0.398, 2);
			expect(writeBoundaryText(readBoundaryText(text, null)).replaceAll('\r\n', '\n')).toBe(text);
		}
	});
});

describe('coordinates of mining reports and notices', () => {
	it('reads XY lines, whose 标高 ends a ring', () => {
		const corners = square(X, Y, 100).map(
			(line, i) => `XY00${i + 1}=${i + 1},${line.split(',').slice(2).join(',')}`
		);
		const text = [
			'采矿许可证号=C3501252020017100000001',
			'矿山名称=某矿',
			...corners,
			'XY005=标高,220,100,,1'
		].join('\r\n');
		const block = only(text);
		expect(block.faults).toEqual([]);
		expect(Object.fromEntries(block.properties)).toEqual({
			采矿许可证号: 'C3501252020017100000001',
			矿山名称: '某矿',
			标高上限: '220',
			标高下限: '100'
		});
		expect(block.polygons).toHaveLength(1);
		const inner = square(X + 20, Y + 20, 20).map(
			(line, i) => `XY00${i + 6}=${i + 1},${line.split(',').slice(2).join(',')}`
		);
		expect(only([text, ...inner, 'XY010=标高,220,100,,-1'].join('\n')).polygons[0]).toHaveLength(2);
	});

	const degrees = [
		['118°56′24.00″ 25°52′12.00″'],
		['118°56′54.00″ 25°52′12.00″'],
		['118°56′54.00″ 25°52′42.00″']
	].flat();

	test.each([
		['marks', degrees],
		['marks lost to blanks', degrees.map((line) => line.replace(/[°′″]/g, ' '))],
		['marks lost altogether', degrees.map((line) => line.replace(/[°′″]/g, ''))],
		['latitude first', degrees.map((line) => line.split(' ').reverse().join('\t'))]
	])('reads a pasted table of degrees: %s', (_, lines) => {
		const text = [
			'某矿区范围拐点坐标',
			'拐点 经度 纬度',
			...lines.map((line, i) => `${i + 1} ${line}`),
			'开采深度：由220米至100米标高'
		].join('\n');
		expect(isBoundaryText(text)).toBe(true);
		const block = only(text);
		expect(block.unit).toBe('degree');
		const [east, north] = block.polygons[0]![0]!;
		expect([east, north]).toEqual([expect.closeTo(118.94, 9), expect.closeTo(25.87, 9)]);
		expect(block.properties.get('标高下限')).toBe('100');
		expect(block.corners.map(({ label }) => label)).toEqual(['1', '2', '3']);
	});

	it('takes the number of a corner for its number, also where it could be a latitude', () => {
		const rows = (separator: string) =>
			Array.from({ length: 12 }, (_, i) =>
				[i + 1, (118.9 + i / 1000).toFixed(6), (25.9 + i ** 2 / 1e5).toFixed(6)].join(separator)
			);
		for (const separator of [' ', '\t', ',', '、']) {
			const { corners, faults } = only(rows(separator).join('\n'));
			expect(faults).toEqual([]);
			expect(corners.map(({ label, east }) => [label, east])).toEqual(
				Array.from({ length: 12 }, (_, i) => [String(i + 1), Number((118.9 + i / 1000).toFixed(6))])
			);
		}
	});

	it('reads a table in two columns by its numbers', () => {
		const [a, b, c, d] = square(X, Y, 100).map((line) => line.split(',').slice(2).join(' '));
		const text = `点号 X Y 点号 X Y\n1 ${a} 3 ${c}\n2 ${b} 4 ${d}\n`;
		expect(only(text).corners.map(({ label }) => label)).toEqual(['1', '2', '3', '4']);
	});

	it('leaves tables with a column per attribute alone', () => {
		expect(isBoundaryText('code,name,wkt\nA,一,"POLYGON((118 25,119 25,119 26,118 25))"\n')).toBe(false);
		expect(
			isBoundaryText('编号,经度,纬度,面积\nA,118.9,25.9,100\nB,118.9,25.9,100\nC,118.9,25.9,100\n')
		).toBe(false);
	});
});

describe('whatever comes', () => {
	it('neither throws nor hangs, and every fault has a line, a field and a reason', () => {
		fc.assert(boundaryProperty(), { numRuns: 5000 });
	}, 20_000);
});
