// The whole ledger of a county read in order and checked, with every stored checkpoint and those held outside. One
// snapshot, a few thousand rows in memory at a time: it runs beside a working server, over millions of entries.
import { sql, type Transaction } from 'kysely';
import { toHex } from '../core/bytes/hex';
import { openCheck, type LedgerFault } from '../core/ledger/check';
import { originOf, readCheckpointText, type Checkpoint } from '../core/ledger/checkpoint';
import { verifyNote, parseNote, type VerifierKey } from '../core/ledger/note';
import { sameBytes } from '../core/ledger/proof';
import { TILE_HEIGHT } from './checkpoint';
import type { Database } from './db/database';
import type { DB } from './db/schema';

/** A checkpoint that was kept outside the database; `by` names it, as a file name. */
export interface OutsideCheckpoint {
	checkpoint: Checkpoint;
	by: string;
}

export interface CheckOptions {
	/** Whose signatures count; null leaves signatures unchecked. */
	keys: readonly VerifierKey[] | null;
	outside?: readonly OutsideCheckpoint[];
	onProgress?: (entries: number) => void;
}

export type CheckResult =
	| { ok: true; county: string; entries: number; root: string; checkpoints: number; signatures: boolean }
	| { ok: false; county: string; fault: LedgerFault };

const BATCH = 2000;

export function checkLedger(db: Database, county: string, options: CheckOptions): Promise<CheckResult> {
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.execute((trx) => checkSnapshot(trx, county, options));
}

interface EntryRow {
	seq: number;
	bytes: Buffer;
	leaf_hash: Buffer;
}
interface CheckpointRow {
	size: number;
	root: Buffer;
	text: string;
}

async function checkSnapshot(
	trx: Transaction<DB>,
	county: string,
	{ keys, outside = [], onProgress = () => {} }: CheckOptions
): Promise<CheckResult> {
	const check = openCheck();
	const fail = (fault: LedgerFault): CheckResult => ({ ok: false, county, fault });
	const held = outside.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size);
	const tileWidth = 2 ** TILE_HEIGHT;
	const tiled = await newestSize(trx, county);
	let checkpoints = 0;

	/** The outside checkpoints of the size that was just reached. */
	const checkHeld = (): LedgerFault | null => {
		for (; held[0]?.checkpoint.size === check.size; held.shift()) {
			const differs = check.checkpoint(held[0].checkpoint, 'outside', held[0].by);
			if (differs) return differs;
		}
		return null;
	};
	const neverEmpty = checkHeld();
	if (neverEmpty) return fail(neverEmpty);

	// A cursor rather than pages by number: two rows of one number must both be seen.
	await sql`DECLARE ledger_entry NO SCROLL CURSOR FOR SELECT seq, bytes, leaf_hash FROM ledger.entry
		WHERE county = ${sql.lit(county)} ORDER BY seq`.execute(trx);
	for (;;) {
		const { rows } = await sql<EntryRow>`FETCH ${sql.lit(BATCH)} FROM ledger_entry`.execute(trx);
		if (rows.length === 0) break;
		const from = check.size;
		const through = from + rows.length;
		const stored = await checkpointsIn(trx, county, from, through);
		const tiles = await tilesIn(trx, county, Math.floor(from / tileWidth), Math.floor(through / tileWidth));
		let next = 0;
		for (const { seq, bytes, leaf_hash } of rows) {
			let badTile = -1;
			const fault = check.entry({ seq, bytes, leafHash: leaf_hash }, (height, number, root) => {
				if (height !== TILE_HEIGHT || (number + 1) * tileWidth > tiled) return;
				const tile = tiles.get(number);
				if (!tile || !sameBytes(tile, root)) badTile = number;
			});
			if (fault) return fail(fault);
			for (; stored[next]?.size === check.size; next++, checkpoints++) {
				const bad = checkStored(stored[next]!, county, keys);
				if (bad) return fail(bad);
				const differs = check.checkpoint(stored[next]!, 'stored', storedName(check.size));
				if (differs) return fail(differs);
			}
			const forked = checkHeld();
			if (forked) return fail(forked);
			if (badTile >= 0)
				return fail({ reason: 'tile', seq: badTile * tileWidth + 1, through: (badTile + 1) * tileWidth });
		}
		onProgress(check.size);
	}
	await sql`CLOSE ledger_entry`.execute(trx);

	const head = await sql<{ seq: number }>`SELECT seq FROM ledger.head WHERE county = ${county}`.execute(trx);
	const miscounted = check.head(head.rows[0]?.seq ?? null);
	if (miscounted) return fail(miscounted);
	const [ahead] = await checkpointsIn(trx, county, check.size, Number.MAX_SAFE_INTEGER);
	if (ahead) return fail(check.beyond(ahead.size, storedName(ahead.size)));
	const [cut] = held;
	if (cut) return fail(check.beyond(cut.checkpoint.size, cut.by));
	return {
		ok: true,
		county,
		entries: check.size,
		root: toHex(check.root()),
		checkpoints,
		signatures: keys !== null
	};
}

const storedName = (size: number) => `stored checkpoint ${size}`;

/** The row against its own signed text, and the text against the keys. */
function checkStored(
	{ size, root, text }: CheckpointRow,
	county: string,
	keys: readonly VerifierKey[] | null
): LedgerFault | null {
	const by = storedName(size);
	const note = parseNote(text);
	const said = note && readCheckpointText(note.text);
	if (!said || said.origin !== originOf(county) || said.size !== size || !sameBytes(said.root, root))
		return { reason: 'checkpoint_text', seq: size, by };
	if (!keys) return null;
	const verified = verifyNote(note, keys);
	if (verified.ok) return null;
	return {
		reason: verified.reason === 'not_a_note' ? 'checkpoint_text' : verified.reason,
		seq: size,
		by
	};
}

async function newestSize(trx: Transaction<DB>, county: string): Promise<number> {
	const { rows } = await sql<{ size: number | null }>`SELECT max(size) AS size FROM ledger.checkpoint
		WHERE county = ${county}`.execute(trx);
	return rows[0]?.size ?? 0;
}

async function checkpointsIn(trx: Transaction<DB>, county: string, after: number, through: number) {
	const { rows } = await sql<CheckpointRow>`SELECT size, root, text FROM ledger.checkpoint
		WHERE county = ${county} AND size > ${after} AND size <= ${through} ORDER BY size LIMIT ${BATCH}`.execute(
		trx
	);
	return rows;
}

async function tilesIn(trx: Transaction<DB>, county: string, first: number, end: number) {
	const { rows } = await sql<{ number: number; root: Buffer }>`SELECT number, root FROM ledger.tile
		WHERE county = ${county} AND number >= ${first} AND number < ${end}`.execute(trx);
	return new Map(rows.map(({ number, root }) => [number, root]));
}
