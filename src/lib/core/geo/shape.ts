// A geometry as imports see it: polygons of flat rings, or lines, or a point, or none of them.
// Invariant: after checkShape every ring is closed, has at least 4 points, and every coordinate is a finite number.

/** x₀, y₀, x₁, y₁, … */
export type Ring = Float64Array;

export interface Shape {
	/** Name as in WKT, upper case, e.g. `POLYGON`, `LINESTRING`. */
	type: string;
	/** Each the outer ring first, then its holes; empty unless the geometry has an area. */
	polygons: Ring[][];
	/** Of a LINESTRING or MULTILINESTRING; each of two points at least. */
	lines: Float64Array[];
	/** The first point of a POINT or MULTIPOINT. */
	point: [number, number] | null;
}

const isClosed = (ring: Ring) => ring[0] === ring[ring.length - 2] && ring[1] === ring[ring.length - 1];

/** Closes open rings; null when a ring or line is too short or a coordinate is not a number. */
export function checkShape(shape: Shape): Shape | null {
	if (shape.point && !shape.point.every(Number.isFinite)) return null;
	if (shape.lines.some((line) => line.length < 4 || !line.every(Number.isFinite))) return null;
	const polygons: Ring[][] = [];
	for (const rings of shape.polygons) {
		const closed: Ring[] = [];
		for (const ring of rings) {
			const whole = isClosed(ring) ? ring : Float64Array.of(...ring, ring[0]!, ring[1]!);
			if (whole.length < 8 || !whole.every(Number.isFinite)) return null;
			closed.push(whole);
		}
		if (closed.length > 0) polygons.push(closed);
	}
	return { ...shape, polygons };
}

/** Applies `move` to every coordinate pair, in place. */
export function moveShape(shape: Shape, move: (x: number, y: number) => readonly [number, number]): void {
	if (shape.point) shape.point = [...move(...shape.point)];
	for (const line of [...shape.polygons.flat(), ...shape.lines]) {
		for (let i = 0; i < line.length; i += 2) {
			const [x, y] = move(line[i]!, line[i + 1]!);
			line[i] = x;
			line[i + 1] = y;
		}
	}
}

/** North and east exchanged, in place. */
export const exchangeAxes = (shape: Shape): void => moveShape(shape, (x, y) => [y, x]);
