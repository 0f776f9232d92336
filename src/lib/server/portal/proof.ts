// The proof that a posting's target was drawn: the one it was posted with, else made from the list once that is open.
import { sql } from 'kysely';
import type { Manifest } from '../../core/draw/manifest';
import { proofOf, type DrawnProof } from '../../core/posting/proof';
import type { Database } from '../db/database';
import { publicManifest, publicOpenings } from '../portal-draw';

/** null: there is none, as for a target that came in for another one and has no row of its own in the list. */
export async function drawnProof(
	db: Database,
	county: string,
	number: number
): Promise<{ proof: DrawnProof; selectedRoot: string; target: string; seq: number } | null> {
	const { rows } = await sql<{
		seq: number;
		target: string;
		proof: DrawnProof | null;
		selectedRoot: string;
	}>`SELECT p.seq, p.target, p.proof, d.selected_root AS "selectedRoot" FROM portal.posting p
		JOIN portal.draw d ON d.county = p.county AND d.seq = p.seq
		WHERE p.county = ${county} AND p.number = ${number} AND p.document IS NOT NULL AND d.selected_root IS NOT NULL`.execute(
		db
	);
	const row = rows[0];
	if (!row) return null;
	const proof = row.proof ?? (await fromOpenList(db, county, row));
	return proof && { ...row, proof };
}

async function fromOpenList(
	db: Database,
	county: string,
	{ seq, target }: { seq: number; target: string }
): Promise<DrawnProof | null> {
	const text = await publicManifest(db, county, seq);
	if (text === null) return null;
	const manifest = JSON.parse(text) as Manifest;
	if (manifest.plan.publicFrame !== true) return proofOf(manifest, target, null);
	const opening = (await publicOpenings(db, county, seq)).find(({ code }) => code === target);
	return opening ? proofOf(manifest, target, opening) : null;
}

/** Whether a target of a draw came in for another one; known once its list is open. */
export async function isSubstitute(
	db: Database,
	county: string,
	seq: number,
	target: string
): Promise<boolean> {
	const { rows } = await sql`SELECT FROM portal.substitution
		WHERE county = ${county} AND seq = ${seq} AND substitute = ${target} LIMIT 1`.execute(db);
	return rows.length > 0;
}
