import { expect, test } from 'vitest';
import { detectCrs, givenCrs, toGeographic, type CrsResult } from './crs';

const crs = (result: CrsResult) => {
	if (!result.ok) throw new Error(result.reason);
	return result.crs;
};
const box = (minX: number, maxX: number, minY = 2_840_000, maxY = 2_880_000) => ({ minX, minY, maxX, maxY });
const plain = { kind: 'gauss_kruger', name: 'CM 120E', centralMeridian: 120, falseEast: 500_000 } as const;
const zone40 = { ...plain, name: 'zone 40', falseEast: 40_500_000 };

test('the published vector, in zone 40 and in zone 39, by prefix alone', () => {
	const move = toGeographic(crs(detectCrs(null, box(39_694_464, 40_393_755))));
	for (const [east, north] of [
		[40_393_754.911, 2_862_861.118],
		[39_694_464.814, 2_863_869.128]
	] as const) {
		const [lon, lat] = move(east, north);
		expect(lon).toBeCloseTo(118.94, 7);
		expect(lat).toBeCloseTo(25.87, 7);
	}
});

test('a declared system holds unless the prefix of its eastings contradicts it', () => {
	expect(detectCrs(plain, box(390_000, 400_000))).toMatchObject({ crs: plain, overruled: null });
	expect(detectCrs(zone40, box(40_390_000, 40_400_000))).toMatchObject({ crs: zone40, overruled: null });
	expect(detectCrs(plain, box(40_390_000, 40_400_000))).toMatchObject({
		crs: { kind: 'prefix' },
		overruled: 'CM 120E'
	});
	expect(detectCrs(zone40, box(39_690_000, 39_700_000))).toMatchObject({
		crs: { kind: 'prefix' },
		overruled: 'zone 40'
	});
	const sixDegrees = { ...plain, name: '6°', centralMeridian: 117, falseEast: 20_500_000 };
	expect(detectCrs(sixDegrees, box(20_690_000, 20_700_000))).toMatchObject({ crs: sixDegrees });
	const wgs84 = { kind: 'geographic', name: 'WGS 84' } as const;
	expect(detectCrs(wgs84, box(118, 119, 25, 26))).toMatchObject({ crs: wgs84 });
	expect(detectCrs(wgs84, box(40_390_000, 40_400_000))).toMatchObject({
		crs: { kind: 'prefix' },
		overruled: 'WGS 84'
	});
});

test('nothing is guessed between zones', () => {
	expect(detectCrs(null, box(118, 119, 25, 26))).toMatchObject({ crs: { kind: 'geographic' } });
	expect(detectCrs(null, box(390_000, 400_000))).toEqual({ ok: false, reason: 'crs_unknown' });
	expect(detectCrs(zone40, box(390_000, 400_000))).toEqual({ ok: false, reason: 'crs_unknown' });
});

test('what the user gives', () => {
	expect(givenCrs(4549, false)).toMatchObject({
		crs: { kind: 'gauss_kruger', centralMeridian: 120, falseEast: 500_000 }
	});
	expect(givenCrs(4527, false)).toMatchObject({ crs: { centralMeridian: 117, falseEast: 39_500_000 } });
	expect(givenCrs(4490, false)).toMatchObject({ crs: { kind: 'geographic' } });
	expect(givenCrs(32650, true)).toMatchObject({ crs: { kind: 'other' } });
	expect(givenCrs(32650, false)).toEqual({ ok: false, reason: 'crs_unsupported' });
	expect(givenCrs(2364, true)).toEqual({ ok: false, reason: 'datum_old', datum: 'EPSG:2364' });
});
