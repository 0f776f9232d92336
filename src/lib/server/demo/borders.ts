// Shared borders of a picture of labels: each border between two labels is traced once, softened once and used by both
// sides, so the polygons made of them have neither gaps nor overlaps.
// Invariant: border ends (where three or four labels meet) never move; corners are those of the picture's squares.
import type { PlanePoint } from './plane';

/** Labels row by row from the south-west; 0 is outside, and the outermost rows and columns are 0. */
export interface LabelPicture {
	width: number;
	height: number;
	labels: Uint8Array;
}

/** A border from its first to its last corner, with the label at its left and at its right hand. */
export interface Border {
	left: number;
	right: number;
	points: PlanePoint[];
}

/** Steps along the lattice: east, north, west, south. */
const STEP = [
	[1, 0],
	[0, 1],
	[-1, 0],
	[0, -1]
] as const;

export function traceBorders({ width, height, labels }: LabelPicture): Border[] {
	const stride = width + 1;
	const label = (col: number, row: number) =>
		col < 0 || row < 0 || col >= width || row >= height ? 0 : labels[row * width + col]!;
	/** Labels left and right of the unit step from corner (x, y). */
	const sides = (x: number, y: number, step: number): [number, number] => {
		if (step === 0) return [label(x, y), label(x, y - 1)];
		if (step === 1) return [label(x - 1, y), label(x, y)];
		if (step === 2) return [label(x - 1, y - 1), label(x - 1, y)];
		return [label(x, y - 1), label(x - 1, y - 1)];
	};
	const exits = (x: number, y: number) =>
		[0, 1, 2, 3].filter((step) => {
			const [left, right] = sides(x, y, step);
			return left !== right;
		});
	const walked = new Set<number>();
	const key = (x: number, y: number, step: number) => (y * stride + x) * 4 + step;

	function walk(startX: number, startY: number, first: number): Border {
		const [left, right] = sides(startX, startY, first);
		const points: PlanePoint[] = [[startX, startY]];
		let [x, y, step] = [startX, startY, first];
		for (;;) {
			walked.add(key(x, y, step));
			x += STEP[step]![0];
			y += STEP[step]![1];
			walked.add(key(x, y, (step + 2) % 4));
			points.push([x, y]);
			const onward = exits(x, y);
			if (onward.length !== 2 || (x === startX && y === startY)) return { left, right, points };
			step = onward.find((next) => next !== (step + 2) % 4)!;
		}
	}

	const borders: Border[] = [];
	for (const nodesOnly of [true, false]) {
		for (let y = 0; y <= height; y++) {
			for (let x = 0; x <= width; x++) {
				const onward = exits(x, y);
				if (nodesOnly && onward.length < 3) continue;
				for (const step of onward) if (!walked.has(key(x, y, step))) borders.push(walk(x, y, step));
			}
		}
	}
	return borders;
}

/** Each inner corner moves to the middle of itself and its neighbours' middle, `rounds` times: stairs become curves. */
export function soften(points: readonly PlanePoint[], rounds: number): PlanePoint[] {
	let line = [...points];
	for (let round = 0; round < rounds; round++) {
		line = line.map((p, i) => {
			const before = line[i - 1];
			const after = line[i + 1];
			if (!before || !after) return p;
			return [(before[0] + 2 * p[0] + after[0]) / 4, (before[1] + 2 * p[1] + after[1]) / 4];
		});
	}
	return line;
}

/** The outer ring of each label (first point not repeated), its borders joined end to end. */
export function ringsByLabel(borders: readonly Border[]): Map<number, PlanePoint[]> {
	const pieces = new Map<number, PlanePoint[][]>();
	const add = (label: number, points: PlanePoint[]) =>
		pieces.set(label, [...(pieces.get(label) ?? []), points]);
	for (const { left, right, points } of borders) {
		add(left, points);
		add(right, [...points].reverse());
	}
	const at = ([x, y]: PlanePoint) => `${x} ${y}`;
	return new Map(
		[...pieces].map(([label, open]) => {
			const ring = [...open.shift()!];
			while (open.length > 0) {
				const next = open.findIndex((piece) => at(piece[0]!) === at(ring.at(-1)!));
				if (next < 0) throw new Error(`label ${label} has more than one ring`);
				ring.push(...open.splice(next, 1)[0]!.slice(1));
			}
			return [label, ring.slice(0, -1)];
		})
	);
}
