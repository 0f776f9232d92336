// Consistency of two tree heads: the later ledger begins with every entry of the earlier one, unchanged and in place
// (RFC 6962 §2.1.2, verified as RFC 9162 §2.1.4.2 does). Inclusion proofs are beside the tree, in tree.ts.
// Invariant: both roots are recomputed from the proof; nothing in it is taken on trust.

import { sha256 } from '../bytes/sha256';
import { consistencyRanges } from './ranges';
import { nodeHash, treeRoot } from './tree';

export interface TreeHead {
	size: number;
	root: Uint8Array;
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);

/**
 * Proof that the tree over all `leaves` (leaf hashes) continues the one over the first `from`.
 * @throws RangeError when `from` is not within 0…leaves.length
 */
export const consistencyProof = (leaves: readonly Uint8Array[], from: number): Uint8Array[] =>
	consistencyRanges(from, leaves.length).map(({ first, end }) => treeRoot(leaves.slice(first, end)));

/** Whether `proof` shows that `later` continues `earlier`. Every ledger continues the empty one. */
export function verifyConsistency(earlier: TreeHead, later: TreeHead, proof: readonly Uint8Array[]): boolean {
	const { size: from } = earlier;
	const { size: to } = later;
	if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) return false;
	if (earlier.root.length !== 32 || later.root.length !== 32 || proof.some((node) => node.length !== 32))
		return false;
	if (from === to) return proof.length === 0 && sameBytes(earlier.root, later.root);
	if (from === 0) return proof.length === 0 && sameBytes(earlier.root, sha256());

	// node and last: places, on their level, of the subtree in hand and of the rightmost one.
	let node = from - 1;
	let last = to - 1;
	const up = () => {
		node = Math.floor(node / 2);
		last = Math.floor(last / 2);
	};
	while (node % 2 === 1) up();
	// node = 0: the earlier tree is one whole subtree, so its root is where the climb starts.
	const path = node === 0 ? [earlier.root, ...proof] : proof;
	const start = path[0];
	if (!start) return false;
	let old = start;
	let whole = start;
	for (const sibling of path.slice(1)) {
		if (last === 0) return false;
		if (node % 2 === 1 || node === last) {
			old = nodeHash(sibling, old);
			whole = nodeHash(sibling, whole);
			// The rightmost subtree may stand alone on several levels.
			while (node % 2 === 0 && node !== 0) up();
		} else {
			whole = nodeHash(whole, sibling);
		}
		up();
	}
	return last === 0 && sameBytes(old, earlier.root) && sameBytes(whole, later.root);
}
