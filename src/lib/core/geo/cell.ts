// Where a representative point lies: its H3 cell at resolution 9 and its whole metres in the county's plane.
// Invariant: both come from the unrounded point (protocol §2); coarser cells are parents of this one.

import { latLngToCell } from 'h3-js';
import type { LonLat } from '../model';
import { toPlane } from './zone';

const STORED_RESOLUTION = 9;

export const cellOf = ([lon, lat]: LonLat) => latLngToCell(lat, lon, STORED_RESOLUTION);

/** East and north, whole metres, halves up. */
export function wholeMetres(point: LonLat, centralMeridian: number): { xM: number; yM: number } {
	const { x, y } = toPlane(point, centralMeridian);
	return { xM: Math.floor(x + 0.5), yM: Math.floor(y + 0.5) };
}
