// Douglas–Peucker on a hand-drawn ring, until it is short enough for a URL. The first point stays.
type Position = [lon: number, lat: number];

/** A closed ring of at most `most` points; the tolerance doubles from a pixel's width until that holds. */
export function simplifyRing(ring: readonly Position[], pixelDegrees: number, most = 240): Position[] {
	let tolerance = pixelDegrees;
	let result = simplify(ring, tolerance);
	while (result.length > most) result = simplify(ring, (tolerance *= 2));
	return result.length >= 4 ? result : [...ring];
}

function simplify(points: readonly Position[], tolerance: number): Position[] {
	const keep = new Uint8Array(points.length);
	keep[0] = keep[points.length - 1] = 1;
	const open: [number, number][] = [[0, points.length - 1]];
	for (let span = open.pop(); span; span = open.pop()) {
		const [from, to] = span;
		let furthest = -1;
		let distance = tolerance;
		for (let k = from + 1; k < to; k++) {
			const d = distanceToSegment(points[k] as Position, points[from] as Position, points[to] as Position);
			if (d > distance) [furthest, distance] = [k, d];
		}
		if (furthest < 0) continue;
		keep[furthest] = 1;
		open.push([from, furthest], [furthest, to]);
	}
	return points.filter((_, k) => keep[k] === 1);
}

function distanceToSegment([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
	const [dx, dy] = [bx - ax, by - ay];
	const length2 = dx * dx + dy * dy;
	const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
	return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
