// A synthetic net of valleys: trunks that join the seats (their shortest spanning tree, made crooked) and side valleys
// that climb from them. Roads and parcels follow it, mines keep away from it. No real river is copied.
import { soften } from './borders';
import { distance, type PlanePoint } from './plane';
import { random, type Random } from './random';

export interface Valley {
	/** From the mouth upwards, about every 100 m. */
	points: PlanePoint[];
	/** Metres of flat ground on either side. */
	floorM: number;
}

/** A place in a valley and the direction the valley runs there (unit vector). */
export interface ValleyPlace {
	point: PlanePoint;
	along: readonly [number, number];
	floorM: number;
}

/** Edges of the shortest tree over the points (Prim 1957). */
function spanningTree(points: readonly PlanePoint[]): [number, number][] {
	const edges: [number, number][] = [];
	const joined = new Set([0]);
	while (joined.size < points.length) {
		let best: [from: number, to: number, d: number] = [0, 0, Infinity];
		for (const from of joined) {
			points.forEach((p, to) => {
				const d = distance(points[from]!, p);
				if (!joined.has(to) && d < best[2]) best = [from, to, d];
			});
		}
		edges.push([best[0], best[1]]);
		joined.add(best[1]);
	}
	return edges;
}

/** Midpoints thrown aside by up to `crook` of the length, again and again, then softened. */
function crooked(from: PlanePoint, to: PlanePoint, crook: number, rng: Random): PlanePoint[] {
	let line: PlanePoint[] = [from, to];
	while (distance(from, to) / (line.length - 1) > 130) {
		line = line.flatMap((a, i): PlanePoint[] => {
			const b = line[i + 1];
			if (!b) return [a];
			const aside = rng.between(-crook, crook);
			const middle: PlanePoint = [
				(a[0] + b[0]) / 2 - (b[1] - a[1]) * aside,
				(a[1] + b[1]) / 2 + (b[0] - a[0]) * aside
			];
			return [a, middle];
		});
	}
	return soften(line, 6);
}

export function makeValleys(seats: readonly PlanePoint[]): Valley[] {
	const rng = random('valleys');
	const trunks = spanningTree(seats).map(([a, b]) => ({
		points: crooked(seats[a]!, seats[b]!, 0.24, rng),
		floorM: rng.between(220, 420)
	}));
	const branches: Valley[] = [];
	const branchFrom = (parent: Valley, everyM: number, lengthM: number) => {
		let left = 1;
		const count = Math.round((parent.points.length * 110) / everyM);
		for (let i = 0; i < count; i++) {
			const at = 3 + rng.int(Math.max(1, parent.points.length - 6));
			const mouth = parent.points[at]!;
			const { along } = placeAt(parent, at);
			left = -left;
			const lean = rng.between(-0.6, 0.6);
			const reach = lengthM * rng.between(0.5, 1.4);
			const head: PlanePoint = [
				mouth[0] + reach * (-left * along[1] + lean * along[0]),
				mouth[1] + reach * (left * along[0] + lean * along[1])
			];
			branches.push({ points: crooked(mouth, head, 0.2, rng), floorM: rng.between(80, 180) });
		}
	};
	for (const trunk of trunks) branchFrom(trunk, 3200, 3000);
	for (const branch of [...branches]) branchFrom(branch, 3600, 1200);
	return [...trunks, ...branches];
}

export function placeAt({ points, floorM }: Valley, at: number): ValleyPlace {
	const a = points[Math.max(0, at - 1)]!;
	const b = points[Math.min(points.length - 1, at + 1)]!;
	const length = distance(a, b) || 1;
	return { point: points[at]!, along: [(b[0] - a[0]) / length, (b[1] - a[1]) / length], floorM };
}

export const allPlaces = (valleys: readonly Valley[]): ValleyPlace[] =>
	valleys.flatMap((valley) => valley.points.map((_, at) => placeAt(valley, at)));

/** The place of a valley nearest to a point, and how far it is. */
export function nearestPlace(
	places: readonly ValleyPlace[],
	p: PlanePoint
): ValleyPlace & { distanceM: number } {
	let best = places[0]!;
	let least = Infinity;
	for (const place of places) {
		const d = distance(place.point, p);
		if (d < least) [best, least] = [place, d];
	}
	return { ...best, distanceM: least };
}
