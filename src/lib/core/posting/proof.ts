// That a posted target was drawn (protocol §4): the row of the list that names it, and the path from that row to the root
// of the sealed statement, which stood on the portal before anybody was called. Invariant: a row of another list, another
// target or a changed digit does not prove.

import { canonicalBytes } from '../bytes/canonical';
import { fromHex, toHex } from '../bytes/hex';
import { selectedRows, type Manifest } from '../draw/manifest';
import { opens, type Opening } from '../draw/pseudonym';
import { inclusionProof, leafHash, verifyInclusion } from '../ledger/tree';

export interface DrawnProof {
	v: string;
	commitment: string;
	row: ReturnType<typeof selectedRows>[number];
	/** Of the row in the tree, from 0. */
	index: number;
	size: number;
	/** From the leaf upwards, in hex. */
	proof: string[];
	/** Of a list under pseudonyms: what opens the row's id as the target's code. */
	opening: Opening | null;
}

/** null: the target stands in for one that was drawn, so it has no row of its own in the tree. */
export function proofOf(manifest: Manifest, code: string, opening: Opening | null): DrawnProof | null {
	const rows = selectedRows(manifest);
	const index = rows.findIndex(({ id }) => id === (opening?.id ?? code));
	if (index < 0) return null;
	const leaves = rows.map((row) => leafHash(canonicalBytes(row)));
	return {
		...{ v: manifest.v, commitment: manifest.commitment, row: rows[index]!, index, size: rows.length },
		...{ proof: inclusionProof(leaves, index).map(toHex), opening }
	};
}

/** target: the row is this target's. path: the row is in the list whose root is given. */
export function checkProof(
	{ row, index, size, proof, opening }: DrawnProof,
	code: string,
	selectedRoot: string
): { target: boolean; path: boolean } {
	return {
		target: opening ? opening.id === row.id && opening.code === code && opens(opening) : row.id === code,
		path: verifyInclusion(
			leafHash(canonicalBytes(row)),
			index,
			size,
			proof.map(fromHex),
			fromHex(selectedRoot)
		)
	};
}
