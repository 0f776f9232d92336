import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { crsOfZone, toLonLat, toPlane, zoneNumber, zoneOfCrs } from './zone';

describe('Gauss–Krüger zones', () => {
	it('gives the published coordinates of 118.94 E 25.87 N in both zones', () => {
		const forty = toPlane([118.94, 25.87], 120);
		expect(forty.y).toBeCloseTo(2862861.118, 3);
		expect(forty.x + 40_000_000).toBeCloseTo(40393754.911, 3);
		const thirtyNine = toPlane([118.94, 25.87], 117);
		expect(thirtyNine.y).toBeCloseTo(2863869.128, 3);
		expect(thirtyNine.x + 39_000_000).toBeCloseTo(39694464.814, 3);
		const [lon, lat] = toLonLat({ x: 393754.911, y: 2862861.118 }, 120);
		expect(lon).toBeCloseTo(118.94, 8);
		expect(lat).toBeCloseTo(25.87, 8);
	});

	it('comes back to the same point anywhere in and near a zone', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 115, max: 125, noNaN: true }),
				fc.double({ min: -60, max: 60, noNaN: true }),
				(lon, lat) => {
					const back = toLonLat(toPlane([lon, lat], 120), 120);
					return Math.abs(back[0] - lon) < 1e-9 && Math.abs(back[1] - lat) < 1e-9;
				}
			)
		);
	});

	it('knows the codes with and without prefix', () => {
		expect(zoneOfCrs('EPSG:4528')).toEqual({ zone: 40, centralMeridian: 120, prefixed: true });
		expect(zoneOfCrs('EPSG:4549')).toEqual({ zone: 40, centralMeridian: 120, prefixed: false });
		expect(zoneOfCrs('EPSG:4527')).toEqual({ zone: 39, centralMeridian: 117, prefixed: true });
		expect(zoneOfCrs('EPSG:4548')).toEqual({ zone: 39, centralMeridian: 117, prefixed: false });
		expect(zoneOfCrs('EPSG:4490')).toBeNull();
		expect(zoneOfCrs('EPSG:4555')).toBeNull();
		for (const crs of ['EPSG:4513', 'EPSG:4533', 'EPSG:4534', 'EPSG:4554']) {
			const { zone, prefixed } = zoneOfCrs(crs)!;
			expect(crsOfZone(zone, prefixed)).toBe(crs);
		}
		expect([118.49, 118.5, 120, 121.49].map(zoneNumber)).toEqual([39, 40, 40, 40]);
	});
});
