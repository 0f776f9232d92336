// Merkle roots of the lists of a draw (protocol, §1): RFC 6962 over leaves H(0x00 ‖ JCS(row)).
// Invariant: frameRoot(frame) = rowsRoot of its rows; it only writes the canonical text without building objects.

import { canonicalBytes } from '../bytes/canonical';
import { toHex } from '../bytes/hex';
import { join } from '../bytes/sha256';
import { treeBuilder } from '../ledger/tree';
import type { Hash } from '../model';
import type { Frame } from './frame';

const LEAF = Uint8Array.of(0);
const encoder = new TextEncoder();
/** Three texts of 64 code points, every one escaped or four bytes long, six numbers and the keys. */
const ROW_BYTES = 2048;

/** Root over rows in the order given. */
export function rowsRoot(rows: readonly object[]): Hash {
	const tree = treeBuilder();
	for (const row of rows) {
		const leaf = join(LEAF, canonicalBytes(row));
		tree.push(leaf, leaf.length);
	}
	return toHex(tree.root()) as Hash;
}

/** Root of a frame. About 2 µs a row. */
export function frameRoot(frame: Frame): Hash {
	const tree = treeBuilder();
	const leaf = new Uint8Array(1 + ROW_BYTES);
	const data = leaf.subarray(1);
	const townships = frame.townships.map((code) => JSON.stringify(code));
	const cells = frame.cells.map((code) => JSON.stringify(code));
	for (let i = 0; i < frame.size; i++) {
		const text =
			`{"cell":${cells[frame.cellOf[i]!]!},"id":${JSON.stringify(frame.ids[i])},"salt":"${frame.salts[i]!}",` +
			`"take":${frame.take[i]!},"township":${townships[frame.townshipOf[i]!]!},"weight":${frame.weight[i]!},` +
			`"x":${frame.x[i]!},"y":${frame.y[i]!}}`;
		tree.push(leaf, 1 + encoder.encodeInto(text, data).written);
	}
	return toHex(tree.root()) as Hash;
}
