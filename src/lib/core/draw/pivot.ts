// The pivotal method (Deville & Tillé 1998) in its spatially balanced form, local pivotal method 2 (Grafström,
// Lundström & Schelin 2012): neighbours fight for their chance, so near ones are seldom both drawn.
// Invariant: a pivot keeps Σ mass and every expectation: E[mass] after = mass before; at least one of two is decided.

import type { Stream } from '../bytes/stream';
import { M } from './masses';
import { Neighbours } from './neighbours';

/** Masses of i and j after the fight: one of them becomes 0 or M. Both must be undecided. */
function pivot(mass: Int32Array, i: number, j: number, stream: Stream): void {
	const a = mass[i]!;
	const b = mass[j]!;
	const sum = a + b;
	if (sum <= M) {
		const wins = stream.below(a, sum);
		mass[i] = wins ? sum : 0;
		mass[j] = wins ? 0 : sum;
	} else {
		const wins = stream.below(M - b, 2 * M - sum);
		mass[i] = wins ? M : sum - M;
		mass[j] = wins ? sum - M : M;
	}
}

/**
 * lpm2 over groups of rows, one after the other: decides all of a group but at most one and returns that row, or −1.
 * `mass` is changed in place. A group is `rows` from `start` to `end`, in the order given.
 */
export function lpm2(x: Float64Array, y: Float64Array, mass: Int32Array, capacity: number) {
	const tree = new Neighbours(capacity);
	const group = new Int32Array(capacity);
	const alive = new Int32Array(capacity);
	const place = new Int32Array(capacity);

	return (rows: ArrayLike<number>, start: number, end: number, stream: Stream): number => {
		let count = 0;
		for (let at = start; at < end; at++) {
			const row = rows[at]!;
			if (mass[row]! > 0 && mass[row]! < M) group[count++] = row;
		}
		if (count < 2) return count === 1 ? group[0]! : -1;
		tree.load(group, count, x, y);
		for (let i = 0; i < count; i++) alive[i] = place[i] = i;

		const settle = (i: number) => {
			const left = mass[group[i]!]!;
			if (left > 0 && left < M) return;
			const last = alive[--count]!;
			alive[place[i]!] = last;
			place[last] = place[i]!;
			tree.remove(i);
		};
		while (count > 1) {
			const i = alive[stream.int(count)]!;
			const ties = tree.nearest(i);
			const j = tree.pick(stream.int(ties), ties);
			pivot(mass, group[i]!, group[j]!, stream);
			settle(i);
			settle(j);
		}
		return count === 1 ? group[alive[0]!]! : -1;
	};
}
