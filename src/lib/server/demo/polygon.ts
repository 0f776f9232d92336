// Simple polygons on the drawing plane: a ring is its corners in order, the first not repeated at the end.
import type { PlanePoint } from './plane';

export type Ring = readonly PlanePoint[];

/** Positive when the corners run counter-clockwise. Square metres. */
export function signedAreaM2(ring: Ring): number {
	let twice = 0;
	ring.forEach(([x, y], i) => {
		const [nextX, nextY] = ring[(i + 1) % ring.length]!;
		twice += x * nextY - nextX * y;
	});
	return twice / 2;
}

export function contains(ring: Ring, [x, y]: PlanePoint): boolean {
	let inside = false;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const [xi, yi] = ring[i]!;
		const [xj, yj] = ring[j]!;
		if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
	}
	return inside;
}

const side = (a: PlanePoint, b: PlanePoint, p: PlanePoint) =>
	Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));

const cross = (a: PlanePoint, b: PlanePoint, c: PlanePoint, d: PlanePoint) =>
	side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** Whether two simple polygons share any area. */
function overlap(one: Ring, other: Ring): boolean {
	for (let i = 0; i < one.length; i++) {
		for (let j = 0; j < other.length; j++) {
			if (cross(one[i]!, one[(i + 1) % one.length]!, other[j]!, other[(j + 1) % other.length]!)) return true;
		}
	}
	return contains(other, one[0]!) || contains(one, other[0]!);
}

/** No two edges cross. */
export function isSimple(ring: Ring): boolean {
	for (let i = 0; i < ring.length; i++) {
		for (let j = i + 2; j < ring.length; j++) {
			if (i === 0 && j === ring.length - 1) continue;
			if (cross(ring[i]!, ring[i + 1]!, ring[j]!, ring[(j + 1) % ring.length]!)) return false;
		}
	}
	return true;
}

export function bounds(ring: Ring): { west: number; south: number; east: number; north: number } {
	const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
	for (const [x, y] of ring) {
		box.west = Math.min(box.west, x);
		box.east = Math.max(box.east, x);
		box.south = Math.min(box.south, y);
		box.north = Math.max(box.north, y);
	}
	return box;
}

/** Ground already given away, looked up by 500 m squares, so that no two targets of the demonstration overlap. */
export class Ground {
	private readonly squares = new Map<string, Ring[]>();

	private keys(ring: Ring): string[] {
		const { west, south, east, north } = bounds(ring);
		const keys: string[] = [];
		for (let i = Math.floor(west / 500); i <= Math.floor(east / 500); i++) {
			for (let j = Math.floor(south / 500); j <= Math.floor(north / 500); j++) keys.push(`${i} ${j}`);
		}
		return keys;
	}

	isFree(ring: Ring): boolean {
		return this.keys(ring).every((key) => !this.squares.get(key)?.some((taken) => overlap(ring, taken)));
	}

	take(ring: Ring): void {
		for (const key of this.keys(ring)) this.squares.set(key, [...(this.squares.get(key) ?? []), ring]);
	}
}
