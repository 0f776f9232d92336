// Mining rights (shapes only): clusters on the hills, away from the valleys; polygons of 4–12 corners, 0.5–300 ha.
// Invariant: a mining right lies wholly inside one township and overlaps no other target.
import { fractalNoise } from './noise';
import { distance, type PlanePoint } from './plane';
import { bounds, contains, isSimple, signedAreaM2, type Ground, type Ring } from './polygon';
import { random, type Random } from './random';
import type { Terrain, Township } from './terrain';

export interface MineShape {
	township: Township;
	ring: Ring;
	/** Rights of a cluster share a deposit. */
	cluster: number;
	/** Metres above the sea at its middle. */
	surfaceM: number;
}

const CLUSTERS = 46;
/** No mine's middle is nearer to a valley's middle than this. */
const CLEAR_OF_VALLEY_M = 450;

/** Corners round a middle at uneven distances, stretched along one direction, then scaled to the area. */
function pit(centre: PlanePoint, areaM2: number, rng: Random): Ring | null {
	const count = 4 + rng.int(9);
	const [ax, ay] = rng.direction();
	const stretch = rng.between(1, 2.2);
	const cornersInOrder = Array.from({ length: count }, () => rng.direction()).sort(
		(a, b) => turn(a) - turn(b)
	);
	const raw = cornersInOrder.map(([x, y]): PlanePoint => {
		const reach = rng.between(0.7, 1.15);
		const along = (x * ax + y * ay) * stretch * reach;
		const across = (y * ax - x * ay) * reach;
		return [along * ax - across * ay, along * ay + across * ax];
	});
	const area = signedAreaM2(raw);
	if (area < 0.8 || !isSimple(raw) || raw.some((p, i) => isSpike(raw.at(i - 1)!, p, raw[(i + 1) % count]!)))
		return null;
	const scale = Math.sqrt(areaM2 / area);
	return raw.map(([x, y]) => [centre[0] + x * scale, centre[1] + y * scale]);
}

/** A corner under 35° or a side that is next to nothing: surveyors do not set such corners. */
function isSpike(before: PlanePoint, p: PlanePoint, after: PlanePoint): boolean {
	const sides = distance(before, p) * distance(p, after);
	const dot = (before[0] - p[0]) * (after[0] - p[0]) + (before[1] - p[1]) * (after[1] - p[1]);
	return distance(p, after) < 0.2 || dot > 0.82 * sides;
}

/** Order of directions counter-clockwise from the east, 0–4, without arctangents. */
function turn([x, y]: readonly [number, number]): number {
	if (y >= 0) return x >= 0 ? y / (x + y) : 1 - x / (y - x);
	return x < 0 ? 2 + y / (x + y) : 3 + x / (x - y);
}

/** Height of the demonstration's hills: they rise from the valleys. Metres. */
const surfaceM = (p: PlanePoint, valleyM: number) =>
	Math.round(120 + 0.22 * Math.min(valleyM, 3000) + 110 * (1 + fractalNoise(p[0], p[1], 9000, 4, 41)));

interface Deposit {
	point: PlanePoint;
	cluster: number;
}

/** Middles of the clusters, one in each township that has a hill for it, the rest anywhere; each with its richness. */
function deposits(terrain: Terrain, rng: Random): (readonly [Deposit, number])[] {
	const found: (readonly [Deposit, number])[] = [];
	const seek = (rings: readonly Ring[], tries: number) => {
		const { west, south, east, north } = bounds(rings.flat());
		for (let i = 0; i < tries; i++) {
			const point: PlanePoint = [rng.between(west, east), rng.between(south, north)];
			if (!rings.some((ring) => contains(ring, point))) continue;
			if (terrain.places.nearest(point).distanceM < 1.6 * CLEAR_OF_VALLEY_M) continue;
			if (found.some(([other]) => distance(other.point, point) < 2200)) continue;
			if (terrain.townships.some(({ seat }) => distance(seat, point) < 2500)) continue;
			found.push([{ point, cluster: found.length + 1 }, rng.lognormal(1, 0.5)]);
			return;
		}
	};
	for (const { ring } of terrain.townships) seek([ring], 400);
	while (found.length < CLUSTERS) {
		seek(
			terrain.townships.map(({ ring }) => ring),
			10_000
		);
	}
	return found;
}

export function makeMines(count: number, terrain: Terrain, ground: Ground): MineShape[] {
	const rng = random('mines');
	const weighted = deposits(terrain, rng);
	const mines: MineShape[] = [];
	while (mines.length < count) {
		const { point: middle, cluster } = rng.weighted(weighted);
		const spot: PlanePoint = [middle[0] + 800 * rng.normal(), middle[1] + 800 * rng.normal()];
		const township = terrain.townshipAt(spot);
		const areaM2 = rng.lognormal(110_000, 1.25);
		if (!township || areaM2 < 5_000 || areaM2 > 3_000_000) continue;
		const valleyM = terrain.places.nearest(spot).distanceM;
		const ring = pit(spot, areaM2, rng);
		if (!ring || valleyM < CLEAR_OF_VALLEY_M || !ring.every((p) => contains(township.ring, p))) continue;
		if (terrain.townships.some(({ seat }) => distance(seat, spot) < 1500) || !ground.isFree(ring)) continue;
		ground.take(ring);
		mines.push({ township, ring, cluster, surfaceM: surfaceM(spot, valleyM) });
	}
	return mines;
}
