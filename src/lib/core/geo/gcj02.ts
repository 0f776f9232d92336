// GCJ-02, the shifted datum of 高德 and 腾讯 (public approximation; about 460 m east and 350 m south in Fujian). Used
// to open those apps, and to put back coordinates taken from them when a person asks for it. Invariants: outside China
// nothing is shifted; fromGcj02(toGcj02(p)) = p to 1e-9 degrees.

import type { LonLat } from '../model';

/** Krasovsky 1940: semi-major axis in metres, and e². */
const A = 6_378_245;
const E2 = 0.006_693_421_622_965_943;

const waves = (x: number, ...parts: (readonly [amplitude: number, frequency: number])[]) =>
	parts.reduce((sum, [amplitude, frequency]) => sum + amplitude * Math.sin(frequency * x * Math.PI), 0);

/** From WGS 84 or CGCS2000, degrees. */
export function toGcj02([lon, lat]: LonLat): LonLat {
	if (lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271) return [lon, lat];
	const [x, y] = [lon - 105, lat - 35];
	const common = (waves(x, [20, 6], [20, 2]) * 2) / 3;
	const root = Math.sqrt(Math.abs(x));
	const north =
		-100 +
		2 * x +
		3 * y +
		0.2 * y * y +
		0.1 * x * y +
		0.2 * root +
		common +
		((waves(y, [20, 1], [40, 1 / 3]) + waves(y, [160, 1 / 12], [320, 1 / 30])) * 2) / 3;
	const east =
		300 +
		x +
		2 * y +
		0.1 * x * x +
		0.1 * x * y +
		0.1 * root +
		common +
		((waves(x, [20, 1], [40, 1 / 3]) + waves(x, [150, 1 / 12], [300, 1 / 30])) * 2) / 3;
	const phi = (lat * Math.PI) / 180;
	const w = 1 - E2 * Math.sin(phi) ** 2;
	const degree = 180 / Math.PI;
	return [
		lon + (east * degree) / ((A / Math.sqrt(w)) * Math.cos(phi)),
		lat + (north * degree) / ((A * (1 - E2)) / (w * Math.sqrt(w)))
	];
}

/** Back to CGCS2000: the shift at the point sought, found by repeating it; it changes by 1e-5 of the way. */
export function fromGcj02([lon, lat]: LonLat): LonLat {
	let found: LonLat = [lon, lat];
	for (let step = 0; step < 8; step++) {
		const [east, north] = toGcj02(found);
		found = [found[0] + lon - east, found[1] + lat - north];
	}
	return found;
}
