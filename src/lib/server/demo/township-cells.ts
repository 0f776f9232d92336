// The sketch (示意): a rough outline of the county and a cell around each of the 21 seats, made from the seats, the
// bounding box and the total area alone. It is not, and is not derived from, any real boundary.
// Invariant: every township is one ring, contains its seat, and shares its borders point for point with its neighbours.
import { fractalNoise } from './noise';
import { distance, toPlane, type PlanePoint } from './plane';
import { bounds, signedAreaM2 } from './polygon';
import { ringsByLabel, soften, traceBorders, type LabelPicture } from './borders';
import { keepOnePiecePerLabel } from './label-picture';
import type { Seat } from './geodata';

/** Degrees: the county's published extent. */
export const EXTENT = { west: 118.376, south: 25.662, east: 119.213, north: 26.076 };
/** Square metres: the county's published area. */
export const COUNTY_AREA_M2 = 2_229e6;

const STEP_M = 150;
const REACH_M = 15_000;

const [WEST, SOUTH] = toPlane([EXTENT.west, EXTENT.south]);
const [EAST, NORTH] = toPlane([EXTENT.east, EXTENT.north]);

/** How deep a place lies in the county: near a seat, and among many, roughened. The outline is one level of it. */
function depth([x, y]: PlanePoint, seats: readonly PlanePoint[]): number {
	const rough: PlanePoint = [
		x + 1900 * fractalNoise(x, y, 13_000, 7, 11),
		y + 1900 * fractalNoise(x, y, 13_000, 7, 12)
	];
	let sum = 0;
	let closest = Infinity;
	for (const seat of seats) {
		const d = distance(rough, seat);
		const t = d / REACH_M;
		if (t < 1) sum += (1 - t * t) * (1 - t * t);
		closest = Math.min(closest, d);
	}
	return 1 - closest / REACH_M + sum / 4;
}

/** Nearest seat after the ground is bent by noise (little near the seats); a town 镇 reaches further than a 乡. */
function nearestSeat([x, y]: PlanePoint, seats: readonly PlanePoint[], reachM: readonly number[]): number {
	const closest = seats.reduce((least, seat) => Math.min(least, distance([x, y], seat)), Infinity);
	const bend = 400 + 1600 * Math.min(1, closest / 5000);
	const bent: PlanePoint = [
		x + bend * fractalNoise(x, y, 7000, 6, 21),
		y + bend * fractalNoise(x, y, 7000, 6, 22)
	];
	let best = 0;
	seats.forEach((seat, i) => {
		const own = distance(bent, seat) - reachM[i]!;
		if (own < distance(bent, seats[best]!) - reachM[best]!) best = i;
	});
	return best;
}

interface Mask {
	level: number;
	toSource(p: PlanePoint): PlanePoint;
}

/** The mask stretched so that its extent is EXTENT. */
function stretched(level: number, raw: { point: PlanePoint; depth: number }[]): Mask & { areaM2: number } {
	const inside = raw.filter((r) => r.depth >= level);
	const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
	for (const { point } of inside) {
		box[0] = Math.min(box[0], point[0]);
		box[1] = Math.min(box[1], point[1]);
		box[2] = Math.max(box[2], point[0]);
		box[3] = Math.max(box[3], point[1]);
	}
	const scaleX = (box[2] - box[0]) / (EAST - WEST);
	const scaleY = (box[3] - box[1]) / (NORTH - SOUTH);
	return {
		level,
		areaM2: (inside.length * STEP_M * STEP_M) / (scaleX * scaleY),
		toSource: ([x, y]) => [box[0] + (x - WEST) * scaleX, box[1] + (y - SOUTH) * scaleY]
	};
}

/** The level whose stretched mask has the given area: the larger the level, the smaller the mask. */
function maskOfArea(areaM2: number, seats: readonly PlanePoint[]): Mask {
	const raw: { point: PlanePoint; depth: number }[] = [];
	for (let y = SOUTH - 9000; y < NORTH + 9000; y += STEP_M) {
		for (let x = WEST - 9000; x < EAST + 9000; x += STEP_M)
			raw.push({ point: [x, y], depth: depth([x, y], seats) });
	}
	let [low, high] = [0.2, 1.5];
	for (let round = 0; round < 24; round++) {
		const level = (low + high) / 2;
		if (stretched(level, raw).areaM2 > areaM2) low = level;
		else high = level;
	}
	return stretched(low, raw);
}

function picture(mask: Mask, seats: readonly PlanePoint[], reachM: readonly number[]): LabelPicture {
	const width = Math.ceil((EAST - WEST) / STEP_M) + 8;
	const height = Math.ceil((NORTH - SOUTH) / STEP_M) + 8;
	const labels = new Uint8Array(width * height);
	for (let row = 1; row < height - 1; row++) {
		for (let col = 1; col < width - 1; col++) {
			const p: PlanePoint = [WEST + (col - 3.5) * STEP_M, SOUTH + (row - 3.5) * STEP_M];
			if (depth(mask.toSource(p), seats) >= mask.level)
				labels[row * width + col] = 1 + nearestSeat(p, seats, reachM);
		}
	}
	return { width, height, labels };
}

export interface SketchRings {
	outline: PlanePoint[];
	/** In the order of the seats. */
	townships: PlanePoint[][];
}

/** Rings on the drawing plane, for a mask of the given area; softening then changes the area by up to 1 %. */
function ringsOf(maskM2: number, seats: readonly PlanePoint[], reachM: readonly number[]): SketchRings {
	const drawn = keepOnePiecePerLabel(picture(maskOfArea(maskM2, seats), seats, reachM));
	const borders = traceBorders(drawn).map((border) => ({ ...border, points: soften(border.points, 5) }));
	const rings = ringsByLabel(borders);
	const outer = rings.get(0)!;
	// What softening took from the outermost bulges is given back, so that the extent is exact.
	const { west, south, east, north } = bounds(outer);
	const place = ([x, y]: PlanePoint): PlanePoint => [
		WEST + ((x - west) * (EAST - WEST)) / (east - west),
		SOUTH + ((y - south) * (NORTH - SOUTH)) / (north - south)
	];
	return {
		outline: outer.map(place).reverse(),
		townships: seats.map((_, i) => rings.get(i + 1)!.map(place))
	};
}

export function sketchRings(seats: readonly Seat[]): SketchRings {
	const points = seats.map((seat) => toPlane(seat.point));
	const reachM = seats.map(({ name }) => (name === '樟城镇' ? -600 : name.endsWith('镇') ? 900 : 0));
	const first = ringsOf(COUNTY_AREA_M2, points, reachM);
	return ringsOf((COUNTY_AREA_M2 * COUNTY_AREA_M2) / signedAreaM2(first.outline), points, reachM);
}
