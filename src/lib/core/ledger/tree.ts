// Merkle tree hash of RFC 6962 §2.1: leaves H(0x00 ‖ data), nodes H(0x01 ‖ left ‖ right), the left side the largest
// power of two below the size; of an empty list H(""). Invariant: a leaf and a node can never be mistaken for each
// other, and appending never changes a finished left subtree.

import { sha256, sha256Into } from '../bytes/sha256';
import { inclusionRanges, leftSize } from './ranges';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (data: Uint8Array): Uint8Array => sha256(LEAF, data);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right);

/**
 * Root over leaves given one at a time, in O(log n) memory: `push` takes the leaf hash at `at` in `bytes`, so a frame
 * of a million rows needs no list of a million digests.
 */
export function treeBuilder() {
	const pair = new Uint8Array(65);
	const stack = new Uint8Array(64 * 32);
	let depth = 0;
	let size = 0;
	pair[0] = 1;

	function merge() {
		pair.set(stack.subarray((depth - 2) * 32, depth * 32), 1);
		sha256Into(pair, 65, stack, (depth - 2) * 32);
		depth--;
	}

	return {
		/** The leaf whose data are the first `length` bytes of `leaf`, `leaf[0]` being the 0x00 of a leaf. */
		push(leaf: Uint8Array, length: number) {
			sha256Into(leaf, length, stack, depth++ * 32);
			// One merge for each subtree that this leaf completes: the trailing ones of the old size.
			for (let carry = size++; carry % 2 === 1; carry = (carry - 1) / 2) merge();
		},
		root(): Uint8Array {
			if (depth === 0) return sha256();
			while (depth > 1) merge();
			return stack.slice(0, 32);
		}
	};
}

/** Root over leaf *hashes* (of `leafHash`). */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
	if (leaves.length === 0) return sha256();
	if (leaves.length === 1) return leaves[0]!;
	const left = leftSize(leaves.length);
	return nodeHash(treeRoot(leaves.slice(0, left)), treeRoot(leaves.slice(left)));
}

/**
 * Audit path of leaf `index` (RFC 6962 §2.1.1), from the leaf upwards.
 * @throws RangeError when there is no such leaf
 */
export const inclusionProof = (leaves: readonly Uint8Array[], index: number): Uint8Array[] =>
	inclusionRanges(index, leaves.length).map(({ first, end }) => treeRoot(leaves.slice(first, end)));

/** Whether `proof` leads from `leaf` at `index` of `size` leaves to `root` (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
	leaf: Uint8Array,
	index: number,
	size: number,
	proof: readonly Uint8Array[],
	root: Uint8Array
): boolean {
	if (!(Number.isInteger(index) && Number.isInteger(size) && index >= 0 && index < size)) return false;
	const path = [...proof];
	const climb = (i: number, n: number): Uint8Array | null => {
		if (n === 1) return leaf;
		const left = leftSize(n);
		const sibling = path.pop();
		const own = sibling && (i < left ? climb(i, left) : climb(i - left, n - left));
		if (!own) return null;
		return i < left ? nodeHash(own, sibling) : nodeHash(sibling, own);
	};
	const computed = climb(index, size);
	return (
		computed !== null &&
		path.length === 0 &&
		computed.every((byte, i) => byte === root[i]) &&
		root.length === 32
	);
}
