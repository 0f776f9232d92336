// The draw of protocol §6 once more, as plainly as it can be written: full scans over arrays, numbers as BigInt, a
// library's SHA-256. It shares nothing with the code under test but the frame and the masses.
// `pivot` can be replaced by a wrong one, to show that the tests would notice.

import { createHash } from 'node:crypto';
import type { FrameRow } from '../../src/lib/core/draw/frame';

const M = 2 ** 30;

export type Int = (m: number) => number;
export type BrutePivot = (a: number, b: number, int: Int) => [number, number];

export const rightPivot: BrutePivot = (a, b, int) => {
	const s = a + b;
	if (s <= M) return int(s) < a ? [s, 0] : [0, s];
	return int(2 * M - s) < M - b ? [M, s - M] : [s - M, M];
};

export function bruteStream(seed: Uint8Array, label: string): Int {
	const words: number[] = [];
	let block = 0n;
	const word = () => {
		if (words.length === 0) {
			const counter = Buffer.alloc(8);
			counter.writeBigUInt64BE(block++);
			const zero = Buffer.alloc(1);
			const digest = createHash('sha256')
				.update(seed)
				.update(zero)
				.update(label)
				.update(zero)
				.update(counter)
				.digest();
			for (let k = 0; k < 8; k++) words.push(digest.readUInt32BE(4 * k));
		}
		return BigInt(words.shift()!);
	};
	return (m) => {
		if (m === 1) return 0;
		const all = 1n << 32n;
		let w = word();
		while (w >= all - (all % BigInt(m))) w = word();
		return Number(w % BigInt(m));
	};
}

interface Unit {
	row: FrameRow;
	/** Frame order. */
	order: number;
	a: number;
}

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Ids drawn, in frame order. `massOf` gives a_i by id. */
export function bruteDraw(
	rows: readonly FrameRow[],
	massOf: (id: string) => number,
	seed: Uint8Array,
	pivot: BrutePivot = rightPivot
): string[] {
	const units: Unit[] = [...rows]
		.sort((p, q) => bytes(p.id, q.id))
		.map((row, order) => ({ row, order, a: massOf(row.id) }));
	const undecided = ({ a }: Unit) => a > 0 && a < M;

	function lpm2(group: Unit[], int: Int): Unit[] {
		const alive = group.filter(undecided);
		const settle = (unit: Unit) => {
			if (undecided(unit)) return;
			const last = alive.pop()!;
			if (last !== unit) alive[alive.indexOf(unit)] = last;
		};
		while (alive.length > 1) {
			const i = alive[int(alive.length)]!;
			const distance = ({ row }: Unit) => (row.x - i.row.x) ** 2 + (row.y - i.row.y) ** 2;
			const others = alive.filter((unit) => unit !== i);
			const least = Math.min(...others.map(distance));
			const ties = others.filter((unit) => distance(unit) === least).sort((p, q) => p.order - q.order);
			const j = ties[ties.length === 1 ? 0 : int(ties.length)]!;
			[i.a, j.a] = pivot(i.a, j.a, int);
			settle(i);
			settle(j);
		}
		return alive;
	}

	const codes = (list: Unit[], field: 'township' | 'cell') =>
		[...new Set(list.map(({ row }) => row[field]))].sort(bytes);
	const county: Unit[] = [];
	for (const township of codes(units, 'township')) {
		const int = bruteStream(seed, `township/${township}`);
		const here = units.filter(({ row }) => row.township === township);
		const left = codes(here, 'cell').flatMap((cell) =>
			lpm2(
				here.filter(({ row }) => row.cell === cell),
				int
			)
		);
		county.push(...lpm2(left, int));
	}
	lpm2(county, bruteStream(seed, 'county'));
	return units.filter(({ a }) => a === M).map(({ row }) => row.id);
}
