// The Merkle root of an import's changed rows: leaves H(0x00 ‖ canonical JSON of the row), as in the ledger.
import { canonicalBytes, type Json } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { treeBuilder } from '../../core/ledger/tree';
import type { Hash } from '../../core/model';

export function rowTree() {
	const tree = treeBuilder();
	return {
		/** Rows in the order of their codes. */
		add(row: Readonly<Record<string, Json>>) {
			const bytes = canonicalBytes(row);
			const leaf = new Uint8Array(bytes.length + 1);
			leaf.set(bytes, 1);
			tree.push(leaf, leaf.length);
		},
		root: () => toHex(tree.root()) as Hash
	};
}
