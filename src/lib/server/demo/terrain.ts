// The ground of the demonstration, made once: townships, seats and valleys on the drawing plane.
import type { Seat, SketchTownship } from './geodata';
import { distance, toPlane, type PlanePoint } from './plane';
import { bounds, contains, type Ring } from './polygon';
import { random } from './random';
import { Places, makeValleys, type ValleyPlace } from './valleys';

export interface Township {
	code: string;
	name: string;
	ring: Ring;
	seat: PlanePoint;
	/** Places of the valleys inside it. */
	places: ValleyPlace[];
}

export interface Terrain {
	townships: Township[];
	places: Places;
	townshipAt(p: PlanePoint): Township | undefined;
}

/** Places without a seat that a valley reaches all the same, at least 4.5 km from each other and from any seat. */
function uplands(seats: readonly PlanePoint[], townships: readonly Ring[]): PlanePoint[] {
	const rng = random('uplands');
	const box = bounds(townships.flat());
	const found: PlanePoint[] = [];
	for (let tries = 0; tries < 1500; tries++) {
		const p: PlanePoint = [rng.between(box.west, box.east), rng.between(box.south, box.north)];
		if ([...seats, ...found].some((other) => distance(other, p) < 4500)) continue;
		if (townships.some((ring) => contains(ring, p))) found.push(p);
	}
	return found;
}

export function makeTerrain(seats: readonly Seat[], sketch: readonly SketchTownship[]): Terrain {
	const points = seats.map((seat) => toPlane(seat.point));
	const outline = sketch.map(({ ring }) => ring.slice(0, -1).map(toPlane));
	const hamlets = uplands(points, outline);
	const places = new Places(makeValleys([...points, ...hamlets]));
	const townships = sketch.map(({ code, name }, i) => {
		const plane = outline[i]!;
		const seat = points[seats.findIndex((s) => s.code === code)]!;
		return {
			code,
			name,
			ring: plane,
			seat,
			places: places.all.filter(({ point }) => contains(plane, point))
		};
	});
	return { townships, places, townshipAt: (p) => townships.find(({ ring }) => contains(ring, p)) };
}
