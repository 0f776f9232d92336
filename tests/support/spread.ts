// How evenly a sample lies (Stevens & Olsen 2004): each target belongs to the drawn target nearest to it, and the
// chances collected by a drawn target, v, would all be 1 in a perfectly spread sample. ζ = mean of (v − 1)².

import type { Stream } from '../../src/lib/core/bytes/stream';
import type { Frame } from '../../src/lib/core/draw/frame';
import { M } from '../../src/lib/core/draw/masses';
import { Neighbours } from '../../src/lib/core/draw/neighbours';

/** ζ of the rows `drawn`; a target as near to several drawn ones is shared equally. */
export function balance(frame: Frame, mass: Int32Array, drawn: readonly number[]): number {
	const tree = new Neighbours(drawn.length);
	tree.load(drawn, drawn.length, frame.x, frame.y);
	const v = new Float64Array(drawn.length);
	for (let row = 0; row < frame.size; row++) {
		const count = tree.nearestTo(frame.x[row]!, frame.y[row]!);
		for (let k = 0; k < count; k++) v[tree.found[k]!]! += mass[row]! / M / count;
	}
	return v.reduce((sum, chances) => sum + (chances - 1) ** 2, 0) / v.length;
}

/**
 * Stratified random sampling with the same chances: in each township random systematic sampling over rows in random
 * order, which has exactly these chances and the floor or ceiling of the township's share.
 */
export function stratifiedRandom(frame: Frame, mass: Int32Array, { int }: Stream): number[] {
	const rows = frame.townships.map((): number[] => []);
	for (let row = 0; row < frame.size; row++) rows[frame.townshipOf[row]!]!.push(row);
	// One start for the whole county: townships follow one another, so the size is fixed as well.
	let at = int(M);
	const drawn: number[] = [];
	for (const township of rows) {
		for (let k = township.length - 1; k > 0; k--) {
			const other = int(k + 1);
			[township[k], township[other]] = [township[other]!, township[k]!];
		}
		for (const row of township) {
			at += mass[row]!;
			if (at >= M) {
				at -= M;
				drawn.push(row);
			}
		}
	}
	return drawn;
}
