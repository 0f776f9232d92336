// Gauss–Krüger plane coordinates on CGCS2000 in zones of 3° (GB/T 17798, EPSG 4513–4554), by the Krüger series to n⁶
// (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85, eqs. 7–36): within 5 nm
// over 35° from the central meridian. Invariant: toLonLat(toPlane(p)) = p to 1e-9 degrees. X is north and Y is east
// in Chinese practice; here always { x: east, y: north } in metres, and a zone prefix is a number of its own.

import type { LonLat } from '../model';
import { CGCS2000, type Ellipsoid } from './datum';

const FALSE_EAST = 500_000;
const RAD = Math.PI / 180;

/** Value of a polynomial whose coefficients are given from the constant upwards. */
const poly = (n: number, ...c: number[]) => c.reduceRight((sum, k) => sum * n + k, 0);

export interface PlanePoint {
	/** East, metres, 500 000 on the central meridian, without a zone prefix. */
	x: number;
	/** North, metres from the equator. */
	y: number;
}

export interface Zone {
	/** 3° zone number: central meridian / 3. */
	zone: number;
	/** Degrees east. */
	centralMeridian: number;
	/** Whether eastings of this CRS carry the zone number in front, e.g. 40 393 754.911. */
	prefixed: boolean;
}

/** The 3° zone whose central meridian is nearest to `lon`: 40 for 118.5 ≤ lon < 121.5. */
export const zoneNumber = (lon: number) => Math.floor((lon + 1.5) / 3);

/** `EPSG:4513`–`4533` carry a prefix, `EPSG:4534`–`4554` none: zones 25–45. Null for anything else. */
export function zoneOfCrs(crs: string): Zone | null {
	const code = /^EPSG:(45[0-9]{2})$/.exec(crs)?.[1];
	const first = Number(code) - 4513;
	if (!code || first < 0 || first > 41) return null;
	const zone = 25 + (first % 21);
	return { zone, centralMeridian: 3 * zone, prefixed: first < 21 };
}

/** The CRS of a zone 25–45: 4549 for (40, false), 4528 for (40, true). */
export const crsOfZone = (zone: number, prefixed: boolean) => `EPSG:${(prefixed ? 4513 : 4534) + zone - 25}`;

/** Degrees to the plane and back on an ellipsoid. Meant for points within a few degrees of the central meridian. */
export interface GaussKruger {
	toPlane(place: LonLat, centralMeridian: number): PlanePoint;
	toLonLat(point: PlanePoint, centralMeridian: number): LonLat;
}

export function gaussKruger({ a, f }: Ellipsoid): GaussKruger {
	const N = f / (2 - f);
	const E = Math.sqrt(f * (2 - f));
	/** Radius of the sphere that the meridian is rectified to: A₁ of Karney, eq. 14. */
	const RADIUS = (a / (1 + N)) * poly(N * N, 1, 1 / 4, 1 / 64, 1 / 256);
	const ALPHA = [
		poly(N, 0, 1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800),
		poly(N, 0, 0, 13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360),
		poly(N, 0, 0, 0, 61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440),
		poly(N, 0, 0, 0, 0, 49561 / 161280, -179 / 168, 6601661 / 7257600),
		poly(N, 0, 0, 0, 0, 0, 34729 / 80640, -3418889 / 1995840),
		poly(N, 0, 0, 0, 0, 0, 0, 212378941 / 319334400)
	];
	const BETA = [
		poly(N, 0, 1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800),
		poly(N, 0, 0, 1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720),
		poly(N, 0, 0, 0, 17 / 480, -37 / 840, -209 / 4480, 5569 / 90720),
		poly(N, 0, 0, 0, 0, 4397 / 161280, -11 / 504, -830251 / 7257600),
		poly(N, 0, 0, 0, 0, 0, 4583 / 161280, -108847 / 3991680),
		poly(N, 0, 0, 0, 0, 0, 0, 20648693 / 638668800)
	];

	function toPlane([lon, lat]: LonLat, centralMeridian: number): PlanePoint {
		const lambda = (lon - centralMeridian) * RAD;
		const tau = Math.tan(lat * RAD);
		const sigma = Math.sinh(E * Math.atanh((E * tau) / Math.hypot(1, tau)));
		const conformal = tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau);
		const xi = Math.atan2(conformal, Math.cos(lambda));
		const eta = Math.asinh(Math.sin(lambda) / Math.hypot(conformal, Math.cos(lambda)));
		let north = xi;
		let east = eta;
		ALPHA.forEach((alpha, i) => {
			const k = 2 * (i + 1);
			north += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
			east += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
		});
		return { x: RADIUS * east + FALSE_EAST, y: RADIUS * north };
	}

	function toLonLat({ x, y }: PlanePoint, centralMeridian: number): LonLat {
		const xi = y / RADIUS;
		const eta = (x - FALSE_EAST) / RADIUS;
		let north = xi;
		let east = eta;
		BETA.forEach((beta, i) => {
			const k = 2 * (i + 1);
			north -= beta * Math.sin(k * xi) * Math.cosh(k * eta);
			east -= beta * Math.cos(k * xi) * Math.sinh(k * eta);
		});
		const conformal = Math.sin(north) / Math.hypot(Math.sinh(east), Math.cos(north));
		const lambda = Math.atan2(Math.sinh(east), Math.cos(north));
		// Newton on the conformal latitude (Karney, eqs. 19–21): two steps reach the last bit, three are taken.
		let tau = conformal;
		for (let step = 0; step < 3; step++) {
			const sigma = Math.sinh(E * Math.atanh((E * tau) / Math.hypot(1, tau)));
			const reached = tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau);
			tau +=
				(((conformal - reached) / Math.hypot(1, reached)) * (1 + (1 - E * E) * tau * tau)) /
				((1 - E * E) * Math.hypot(1, tau));
		}
		return [centralMeridian + lambda / RAD, Math.atan(tau) / RAD];
	}

	return { toPlane, toLonLat };
}

/** Geographic CGCS2000 (EPSG:4490), degrees; no zone prefix in `x`. */
export const { toPlane, toLonLat } = gaussKruger(CGCS2000);
