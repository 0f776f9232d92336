// Signed checkpoints of a county's ledger: made from the last one and the entries since, kept beside the entries, and
// handed out to be held elsewhere. The lines of cosigners are rows of their own; a stored note never changes.
// Invariant: a new checkpoint continues the last one, whose signature is checked first, so altered rows are not signed.
import { sql } from 'kysely';
import { toHex } from '../core/bytes/hex';
import { join } from '../core/bytes/sha256';
import { originOf, parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../core/ledger/checkpoint';
import { openFrontier, subtreeCount, type Frontier } from '../core/ledger/frontier';
import { addLine, parseNote, verifyNote, type NoteFailure, type VerifierKey } from '../core/ledger/note';
import { sameBytes } from '../core/ledger/proof';
import type { Database } from './db/database';
import { knownKeys, type LedgerKey } from './ledger-key';

/** Entries of one tile: 2^TILE_HEIGHT. */
export const TILE_HEIGHT = 8;
/** Entries per statement while a checkpoint is made. */
const BATCH = 4096;

export interface StoredCheckpoint {
	county: string;
	/** Entries 1…size are what it covers. */
	size: number;
	/** 32 bytes in hex. */
	root: string;
	/** The signed note, with the lines of cosigners. */
	note: string;
	at: Date;
}

export type CheckpointResult =
	| { ok: true; checkpoint: StoredCheckpoint; /** False: nothing was new. */ fresh: boolean }
	| Extract<LedgerKey, { ok: false }>
	/** Nothing was ever recorded. */
	| { ok: false; reason: 'empty'; message: string }
	/** The ledger does not continue its last checkpoint: run the check. */
	| { ok: false; reason: 'broken'; message: string };

/**
 * Signs the ledger as it is now, or returns the last checkpoint when nothing was added since. O(entries since).
 * In a transaction it comes after append(); its note may be published only once the transaction has committed.
 */
export async function checkpoint(
	db: Database,
	county: string,
	key: LedgerKey,
	at: Date
): Promise<CheckpointResult> {
	if (!key.ok) return key;
	const head = await sql<{ seq: number }>`SELECT seq FROM ledger.head WHERE county = ${county}`.execute(db);
	const size = head.rows[0]?.seq ?? 0;
	if (size === 0)
		return { ok: false, reason: 'empty', message: `the ledger of ${county} has no entry to sign yet` };
	const last = await lastRow(db, county);
	const opened = last ? continueFrom(last, county, knownKeys(county, key)) : openFrontier();
	const broken = (what: string) =>
		({
			ok: false,
			reason: 'broken',
			message: `nothing was signed: ${what}; run: npm run -s ledger -- check`
		}) as const;
	if (!opened) return broken(`the stored checkpoint of ${last?.size} entries is not what a known key signed`);
	if (last && last.size > size) return broken(`the ledger ends at ${size}, before its last checkpoint`);
	if (last && last.size === size)
		return { ok: true, checkpoint: await withCosignatures(db, last), fresh: false };

	const firstTile = Math.floor(opened.size / 2 ** TILE_HEIGHT);
	const tiles: Uint8Array[] = [];
	while (opened.size < size) {
		const from = opened.size;
		for (const { seq, leaf } of await leavesAfter(db, county, from, Math.min(size, from + BATCH))) {
			if (seq !== opened.size + 1) break;
			opened.push(leaf, (height, _index, root) => void (height === TILE_HEIGHT && tiles.push(root)));
		}
		if (opened.size === from) return broken(`entry ${from + 1} is missing`);
	}
	const root = opened.root();
	const note = signCheckpoint({ origin: originOf(county), size, root }, key.seed);
	const { rows } = await sql<{
		fresh: boolean;
	}>`SELECT ledger.add_checkpoint(${county}, ${size}, ${Buffer.from(root)},
		${Buffer.from(join(...opened.nodes))}, ${note}, ${at}, ${firstTile}, ${tiles.map((tile) => Buffer.from(tile))}::bytea[])
		AS fresh`.execute(db);
	const stored = { county, size, root: toHex(root), note, at };
	return { ok: true, checkpoint: stored, fresh: rows[0]?.fresh ?? false };
}

/** The checkpoint of this size, or the last one; with every cosigner's line. */
export async function readCheckpoint(
	db: Database,
	county: string,
	size?: number
): Promise<StoredCheckpoint | undefined> {
	const row = await lastRow(db, county, size);
	return row && (await withCosignatures(db, row));
}

/** Checkpoints before `before` (all when absent), the last first, without cosignatures. */
export async function listCheckpoints(
	db: Database,
	county: string,
	{ before = Number.MAX_SAFE_INTEGER, limit = 50 }: { before?: number; limit?: number } = {}
): Promise<StoredCheckpoint[]> {
	const { rows } = await sql<Row>`SELECT county, size, root, frontier, text, at FROM ledger.checkpoint
		WHERE county = ${county} AND size < ${before} ORDER BY size DESC LIMIT ${limit}`.execute(db);
	return rows.map(toStored);
}

export type CosignResult =
	| { ok: true; size: number; added: number }
	| NoteFailure
	| { ok: false; reason: 'not_a_checkpoint' | 'no_such_checkpoint' };

/**
 * Takes over the lines of `keys` from a copy of a stored checkpoint that was cosigned elsewhere. The stored note stays
 * as it is; a copy over another text than the stored one is refused.
 */
export async function importCosignatures(
	db: Database,
	county: string,
	note: string,
	keys: readonly VerifierKey[],
	at: Date
): Promise<CosignResult> {
	const parsed = parseNote(note);
	const claimed = parseCheckpoint(note);
	if (!parsed || !claimed) return { ok: false, reason: 'not_a_checkpoint' };
	const stored = await lastRow(db, county, claimed.size);
	const own = stored && parseNote(stored.text);
	if (!stored || own?.text !== parsed.text) return { ok: false, reason: 'no_such_checkpoint' };
	const verified = verifyNote(parsed, keys);
	if (!verified.ok) return verified;
	let added = 0;
	for (const signature of parsed.signatures) {
		if (own.signatures.some(({ line }) => line === signature.line)) continue;
		// Lines of keys nobody here knows are left where they were.
		if (!verifyNote({ text: parsed.text, signatures: [signature] }, keys).ok) continue;
		const { rows } = await sql<{ added: boolean }>`SELECT ledger.add_cosignature(${county}, ${claimed.size},
			${signature.line}, ${at}) AS added`.execute(db);
		if (rows[0]?.added) added++;
	}
	return { ok: true, size: claimed.size, added };
}

interface Row {
	county: string;
	size: number;
	root: Buffer;
	frontier: Buffer;
	text: string;
	at: Date;
}

async function lastRow(db: Database, county: string, size?: number): Promise<Row | undefined> {
	const { rows } = await sql<Row>`SELECT county, size, root, frontier, text, at FROM ledger.checkpoint
		WHERE county = ${county} AND (${size ?? null}::bigint IS NULL OR size = ${size ?? null})
		ORDER BY size DESC LIMIT 1`.execute(db);
	return rows[0];
}

const toStored = ({ county, size, root, text, at }: Row): StoredCheckpoint => ({
	county,
	size,
	root: root.toString('hex'),
	note: text,
	at
});

async function withCosignatures(db: Database, row: Row): Promise<StoredCheckpoint> {
	const { rows } = await sql<{ line: string }>`SELECT line FROM ledger.cosignature
		WHERE county = ${row.county} AND size = ${row.size} ORDER BY at, line`.execute(db);
	return { ...toStored(row), note: rows.reduce((note, { line }) => addLine(note, line), row.text) };
}

/** The stored frontier, if its root is the one a known key signed; otherwise null. */
function continueFrom(row: Row, county: string, keys: readonly VerifierKey[]): Frontier | null {
	const verified = verifyCheckpoint(row.text, keys);
	if (!verified.ok || verified.checkpoint.origin !== originOf(county)) return null;
	if (verified.checkpoint.size !== row.size || row.frontier.length % 32 !== 0) return null;
	const nodes = Array.from({ length: row.frontier.length / 32 }, (_, i) =>
		Uint8Array.from(row.frontier.subarray(32 * i, 32 * i + 32))
	);
	if (nodes.length !== subtreeCount(row.size)) return null;
	const frontier = openFrontier(row.size, nodes);
	return sameBytes(frontier.root(), verified.checkpoint.root) ? frontier : null;
}

/** Leaf hashes computed from the bytes, of entries after…through. */
async function leavesAfter(db: Database, county: string, after: number, through: number) {
	const { rows } = await sql<{ seq: number; leaf: Buffer }>`
		SELECT seq, sha256('\\x00'::bytea || bytes) AS leaf FROM ledger.entry
		WHERE county = ${county} AND seq > ${after} AND seq <= ${through} ORDER BY seq`.execute(db);
	return rows;
}
