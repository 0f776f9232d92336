// The frontier of a growing tree: the roots of its whole subtrees from left to right, one per one-bit of the size. It
// is all that is needed to append and to give the root, so a ledger of any length grows in O(log n) memory.
// Invariant: root() = treeRoot of every leaf pushed since size 0, and asking for it changes nothing.

import { sha256 } from '../bytes/sha256';
import { nodeHash } from './tree';

/** A subtree of 2^height leaves was completed: the `index`-th of its height, counted from 0. */
export type OnSubtree = (height: number, index: number, root: Uint8Array) => void;

export interface Frontier {
	readonly size: number;
	/** Roots of the whole subtrees, the largest first. */
	readonly nodes: readonly Uint8Array[];
	/** Appends a leaf hash. */
	push(leaf: Uint8Array, onSubtree?: OnSubtree): void;
	/**
	 * Appends the root of a whole subtree of 2^height leaves.
	 * @throws RangeError when the size is not a multiple of 2^height
	 */
	pushSubtree(root: Uint8Array, height: number, onSubtree?: OnSubtree): void;
	root(): Uint8Array;
}

/** How many whole subtrees a tree of `size` leaves consists of. */
export function subtreeCount(size: number): number {
	let ones = 0;
	for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
	return ones;
}

/**
 * Goes on from a stored frontier, or starts an empty tree.
 * @throws RangeError when the number of nodes is not that of the size
 */
export function openFrontier(size = 0, nodes: readonly Uint8Array[] = []): Frontier {
	if (!Number.isSafeInteger(size) || size < 0 || nodes.length !== subtreeCount(size))
		throw new RangeError('not the frontier of this size');
	const stack = [...nodes];
	let count = size;

	function pushSubtree(root: Uint8Array, height: number, onSubtree?: OnSubtree) {
		const width = 2 ** height;
		if (count % width !== 0) throw new RangeError(`size ${count} is not a multiple of ${width}`);
		let index = count / width;
		let level = height;
		let node = root;
		onSubtree?.(level, index, node);
		// One merge for each trailing one-bit: the subtrees this one completes.
		for (; index % 2 === 1; index = (index - 1) / 2) {
			node = nodeHash(stack.pop()!, node);
			onSubtree?.(++level, (index - 1) / 2, node);
		}
		stack.push(node);
		count += width;
	}

	return {
		get size() {
			return count;
		},
		get nodes() {
			return stack;
		},
		push: (leaf, onSubtree) => pushSubtree(leaf, 0, onSubtree),
		pushSubtree,
		root: () => (stack.length === 0 ? sha256() : stack.reduceRight((right, left) => nodeHash(left, right)))
	};
}
