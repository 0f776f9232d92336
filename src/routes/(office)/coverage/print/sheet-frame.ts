// The map's box on the sheet, and degrees to millimetres in it. East and north are scaled as at the middle of the frame.
import type { LonLat } from '$lib/core/model';

/** Millimetres. */
export const boxMm = { width: 252, height: 182 };

export type Frame = readonly [west: number, south: number, east: number, north: number];

/** `bounds` with some room around, in the shape of the box. */
export function sheetFrame([west, south, east, north]: Frame): Frame {
	const middle = [(west + east) / 2, (south + north) / 2] as const;
	const narrow = Math.cos((middle[1] * Math.PI) / 180);
	const high = Math.max((north - south) * 1.12, ((east - west) * 1.1 * narrow * boxMm.height) / boxMm.width);
	const wide = (high * boxMm.width) / boxMm.height / narrow;
	return [middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2];
}

export const onSheet =
	([west, south, east, north]: Frame) =>
	([lon, lat]: LonLat): readonly [number, number] => [
		((lon - west) / (east - west)) * boxMm.width,
		((north - lat) / (north - south)) * boxMm.height
	];

/** A round length for the scale: metres, and millimetres on the sheet. */
export function sheetScale([, south, , north]: Frame): { metres: number; mm: number } {
	const metresPerMm = ((north - south) * 111_320) / boxMm.height;
	const metres = [500, 1000, 2000, 5000, 10_000, 20_000].findLast((each) => each / metresPerMm <= 45) ?? 500;
	return { metres, mm: metres / metresPerMm };
}
