// Signed notes (C2SP signed-note): text ending in a newline, an empty line, signature lines "— name base64(id ‖ sig)".
// Two kinds of Ed25519 signature: of the text as it is (type 1), and a cosignature with its time (type 4, C2SP
// tlog-cosignature). The key name and the 4-byte id only say which key to try; trust comes from the verifier's own list.
// Invariant: a note is accepted only when a listed key signed it and no listed key's signature is false.

import { ed25519 } from '@noble/curves/ed25519.js';
import { fromBase64, toBase64 } from '../bytes/base64';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { join, sha256 } from '../bytes/sha256';

export const SIGNATURE = 1;
export const COSIGNATURE = 4;
type SignatureType = typeof SIGNATURE | typeof COSIGNATURE;

/** A public key and the name it signs under. */
export interface VerifierKey {
	name: string;
	type: SignatureType;
	/** 32 bytes, RFC 8032. */
	publicKey: Uint8Array;
}

export interface NoteSignature {
	name: string;
	/** Key id in hex, 8 digits. */
	id: string;
	bytes: Uint8Array;
	/** The line as it stands in the note, without its newline. */
	line: string;
}

export interface Note {
	/** What is signed, its last newline included. */
	text: string;
	signatures: NoteSignature[];
}

export type NoteFailure =
	| { ok: false; reason: 'not_a_note' }
	/** No key of the list signed it. */
	| { ok: false; reason: 'unknown_key' }
	/** A key of the list is named, but did not sign this text. */
	| { ok: false; reason: 'false_signature'; name: string };

/** Key names have no spaces and no plus sign. */
export const isKeyName = (name: string) => name !== '' && !/[\p{White_Space}+\p{Cc}]/u.test(name);

const keyId = ({ name, type, publicKey }: VerifierKey): string =>
	toHex(sha256(name, '\n', Uint8Array.of(type), publicKey).subarray(0, 4));

/** The key's public half; `seed` is the 32-byte private key of RFC 8032. */
export const verifierKey = (
	name: string,
	seed: Uint8Array,
	type: SignatureType = SIGNATURE
): VerifierKey => ({
	name,
	type,
	publicKey: ed25519.getPublicKey(seed)
});

/** `name+id+base64(type ‖ key)`, the form in which public keys are handed around. */
export const formatVerifierKey = (key: VerifierKey): string =>
	`${key.name}+${keyId(key)}+${toBase64(join(Uint8Array.of(key.type), key.publicKey))}`;

/** The key, or null when the text is not one or its id is not that of its key. */
export function parseVerifierKey(text: string): VerifierKey | null {
	const [, name = '', id = '', key = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
	const bytes = fromBase64(key);
	if (!isKeyName(name) || !bytes || bytes.length !== 33) return null;
	const type = bytes[0];
	if (type !== SIGNATURE && type !== COSIGNATURE) return null;
	const parsed = { name, type, publicKey: bytes.slice(1) } as const;
	return isHex(id, 4) && keyId(parsed) === id ? parsed : null;
}

/** What a cosigner signs: the text under a header with the time, in seconds since 1970. */
const cosigned = (seconds: number, text: string) => join(`cosignature/v1\ntime ${seconds}\n${text}`);

/** The signature line of `text`, without its newline. `seconds` (since 1970) makes it a cosignature. */
export function signLine(text: string, name: string, seed: Uint8Array, seconds?: number): string {
	if (!isKeyName(name)) throw new RangeError(`${name}: a key name has no spaces and no plus sign`);
	const key = verifierKey(name, seed, seconds === undefined ? SIGNATURE : COSIGNATURE);
	const parts = [fromHex(keyId(key))];
	if (seconds !== undefined) {
		const time = new Uint8Array(8);
		new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
		parts.push(time);
	}
	const message = seconds === undefined ? join(text) : cosigned(seconds, text);
	return `— ${name} ${toBase64(join(...parts, ed25519.sign(message, seed)))}`;
}

/** The note with one more signature line. */
export const addLine = (note: string, line: string): string => `${note}${line}\n`;

/** Text and signatures, none of them checked. */
export function parseNote(note: string): Note | null {
	const split = note.lastIndexOf('\n\n');
	// Control characters other than the newline have no place in a note.
	if (
		split < 0 ||
		!note.endsWith('\n') ||
		/\p{Surrogate}/u.test(note) ||
		/[^\P{Cc}\n\u007f-\u009f]/u.test(note)
	)
		return null;
	const signatures: NoteSignature[] = [];
	for (const line of note.slice(split + 2, -1).split('\n')) {
		const [, name = '', base64 = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
		const bytes = fromBase64(base64);
		if (!isKeyName(name) || !bytes || bytes.length < 5) return null;
		signatures.push({ name, id: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4), line });
	}
	return { text: note.slice(0, split + 1), signatures };
}

/** Whether `key` made this signature of `text`. */
function holds(text: string, { bytes }: NoteSignature, key: VerifierKey): boolean {
	if (bytes.length !== (key.type === SIGNATURE ? 64 : 72)) return false;
	if (key.type === SIGNATURE) return verify(bytes, join(text), key.publicKey);
	const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
	return Number.isSafeInteger(seconds) && verify(bytes.subarray(8), cosigned(seconds, text), key.publicKey);
}

/** RFC 8032, strictly: one signature has one encoding. A key that is no point of the curve signs nothing. */
function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
	try {
		return ed25519.verify(signature, message, publicKey, { zip215: false });
	} catch {
		return false;
	}
}

/** Who of `keys` signed; signatures of other keys are passed over. */
export function verifyNote(
	note: string | Note,
	keys: readonly VerifierKey[]
): { ok: true; text: string; signedBy: VerifierKey[] } | NoteFailure {
	const parsed = typeof note === 'string' ? parseNote(note) : note;
	if (!parsed) return { ok: false, reason: 'not_a_note' };
	const signedBy: VerifierKey[] = [];
	for (const signature of parsed.signatures) {
		const key = keys.find((known) => known.name === signature.name && keyId(known) === signature.id);
		if (!key) continue;
		if (!holds(parsed.text, signature, key)) return { ok: false, reason: 'false_signature', name: key.name };
		if (!signedBy.includes(key)) signedBy.push(key);
	}
	return signedBy.length === 0
		? { ok: false, reason: 'unknown_key' }
		: { ok: true, text: parsed.text, signedBy };
}
