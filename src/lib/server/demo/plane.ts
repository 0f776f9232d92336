// The drawing plane of the demonstration: metres east and north of the county's middle, by fixed factors for its
// latitude. Good to 0.2 % over the county, which is enough to draw with; areas and x_m, y_m are computed on the ellipsoid.
import type { LonLat } from '../../core/model';

/** Metres east and north of 118.79° E, 25.87° N. */
export type PlanePoint = readonly [x: number, y: number];

const ORIGIN: LonLat = [118.79, 25.87];
const M_PER_DEGREE_EAST = 100_240;
const M_PER_DEGREE_NORTH = 110_780;

export const toPlane = ([lon, lat]: LonLat): PlanePoint => [
	(lon - ORIGIN[0]) * M_PER_DEGREE_EAST,
	(lat - ORIGIN[1]) * M_PER_DEGREE_NORTH
];

const rounded = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Degrees to 1e-7, about a centimetre: the precision everything of the demonstration is kept in. */
export const toLonLat = ([x, y]: PlanePoint): LonLat => [
	rounded(ORIGIN[0] + x / M_PER_DEGREE_EAST),
	rounded(ORIGIN[1] + y / M_PER_DEGREE_NORTH)
];

export const distance = (a: PlanePoint, b: PlanePoint): number =>
	Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
