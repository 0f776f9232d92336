// The H3 resolution to suggest for a plan: the finest at which a township's part of a cell can still expect enough
// draws, since a part is guaranteed one only when its share reaches 1. Squares of a cell's mean area stand in for the
// cells, so that every resolution can be weighed from the frame's plane coordinates alone.
// Invariant: more draws never suggest a coarser resolution.

/** Mean area of an H3 cell at resolution 0, m² (h3geo.org, table of cell statistics); each step divides it by 7. */
const AREA_M2 = 4_357_449_416_078;

export interface ResolutionBounds {
	/** Draws that a non-empty part should expect on average. */
	drawsPerPart: number;
	/** Resolution 6 (36 km² a cell) by default: coarser, a cell is as large as a township and spreads nothing. */
	coarsest: number;
	finest: number;
}

/** The columns of a frame: township as a small integer, metres east and north. */
export interface Located {
	readonly townshipOf: ArrayLike<number>;
	readonly x: ArrayLike<number>;
	readonly y: ArrayLike<number>;
}

/** About 0.1 µs a target and resolution; stops at the first resolution with too many parts. */
export function suggestedResolution(
	located: Located,
	sampleSize: number,
	{ drawsPerPart, coarsest, finest }: ResolutionBounds = { drawsPerPart: 1.5, coarsest: 6, finest: 9 }
): number {
	const most = sampleSize / drawsPerPart;
	let resolution = coarsest;
	while (resolution < finest && partCount(located, Math.sqrt(AREA_M2 / 7 ** (resolution + 1)), most) <= most)
		resolution++;
	return resolution;
}

/** Non-empty township × square parts; counting ends once there are more than `most`. */
function partCount({ townshipOf, x, y }: Located, sideM: number, most: number): number {
	const parts = new Set<string>();
	for (let i = 0; i < x.length && parts.size <= most; i++)
		parts.add(`${townshipOf[i]} ${Math.floor(x[i]! / sideM)} ${Math.floor(y[i]! / sideM)}`);
	return parts.size;
}
