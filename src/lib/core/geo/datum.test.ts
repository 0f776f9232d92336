// Seven parameters: what is read of a file, and where they lead; tests/support/same-parcels.ts asks GDAL.
import { expect, test } from 'vitest';
import { metresBetween } from '../route/great-circle';
import { cornerSystem, detectCrs, givenCrs, toGeographic } from './crs';
import { oldSystemOf, parameterNames, readSevenParameters, shiftOf, type SevenParameters } from './datum';

const none: SevenParameters = {
	...{ dx: 0, dy: 0, dz: 0, rx: 0, ry: 0, rz: 0, scale: 0 },
	rotation: 'coordinate_frame'
};
const seven = { ...none, dx: -12.5, dy: 34.25, dz: -8.75, rx: 0.31, ry: -0.62, rz: 1.24, scale: -2.5 };

test('which way the rotations turn, and how far a metre is', () => {
	// As the example of IOGP Guidance Note 7-2, 4.3.3 (rz 0.554", position vector): longitude grows by the rotation.
	const moved = shiftOf('xian_1980', { ...none, rz: 0.554, rotation: 'position_vector' })([118.9, 25.9]);
	expect((moved[0] - 118.9) * 3600).toBeCloseTo(0.554, 6);
	const frame = shiftOf('xian_1980', { ...none, rz: 0.554 })([118.9, 25.9]);
	expect((frame[0] - 118.9) * 3600).toBeCloseTo(-0.554, 6);
	// Moved 100 m along Z at the equator: 100 m north, of a meridian of 6,335,439 m of radius there.
	const [, north] = shiftOf('xian_1980', { ...none, dz: 100 })([118.9, 0]);
	expect(north * (Math.PI / 180) * 6335439).toBeCloseTo(100, 1);
});

test('lines, bare numbers, full-width signs and units', () => {
	const lines = [
		'ΔX = -12.5 m',
		'ΔY=34.25',
		'DZ：−8.75',
		'RX(秒) 0.31',
		'εy=-0.62"',
		'rz = 1.24',
		'm=-2.5 ppm'
	];
	expect(readSevenParameters(['# 布尔莎', ...lines, '', '模型=布尔莎'].join('\r\n'))).toEqual({
		...{ ok: true, parameters: seven }
	});
	expect(readSevenParameters('-12.5, 34.25, -8.75, 0.31, -0.62, 1.24, -2.5')).toEqual({
		...{ ok: true, parameters: seven }
	});
	const vector = readSevenParameters(`${lines.join('\n')}\nmodel = position_vector`);
	expect(vector).toMatchObject({ ok: true, parameters: { rotation: 'position_vector' } });
	for (const [text, fault] of [
		[lines.slice(1).join('\n'), { name: 'dx', line: 0 }],
		[[...lines, 'dx=1'].join('\n'), { name: 'dx', line: 8 }],
		[['dx=12,5', ...lines.slice(1)].join('\n'), { name: 'dx', line: 1 }],
		[['dx=1200', ...lines.slice(1)].join('\n'), { name: 'dx', line: 1 }],
		[['ellipsoid=1', ...lines].join('\n'), { name: null, line: 1 }],
		['', { name: 'dx', line: 0 }]
	] as const)
		expect(readSevenParameters(text), text).toMatchObject({ ok: false, ...fault });
	expect(parameterNames).toHaveLength(7);
});

test('old systems by their numbers', () => {
	expect(oldSystemOf(2364)).toEqual({
		...{ datum: 'xian_1980', plane: { centralMeridian: 120, falseEast: 40_500_000 } }
	});
	expect(oldSystemOf(2385)).toMatchObject({ plane: { centralMeridian: 120, falseEast: 500_000 } });
	expect(oldSystemOf(2334)).toMatchObject({ plane: { centralMeridian: 117, falseEast: 20_500_000 } });
	expect(oldSystemOf(2437)).toMatchObject({ datum: 'beijing_1954', plane: { centralMeridian: 120 } });
	expect(oldSystemOf(21460)).toMatchObject({ plane: { centralMeridian: 117, falseEast: 500_000 } });
	expect(oldSystemOf(4610)).toEqual({ datum: 'xian_1980', plane: null });
	for (const epsg of [2326, 2391, 2400, 2443, 4490, 4549, 21412, 21424]) expect(oldSystemOf(epsg)).toBeNull();
});

test('without them an old system is refused, with them it is moved; nothing else is', () => {
	const extent = { minX: 40_390_000, maxX: 40_400_000, minY: 2_860_000, maxY: 2_870_000 };
	const declared = { kind: 'other', name: 'Xian 1980 / 3-degree Gauss-Kruger zone 40' } as const;
	const zone = {
		kind: 'gauss_kruger',
		centralMeridian: 120,
		falseEast: 40_500_000,
		datum: 'xian_1980'
	} as const;
	const named = { ...zone, name: 'of our own' };
	for (const each of [declared, named])
		expect(detectCrs(each, extent)).toMatchObject({ ok: false, reason: 'datum_old' });
	expect(givenCrs(2364, true)).toMatchObject({ ok: false, reason: 'datum_old' });
	expect(cornerSystem(2364, null, null)).toMatchObject({ ok: false, reason: 'datum_old' });
	expect(cornerSystem(null, 'beijing_1954', null)).toMatchObject({ ok: false, reason: 'datum_old' });

	const at = [40_393_754.911, 2_862_861.118] as const;
	const places = [detectCrs(named, extent, seven), givenCrs(2364, false, seven)].map((found) => {
		if (!found.ok) throw new Error(found.reason);
		return toGeographic(found.crs)(...at);
	});
	expect(places[0]).toEqual(places[1]);
	const corners = cornerSystem(2364, null, seven);
	if (!corners.ok) throw new Error(corners.reason);
	expect(corners.system.zone).toBe(40);
	expect(toGeographic(corners.system.metres)(...at)).toEqual(places[0]);
	// The shift is of tens of metres, not of none and not of kilometres.
	const apart = metresBetween(places[0]!, [118.94, 25.87]);
	expect(apart).toBeGreaterThan(5);
	expect(apart).toBeLessThan(200);
	expect(detectCrs(null, extent, seven)).toEqual(detectCrs(null, extent));
	expect(givenCrs(4549, true, seven)).toEqual(givenCrs(4549, true));
});
