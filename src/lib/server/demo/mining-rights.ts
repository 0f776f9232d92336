// Mining rights (shapes only): clusters on the hills, away from the valleys; polygons of 4–12 corners, 0.5–300 ha.
// Invariant: a mining right lies wholly inside one township and overlaps no other target.
import { fractalNoise } from './noise';
import { distance, type PlanePoint } from './plane';
import { bounds, contains, isSimple, signedAreaM2, type Ground, type Ring } from './polygon';
import { random, type Random } from './random';
import type { Terrain, Township } from './terrain';
import { nearestPlace } from './valleys';

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
	if (area < 0.8 || !isSimple(raw) || raw.some((p, i) => distance(p, raw[(i + 1) % count]!) < 0.25))
		return null;
	const scale = Math.sqrt(areaM2 / area);
	return raw.map(([x, y]) => [centre[0] + x * scale, centre[1] + y * scale]);
}

/** Order of directions counter-clockwise from the east, 0–4, without arctangents. */
function turn([x, y]: readonly [number, number]): number {
	if (y >= 0) return x >= 0 ? y / (x + y) : 1 - x / (y - x);
	return x < 0 ? 2 + y / (x + y) : 3 + x / (x - y);
}

/** Height of the demonstration's hills: they rise from the valleys. Metres. */
export const surfaceM = (p: PlanePoint, valleyM: number) =>
	Math.round(120 + 0.22 * Math.min(valleyM, 3000) + 110 * (1 + fractalNoise(p[0], p[1], 9000, 4, 41)));

export function makeMines(count: number, terrain: Terrain, ground: Ground): MineShape[] {
	const rng = random('mines');
	const box = bounds(terrain.townships.flatMap(({ ring }) => [...ring]));
	const centres: { point: PlanePoint; weight: number }[] = [];
	while (centres.length < CLUSTERS) {
		const point: PlanePoint = [rng.between(box.west, box.east), rng.between(box.south, box.north)];
		if (!terrain.townshipAt(point) || nearestPlace(terrain.places, point).distanceM < 2 * CLEAR_OF_VALLEY_M)
			continue;
		if (centres.some((c) => distance(c.point, point) < 2200)) continue;
		centres.push({ point, weight: rng.lognormal(1, 0.6) });
	}
	const weighted = centres.map(({ point, weight }, i) => [{ point, cluster: i + 1 }, weight] as const);
	const mines: MineShape[] = [];
	while (mines.length < count) {
		const { point: middle, cluster } = rng.weighted(weighted);
		const spot: PlanePoint = [middle[0] + 800 * rng.normal(), middle[1] + 800 * rng.normal()];
		const township = terrain.townshipAt(spot);
		const areaM2 = rng.lognormal(110_000, 1.25);
		if (!township || areaM2 < 5_000 || areaM2 > 3_000_000) continue;
		const valleyM = nearestPlace(terrain.places, spot).distanceM;
		const ring = pit(spot, areaM2, rng);
		if (!ring || valleyM < CLEAR_OF_VALLEY_M || !ring.every((p) => contains(township.ring, p))) continue;
		if (!ground.isFree(ring)) continue;
		ground.take(ring);
		mines.push({ township, ring, cluster, surfaceM: surfaceM(spot, valleyM) });
	}
	return mines;
}
