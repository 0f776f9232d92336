// The check of a ledger, entry by entry in O(log n) memory: numbers without gaps, leaf hashes over canonical bytes, and
// every checkpoint's root against the tree at its size. Rules: RFC 6962 §2.1 for the tree, RFC 8785 for the bytes.
// Invariant: the first fault ends the check and names the first entry that can be bad.

import { canonical } from '../bytes/canonical';
import { openFrontier, type OnSubtree } from './frontier';
import { sameBytes, type TreeHead } from './proof';
import { leafHash } from './tree';

export interface LedgerRow {
	seq: number;
	bytes: Uint8Array;
	leafHash: Uint8Array;
}

/** seq: the first entry that is bad, or can be; through: the last one that can be. */
export type LedgerFault =
	/** Entries seq…through are not there; `by` says who knows of them. */
	| { reason: 'missing'; seq: number; through: number; by: string }
	/** The number was there before, or is none. */
	| { reason: 'out_of_place'; seq: number }
	| { reason: 'leaf_hash'; seq: number }
	| { reason: 'not_canonical'; seq: number }
	/** Entries seq…through are not those that checkpoint `by` was signed over. */
	| { reason: 'root'; seq: number; through: number; by: string }
	/** The county's counter ends before the entries do. */
	| { reason: 'beyond_head'; seq: number; through: number }
	/** The stored checkpoint of size `seq` says something else than its signed text, or nobody known signed it. */
	| { reason: 'checkpoint_text' | 'unknown_key' | 'false_signature'; seq: number; by: string }
	/** The stored root of entries seq…through, from which proofs are made, is not theirs. */
	| { reason: 'tile'; seq: number; through: number };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether the bytes are the canonical JSON of an object. */
export function isCanonicalObject(bytes: Uint8Array): boolean {
	try {
		const text = decoder.decode(bytes);
		const value: unknown = JSON.parse(text);
		return text.startsWith('{') && canonical(value) === text;
	} catch {
		return false;
	}
}

export function openCheck() {
	const tree = openFrontier();
	// Outside checkpoints cannot be vouched for by stored ones: a ledger that was rolled back and grew again has those too.
	const matched = { stored: 0, outside: 0 };

	return {
		get size() {
			return tree.size;
		},
		root: () => tree.root(),

		/** The next entry in order of its number. */
		entry({ seq, bytes, leafHash: stored }: LedgerRow, onSubtree?: OnSubtree): LedgerFault | null {
			const due = tree.size + 1;
			if (seq > due) return { reason: 'missing', seq: due, through: seq - 1, by: `entry ${seq}` };
			if (seq < due) return { reason: 'out_of_place', seq };
			const leaf = leafHash(bytes);
			if (!sameBytes(leaf, stored)) return { reason: 'leaf_hash', seq };
			if (!isCanonicalObject(bytes)) return { reason: 'not_canonical', seq };
			tree.push(leaf, onSubtree);
			return null;
		},

		/** A checkpoint whose size has just been reached; `by` names it. */
		checkpoint(head: TreeHead, kind: keyof typeof matched, by: string): LedgerFault | null {
			if (head.size !== tree.size) throw new RangeError(`a checkpoint of ${head.size} at ${tree.size}`);
			if (!sameBytes(head.root, tree.root())) {
				const good = kind === 'outside' ? matched.outside : Math.max(matched.stored, matched.outside);
				return { reason: 'root', seq: Math.min(good + 1, head.size), through: head.size, by };
			}
			matched[kind] = head.size;
			return null;
		},

		/** After the last entry: the county's counter, null when it has none. */
		head(counter: number | null): LedgerFault | null {
			const { size } = tree;
			if (counter !== null && counter > size)
				return { reason: 'missing', seq: size + 1, through: counter, by: 'the head row' };
			if ((counter ?? 0) < size) return { reason: 'beyond_head', seq: (counter ?? 0) + 1, through: size };
			return null;
		},

		/** After the last entry: a checkpoint that was signed over more entries than there are. */
		beyond(size: number, by: string): LedgerFault {
			return { reason: 'missing', seq: tree.size + 1, through: size, by };
		}
	};
}
