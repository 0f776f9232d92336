// A made-up county for tests and benchmarks: targets clustered around settlements, townships by nearest seat, cells of
// a square lattice. Everything comes from one seed, so the frame is the same everywhere.

import { sha256 } from '../../src/lib/core/bytes/sha256';
import { stream } from '../../src/lib/core/bytes/stream';
import { makeFrame, type Frame, type FrameRow } from '../../src/lib/core/draw/frame';

export interface ClusteredOptions {
	size: number;
	townships: number;
	/** Metres that coordinates are rounded to. */
	grid: number;
	/** Side of a cell, metres. */
	cellM: number;
	/** One target in so many has weight 3; 0 for none. */
	heavyEvery?: number;
	/** Side of the county, metres. */
	sideM?: number;
}

export function clusteredFrame(options: ClusteredOptions): Frame {
	const { size, townships, grid, cellM, heavyEvery = 0, sideM = 47_000 } = options;
	const { int } = stream(sha256('clustered frame'), 'points');
	const uniform = () => int(2 ** 32) / 2 ** 32;
	const bell = () => uniform() + uniform() + uniform() + uniform() - 2;
	const spot = () => ({ x: uniform() * sideM, y: uniform() * sideM });
	const seats = Array.from({ length: townships }, spot);
	const settlements = Array.from({ length: townships * 15 }, () => ({
		...spot(),
		spread: 300 + 1500 * uniform()
	}));
	const inside = (value: number) => Math.min(sideM, Math.max(0, value));
	const rows: FrameRow[] = [];
	for (let i = 0; i < size; i++) {
		let { x, y } = spot();
		if (int(5) > 0) {
			const centre = settlements[int(settlements.length)]!;
			x = inside(centre.x + bell() * centre.spread);
			y = inside(centre.y + bell() * centre.spread);
		}
		let township = 0;
		seats.forEach((seat, t) => {
			const nearest = seats[township]!;
			if ((seat.x - x) ** 2 + (seat.y - y) ** 2 < (nearest.x - x) ** 2 + (nearest.y - y) ** 2) township = t;
		});
		rows.push({
			id: `T${String(i).padStart(7, '0')}`,
			township: String(350125100 + township),
			cell: `${Math.floor(x / cellM)}-${Math.floor(y / cellM)}`,
			x: Math.floor(x / grid + 0.5) * grid,
			y: Math.floor(y / grid + 0.5) * grid,
			weight: heavyEvery > 0 && i % heavyEvery === 0 ? 3 : 1,
			take: 0,
			salt: ''
		});
	}
	const made = makeFrame(rows);
	if (!made.ok) throw new Error(made.reason);
	return made.frame;
}
