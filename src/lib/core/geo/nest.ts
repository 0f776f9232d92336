// Rings of one parcel to polygons, by containment and not by their order: a ring inside an even number of others is an
// outline, inside an odd number it is a hole of the smallest outline around it.
// Invariant: every ring is in exactly one polygon. Bound: r² comparisons of boxes, so at most MAX_RINGS are taken.

import type { Ring } from './shape';

export const MAX_RINGS = 2000;

interface Nested {
	ring: Ring;
	area: number;
	box: readonly [west: number, south: number, east: number, north: number];
}

/** @param rings closed, in any plane or in degrees */
export function nestRings(rings: readonly Ring[]): Ring[][] {
	const bySize = rings.map(measured).sort((a, b) => b.area - a.area);
	const polygons = new Map<Nested, Ring[]>();
	bySize.forEach((own, i) => {
		const around = bySize.slice(0, i).filter((other) => contains(other, own));
		const outline = around.length % 2 === 1 ? around.findLast((ring) => polygons.has(ring)) : undefined;
		if (outline) polygons.get(outline)!.push(own.ring);
		else polygons.set(own, [own.ring]);
	});
	// In the order in which they were given, so that an outline that is written and read again is the same.
	const at = new Map(rings.map((ring, i) => [ring, i]));
	const inOrder = (a: Ring, b: Ring) => at.get(a)! - at.get(b)!;
	return [...polygons.values()]
		.map(([outline, ...holes]) => [outline!, ...holes.sort(inOrder)])
		.sort(([a], [b]) => inOrder(a!, b!));
}

function measured(ring: Ring): Nested {
	let area = 0;
	const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	// From the first corner, so that metres with a zone prefix lose no digits.
	const [x0, y0] = [ring[0]!, ring[1]!];
	for (let i = 0; i < ring.length; i += 2) {
		const [x, y] = [ring[i]!, ring[i + 1]!];
		const [px, py] = [ring.at(i - 2)!, ring.at(i - 1)!];
		area += ((px - x0) * (y - y0) - (x - x0) * (py - y0)) / 2;
		box[0] = Math.min(box[0], x);
		box[1] = Math.min(box[1], y);
		box[2] = Math.max(box[2], x);
		box[3] = Math.max(box[3], y);
	}
	return { ring, area: Math.abs(area), box };
}

/** Whether most corners of `inner` that are not on the line of `outer` are inside it. */
function contains(outer: Nested, inner: Nested): boolean {
	if (inner.box[0] < outer.box[0] || inner.box[1] < outer.box[1]) return false;
	if (inner.box[2] > outer.box[2] || inner.box[3] > outer.box[3]) return false;
	let balance = 0;
	for (let i = 0; i + 2 < inner.ring.length; i += 2) {
		balance += side(outer.ring, inner.ring[i]!, inner.ring[i + 1]!);
	}
	return balance > 0;
}

/** 1 inside, −1 outside, 0 on the line. */
function side(ring: Ring, x: number, y: number): number {
	let inside = false;
	for (let i = 0; i + 2 < ring.length; i += 2) {
		const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
		const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
		const between =
			x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
		if (turn === 0 && between) return 0;
		if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside;
	}
	return inside ? 1 : -1;
}
