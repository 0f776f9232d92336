// Substitutes 递补 (protocol, §6): for each drawn target an ordered list of undrawn ones of its township, close ones
// first, shuffled by the seed in blocks of eight so that nobody can aim for a neighbour. Invariant: the lists are
// disjoint and fixed by the seed; round by round, each drawn target in serial order takes its first free candidate.

import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import type { Frame } from './frame';
import { Neighbours } from './neighbours';

const BLOCK = 8;
/** Beyond this many candidates sorting the whole township is cheaper than searching the tree. */
const SEARCHED = 256;

/**
 * Substitutes of each drawn row, in the order of `drawn`. `drawn` holds rows in serial order; a list is shorter than
 * `wanted` when the township has no one left.
 */
export function substitutesOf(
	frame: Frame,
	drawn: readonly number[],
	seed: Uint8Array,
	wanted: number
): number[][] {
	const lists = drawn.map((): number[] => []);
	if (wanted === 0) return lists;
	const isDrawn = new Uint8Array(frame.size);
	for (const row of drawn) isDrawn[row] = 1;
	const undrawn = frame.townships.map((): number[] => []);
	for (let row = 0; row < frame.size; row++) if (!isDrawn[row]) undrawn[frame.townshipOf[row]!]!.push(row);
	const places = frame.townships.map((): number[] => []);
	drawn.forEach((row, k) => places[frame.townshipOf[row]!]!.push(k));

	const tree = new Neighbours(undrawn.reduce((most, rows) => Math.max(most, rows.length), 0));
	const taken = new Uint8Array(frame.size);
	undrawn.forEach((rows, t) => {
		tree.load(rows, rows.length, frame.x, frame.y);
		const queues = places[t]!.map((k) => candidates(frame, drawn[k]!, rows, tree, seed));
		let free = rows.length;
		for (let round = 0; round < wanted && free > 0; round++) {
			places[t]!.forEach((k, q) => {
				if (free === 0) return;
				let next = queues[q]!.next();
				while (!next.done && taken[next.value]) next = queues[q]!.next();
				if (next.done) return;
				taken[next.value] = 1;
				free--;
				lists[k]!.push(next.value);
			});
		}
	});
	return lists;
}

/** Candidates of one drawn row in order, found as far as they are asked for. */
function* candidates(frame: Frame, row: number, undrawn: number[], tree: Neighbours, seed: Uint8Array) {
	const x = frame.x[row]!;
	const y = frame.y[row]!;
	const order = (other: number) =>
		toHex(sha256(seed, '\0substitute\0', frame.ids[row]!, '\0', frame.ids[other]!));
	let near: number[] = [];
	for (let at = 0; at < undrawn.length; at += BLOCK) {
		if (at >= near.length) near = closest(frame, x, y, undrawn, tree, Math.max(BLOCK, 2 * near.length));
		const block = near.slice(at, at + BLOCK).map((other) => ({ other, key: order(other) }));
		block.sort((a, b) => (a.key < b.key ? -1 : 1));
		for (const { other } of block) yield other;
	}
}

/** At least `k` undrawn rows, or all, by squared distance, then frame order. */
function closest(
	frame: Frame,
	x: number,
	y: number,
	undrawn: number[],
	tree: Neighbours,
	k: number
): number[] {
	if (k <= SEARCHED) {
		const count = tree.closest(x, y, Math.min(k, undrawn.length));
		return Array.from(tree.found.subarray(0, count), (i) => undrawn[i]!);
	}
	const distance = (row: number) => (frame.x[row]! - x) ** 2 + (frame.y[row]! - y) ** 2;
	return undrawn
		.map((other) => ({ other, d: distance(other) }))
		.sort((a, b) => a.d - b.d || a.other - b.other)
		.map(({ other }) => other);
}
