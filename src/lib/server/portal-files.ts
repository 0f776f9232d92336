// The files of a draw that the portal hands out once its list is open: proofs for everybody, the frame where it may be
// public (protocol §2, §4).
import { sql } from 'kysely';
import { canonicalBytes } from '../core/bytes/canonical';
import { toHex } from '../core/bytes/hex';
import type { Excluded } from '../core/draw/frame';
import { selectedRows, type Manifest } from '../core/draw/manifest';
import { inclusionRanges } from '../core/ledger/ranges';
import { leafHash, treeRoot } from '../core/ledger/tree';
import type { Database } from './db/database';
import { inBatches, type FrameLine } from './frame-batches';
import { publicManifest } from './portal-draw';

/** Each drawn row with its audit path (RFC 6962) to selectedRoot: a posting can prove "was drawn" with its row alone. */
export async function publicProofs(db: Database, county: string, seq: number) {
	const text = await publicManifest(db, county, seq);
	if (text === null) return null;
	const manifest = JSON.parse(text) as Manifest;
	const listed = selectedRows(manifest);
	const leaves = listed.map((row) => leafHash(canonicalBytes(row)));
	const roots = new Map<string, string>();
	// Rows share most of their path: every subtree is hashed once.
	const rootOf = (first: number, end: number): string => {
		const key = `${first}-${end}`;
		const root = roots.get(key) ?? toHex(treeRoot(leaves.slice(first, end)));
		roots.set(key, root);
		return root;
	};
	return {
		v: manifest.v,
		commitment: manifest.commitment,
		selectedRoot: toHex(treeRoot(leaves)),
		size: leaves.length,
		rows: listed.map((row, index) => ({
			row,
			index,
			proof: inclusionRanges(index, leaves.length).map(({ first, end }) => rootOf(first, end))
		}))
	};
}

/** Whether the frame may be read by all: its list is open and the bureau permits it; commas: no CSV can carry it. */
export async function publicFrame(
	db: Database,
	county: string,
	seq: number
): Promise<{ commas: boolean } | null> {
	const { rows: found } = await sql<{ commas: boolean }>`
		SELECT EXISTS (SELECT FROM portal.frame f WHERE f.county = d.county AND f.seq = d.seq
				AND position(',' IN f.township || f.cell) > 0)
			OR EXISTS (SELECT FROM portal.excluded e WHERE e.county = d.county AND e.seq = d.seq
				AND position(',' IN e.reason) > 0) AS commas
		FROM portal.draw d WHERE d.county = ${county} AND d.seq = ${seq} AND d.public_frame`.execute(db);
	return found[0] ?? null;
}

/** The rows of a public frame in its order; none of any other. */
export const publicFrameRows = (db: Database, county: string, seq: number) =>
	inBatches(async (after, most) => {
		const { rows } = await sql<FrameLine>`
			SELECT id, township, cell, x, y, weight, take, salt FROM portal.frame
			WHERE county = ${county} AND seq = ${seq} AND id COLLATE "C" > ${after}
			ORDER BY id COLLATE "C" LIMIT ${most}`.execute(db);
		return rows;
	});

export async function publicExcluded(db: Database, county: string, seq: number): Promise<Excluded[]> {
	const { rows: found } = await sql<Excluded>`
		SELECT id, reason, salt FROM portal.excluded
		WHERE county = ${county} AND seq = ${seq} ORDER BY id COLLATE "C"`.execute(db);
	return found;
}
