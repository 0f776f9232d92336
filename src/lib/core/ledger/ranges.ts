// Which parts of a Merkle tree a proof consists of: every node of an RFC 6962 §2.1 proof is the root of one run of
// leaves. Who has the leaves in memory and who has them in a database both ask here and then hash their own way.
// Invariant: a run of more than 2^k leaves starts at a multiple of 2^k.

/** The leaves from `first` up to, not including, `end`; counted from 0. */
export interface LeafRange {
	first: number;
	end: number;
}

/** The largest power of two below `size` (size ≥ 2). */
export function leftSize(size: number): number {
	let left = 1;
	while (left * 2 < size) left *= 2;
	return left;
}

/**
 * Audit path of leaf `index` (RFC 6962 §2.1.1), from the leaf upwards: at most ⌈log₂ size⌉ runs.
 * @throws RangeError when there is no such leaf
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
	if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
		throw new RangeError('no such leaf');
	const path: LeafRange[] = [];
	let first = 0;
	let end = size;
	while (end - first > 1) {
		const middle = first + leftSize(end - first);
		if (index < middle) {
			path.push({ first: middle, end });
			end = middle;
		} else {
			path.push({ first, end: middle });
			first = middle;
		}
	}
	return path.reverse();
}

/**
 * Consistency proof from the first `from` leaves to all `to` (RFC 6962 §2.1.2): at most ⌈log₂ to⌉ + 1 runs, none when
 * there is nothing to prove (from = 0 or from = to).
 * @throws RangeError when `from` is not within 0…`to`
 */
export function consistencyRanges(from: number, to: number): LeafRange[] {
	if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from <= to))
		throw new RangeError('not an earlier size');
	if (from === 0 || from === to) return [];
	const path: LeafRange[] = [];
	let first = 0;
	let end = to;
	// The old tree ends inside [first, end); once it ends exactly there, that subtree is whole in both.
	while (end !== from) {
		const middle = first + leftSize(end - first);
		if (from <= middle) {
			path.push({ first: middle, end });
			end = middle;
		} else {
			path.push({ first, end: middle });
			first = middle;
		}
	}
	// A whole left subtree from the very first leaf is the old root itself, which the verifier has.
	if (first > 0) path.push({ first, end });
	return path.reverse();
}
