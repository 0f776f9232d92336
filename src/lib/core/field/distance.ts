// How far a position lies from a parcel: for who judges whether a photo was taken there.
// On a plane that touches the earth at the position: below 0.1 % of the distance for a few kilometres.

import type { E7, Shape } from './pack';

/** Mean length of a degree of latitude, metres. */
const DEGREE_M = 111_195;

/** Whole metres to the nearest edge; 0 inside it, null when the shape is empty. */
export function distanceToM(at: E7, shape: Shape): number | null {
	const narrow = Math.cos((at[1] / 1e7 / 180) * Math.PI);
	const plane = ([lon, lat]: E7): [number, number] => [
		((lon - at[0]) / 1e7) * DEGREE_M * narrow,
		((lat - at[1]) / 1e7) * DEGREE_M
	];
	let nearest = Infinity;
	for (const rings of shape) {
		const placed = rings.map((ring) => ring.map(plane));
		// Inside the outer ring and in no hole: an odd number of edges to the east of it.
		if (placed.flatMap(edges).filter(crossesEast).length % 2 === 1) return 0;
		for (const [from, to] of placed.flatMap(edges)) nearest = Math.min(nearest, fromOrigin(from, to));
	}
	return Number.isFinite(nearest) ? Math.round(nearest) : null;
}

type Point = [number, number];
type Edge = [Point, Point];
const edges = (ring: readonly Point[]): Edge[] => ring.slice(1).map((to, k) => [ring[k]!, to]);

const crossesEast = ([[x1, y1], [x2, y2]]: Edge): boolean =>
	y1 > 0 !== y2 > 0 && x1 + (-y1 / (y2 - y1)) * (x2 - x1) > 0;

function fromOrigin([x1, y1]: Point, [x2, y2]: Point): number {
	const [dx, dy] = [x2 - x1, y2 - y1];
	const length = dx * dx + dy * dy;
	const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / length));
	const [x, y] = [x1 + along * dx, y1 + along * dy];
	return Math.hypot(x, y);
}
