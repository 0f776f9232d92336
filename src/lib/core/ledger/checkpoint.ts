// Checkpoints (C2SP tlog-checkpoint): origin, number of entries, root of the Merkle tree, as a signed note. Whoever
// keeps one outside can show later that nothing up to it was changed, cut off or rolled back.
// Invariant: the root is that of the first `size` entries; one origin never signs two roots for one size.

import { fromBase64, toBase64 } from '../bytes/base64';
import { parseNote, signLine, verifyNote, type NoteFailure, type VerifierKey } from './note';
import type { TreeHead } from './proof';

export interface Checkpoint extends TreeHead {
	/** Which ledger: `fairlot/` and the county code. */
	origin: string;
}

export type CheckpointFailure = NoteFailure | { ok: false; reason: 'not_a_checkpoint' };

/** Name of a county's ledger, and of the key that signs its checkpoints. */
export const originOf = (county: string) => `fairlot/${county}`;

/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
	`${origin}\n${size}\n${toBase64(root)}\n`;

/** The whole note, signed under its origin by the 32-byte private key `seed`. */
export function signCheckpoint(checkpoint: Checkpoint, seed: Uint8Array): string {
	const text = checkpointText(checkpoint);
	return `${text}\n${signLine(text, checkpoint.origin, seed)}\n`;
}

/** What a checkpoint's text says. Lines after the third are its log's own matter. */
export function readCheckpointText(text: string): Checkpoint | null {
	const [origin = '', size = '', root = '', ...rest] = text.split('\n');
	const bytes = fromBase64(root);
	if (rest.pop() !== '' || rest.includes('') || origin === '' || !/^(0|[1-9][0-9]*)$/.test(size)) return null;
	if (!bytes || bytes.length !== 32 || !Number.isSafeInteger(Number(size))) return null;
	return { origin, size: Number(size), root: bytes };
}

/** Reads a note without checking its signatures; the bare text, as on paper, is read too. */
export function parseCheckpoint(note: string): Checkpoint | null {
	return readCheckpointText(parseNote(note)?.text ?? note);
}

/** The checkpoint, and who of `keys` signed it; at least one has to. */
export function verifyCheckpoint(
	note: string,
	keys: readonly VerifierKey[]
): { ok: true; checkpoint: Checkpoint; signedBy: VerifierKey[] } | CheckpointFailure {
	const verified = verifyNote(note, keys);
	if (!verified.ok) return verified;
	const checkpoint = readCheckpointText(verified.text);
	if (!checkpoint) return { ok: false, reason: 'not_a_checkpoint' };
	return { ok: true, checkpoint, signedBy: verified.signedBy };
}

/**
 * A cosigner's line for this checkpoint (C2SP tlog-cosignature): "at this time, this was the longest consistent ledger
 * I had seen". `seconds` since 1970. Only for who has checked the ledger against the last one they signed.
 * @throws RangeError when the note is not a checkpoint, or the name not a key name
 */
export function cosign(note: string, name: string, seed: Uint8Array, seconds: number): string {
	const text = parseNote(note)?.text;
	if (!text || !readCheckpointText(text)) throw new RangeError('not a signed checkpoint');
	return signLine(text, name, seed, seconds);
}
