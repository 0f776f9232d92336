// Proofs about the ledger for whoever holds a checkpoint: this entry is in it, or this later checkpoint continues it.
// Whole tiles of 256 entries stand for their leaves, so a proof over n entries reads about n/256 + 256·log n rows.
// Invariant: what is handed out was verified against the signed root; what cannot be proved is refused.
import { sql } from 'kysely';
import { fromHex, toHex } from '../core/bytes/hex';
import { openFrontier } from '../core/ledger/frontier';
import { verifyConsistency } from '../core/ledger/proof';
import { consistencyRanges, inclusionRanges, type LeafRange } from '../core/ledger/ranges';
import { leafHash, verifyInclusion } from '../core/ledger/tree';
import { readCheckpoint, TILE_HEIGHT, type StoredCheckpoint } from './checkpoint';
import type { Database } from './db/database';

type Refusal = {
	ok: false;
	/** no_checkpoint: none of this size; not_covered: the entry is newer; broken: run the check. */
	reason: 'no_checkpoint' | 'no_entry' | 'not_covered' | 'broken';
};

export interface InclusionProof {
	ok: true;
	county: string;
	/** The entry's number, from 1; its leaf in the tree is seq − 1. */
	seq: number;
	/** Canonical JSON: the leaf hash is SHA-256(0x00 ‖ its UTF-8 bytes). */
	entry: string;
	size: number;
	/** Hashes in hex, as all below: RFC 6962 §2.1.1, from the leaf upwards. */
	proof: string[];
	root: string;
	/** The signed checkpoint of `size`. */
	note: string;
}

export interface ConsistencyProof {
	ok: true;
	county: string;
	from: { size: number; root: string; note: string };
	to: { size: number; root: string; note: string };
	/** RFC 6962 §2.1.2. */
	proof: string[];
}

/** Proof that entry `seq` is in the checkpoint of `size`, the last one when absent. */
export async function inclusion(
	db: Database,
	county: string,
	seq: number,
	size?: number
): Promise<InclusionProof | Refusal> {
	const head = await readCheckpoint(db, county, size);
	if (!head) return { ok: false, reason: 'no_checkpoint' };
	if (seq > head.size) return { ok: false, reason: 'not_covered' };
	const found = await sql<{ bytes: Buffer }>`SELECT bytes FROM ledger.entry
		WHERE county = ${county} AND seq = ${seq}`.execute(db);
	const bytes = found.rows[0]?.bytes;
	if (!bytes) return { ok: false, reason: 'no_entry' };
	const proof = await rootsOf(db, county, inclusionRanges(seq - 1, head.size));
	if (!proof || !verifyInclusion(leafHash(bytes), seq - 1, head.size, proof, fromHex(head.root)))
		return { ok: false, reason: 'broken' };
	return {
		ok: true,
		county,
		seq,
		entry: bytes.toString('utf8'),
		size: head.size,
		proof: proof.map(toHex),
		root: head.root,
		note: head.note
	};
}

/** Proof that the checkpoint of `to` entries, the last one when absent, continues the one of `from`. */
export async function consistency(
	db: Database,
	county: string,
	from: number,
	to?: number
): Promise<ConsistencyProof | Refusal> {
	const earlier = await readCheckpoint(db, county, from);
	const later = await readCheckpoint(db, county, to);
	if (!earlier || !later) return { ok: false, reason: 'no_checkpoint' };
	if (earlier.size > later.size) return { ok: false, reason: 'not_covered' };
	const proof = await rootsOf(db, county, consistencyRanges(earlier.size, later.size));
	const headOf = ({ size, root }: StoredCheckpoint) => ({ size, root: fromHex(root) });
	if (!proof || !verifyConsistency(headOf(earlier), headOf(later), proof))
		return { ok: false, reason: 'broken' };
	const shown = ({ size, root, note }: StoredCheckpoint) => ({ size, root, note });
	return { ok: true, county, from: shown(earlier), to: shown(later), proof: proof.map(toHex) };
}

/** Roots of the runs, or null when rows are missing. */
async function rootsOf(
	db: Database,
	county: string,
	ranges: readonly LeafRange[]
): Promise<Uint8Array[] | null> {
	const roots: Uint8Array[] = [];
	for (const range of ranges) {
		const root = await rootOf(db, county, range);
		if (!root) return null;
		roots.push(root);
	}
	return roots;
}

async function rootOf(db: Database, county: string, { first, end }: LeafRange): Promise<Uint8Array | null> {
	const width = 2 ** TILE_HEIGHT;
	const tree = openFrontier();
	// A run of more than one tile starts where a tile does.
	const tilesEnd = end - first < width ? first : end - (end % width);
	if (tilesEnd > first) {
		const tiles = await sql<{ root: Buffer }>`SELECT root FROM ledger.tile WHERE county = ${county}
			AND number >= ${first / width} AND number < ${tilesEnd / width} ORDER BY number`.execute(db);
		for (const { root } of tiles.rows) tree.pushSubtree(root, TILE_HEIGHT);
	}
	if (end > tilesEnd) {
		const leaves = await sql<{
			leaf_hash: Buffer;
		}>`SELECT leaf_hash FROM ledger.entry WHERE county = ${county}
			AND seq > ${tilesEnd} AND seq <= ${end} ORDER BY seq`.execute(db);
		for (const { leaf_hash } of leaves.rows) tree.push(leaf_hash);
	}
	return tree.size === end - first ? tree.root() : null;
}
