// The frame of a printed sketch: what is shown with room around it, in the shape of the box on the page.
import type { LonLat } from '$lib/core/model';

/** Millimetres on the page. */
export const boxMm = { width: 180, height: 96 };

export type Frame = readonly [west: number, south: number, east: number, north: number];

/** Degrees of latitude, at the least: about 3 km. */
const LEAST = 0.027;

export function frameOf(points: readonly LonLat[]): Frame {
	const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
	const middle = [
		(Math.min(...lons) + Math.max(...lons)) / 2,
		(Math.min(...lats) + Math.max(...lats)) / 2
	] as const;
	const narrow = Math.cos((middle[1] * Math.PI) / 180);
	const high = Math.max(
		LEAST,
		(Math.max(...lats) - Math.min(...lats)) * 1.3,
		((Math.max(...lons) - Math.min(...lons)) * 1.2 * narrow * boxMm.height) / boxMm.width
	);
	const wide = (high * boxMm.width) / boxMm.height / narrow;
	return [middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2];
}

/** Millimetres from the top left corner of the box. */
export const onPage =
	([west, south, east, north]: Frame) =>
	([lon, lat]: LonLat): readonly [number, number] => [
		((lon - west) / (east - west)) * boxMm.width,
		((north - lat) / (north - south)) * boxMm.height
	];

/** A round length for the scale: metres, and millimetres on the page. */
export function scaleBar([, south, , north]: Frame): { metres: number; mm: number } {
	const metresPerMm = ((north - south) * 111_320) / boxMm.height;
	const metres =
		[200, 500, 1000, 2000, 5000, 10_000, 20_000].findLast((each) => each / metresPerMm <= 40) ?? 200;
	return { metres, mm: metres / metresPerMm };
}
