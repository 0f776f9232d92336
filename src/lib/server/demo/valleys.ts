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

function placeAt({ points, floorM }: Valley, at: number): ValleyPlace {
	const a = points[Math.max(0, at - 1)]!;
	const b = points[Math.min(points.length - 1, at + 1)]!;
	const length = distance(a, b) || 1;
	return { point: points[at]!, along: [(b[0] - a[0]) / length, (b[1] - a[1]) / length], floorM };
}

export interface Nearest extends ValleyPlace {
	distanceM: number;
}

const SQUARE_M = 1000;

/** Places of all valleys, looked up by kilometre squares. */
export class Places {
	readonly all: ValleyPlace[];
	private readonly squares = new Map<string, ValleyPlace[]>();

	constructor(valleys: readonly Valley[]) {
		this.all = valleys.flatMap((valley) => valley.points.map((_, at) => placeAt(valley, at)));
		for (const place of this.all) {
			const key = `${Math.floor(place.point[0] / SQUARE_M)} ${Math.floor(place.point[1] / SQUARE_M)}`;
			const square = this.squares.get(key);
			if (square) square.push(place);
			else this.squares.set(key, [place]);
		}
	}

	/** The place nearest to a point within 20 km: squares are searched ring by ring until none nearer can follow. */
	nearest(p: PlanePoint): Nearest {
		const col = Math.floor(p[0] / SQUARE_M);
		const row = Math.floor(p[1] / SQUARE_M);
		let best: Nearest | undefined;
		for (let reach = 0; reach <= 20 && !(best && best.distanceM <= (reach - 1) * SQUARE_M); reach++) {
			for (let i = -reach; i <= reach; i++) {
				const step = i === -reach || i === reach ? 1 : Math.max(1, 2 * reach);
				for (let j = -reach; j <= reach; j += step) {
					for (const place of this.squares.get(`${col + i} ${row + j}`) ?? []) {
						const distanceM = distance(place.point, p);
						if (!best || distanceM < best.distanceM) best = { ...place, distanceM };
					}
				}
			}
		}
		if (!best) throw new Error('no valley within 20 km');
		return best;
	}
}
