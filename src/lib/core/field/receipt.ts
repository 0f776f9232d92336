// 回执: what the server has on its disk, signed (Ed25519, as a C2SP signed note like the ledger's checkpoints). A device
// deletes nothing that no receipt names. The key lies outside the database, so its rows cannot be turned into a receipt.
// Invariant: a receipt is accepted only from the key given at enrolment, for this device and this county.

import { isHex } from '../bytes/hex';
import {
	parseVerifierKey,
	signLine,
	verifierKey,
	verifyNote,
	type NoteFailure,
	type VerifierKey
} from '../ledger/note';

export interface Receipt {
	county: string;
	device: string;
	/** Clock of the server, UTC, ISO 8601. */
	at: string;
	/** Clock of the device less that of the server, milliseconds, when it asked. */
	skewMs: number;
	/** Number of the ledger entry that holds the root of these events; 0: nothing of it was new. */
	ledger: number;
	/** Hashes of events that are part of records now, in the order they were sent. */
	events: readonly string[];
	/** Hashes of events that are kept aside, with the reason: they need not be sent again. */
	aside: readonly { hash: string; reason: string }[];
	/** Photos that are there whole. */
	photos: readonly string[];
}

/** Name of the key, and first line of what it signs: never that of a checkpoint. */
export const receiptName = (county: string) => `fairlot/${county}/field`;

/** The public half, as it is handed to a device at enrolment (`formatVerifierKey`). */
export const receiptKey = (county: string, seed: Uint8Array): VerifierKey =>
	verifierKey(receiptName(county), seed);

export function signReceipt(receipt: Receipt, seed: Uint8Array): string {
	const text = [
		receiptName(receipt.county),
		'receipt 1',
		`device ${receipt.device}`,
		`at ${receipt.at}`,
		`skew ${receipt.skewMs}`,
		`ledger ${receipt.ledger}`,
		...receipt.events.map((hash) => `event ${hash}`),
		...receipt.aside.map(({ hash, reason }) => `aside ${hash} ${reason}`),
		...receipt.photos.map((hash) => `photo ${hash}`),
		''
	].join('\n');
	return `${text}\n${signLine(text, receiptName(receipt.county), seed)}\n`;
}

export type ReceiptFailure =
	NoteFailure | { ok: false; reason: 'not_a_receipt' | 'unknown_key' | 'other_device' };

/** key: as given at enrolment. device: whose receipt it has to be. */
export function verifyReceipt(
	note: string,
	key: string,
	device: string
): { ok: true; receipt: Receipt } | ReceiptFailure {
	const known = parseVerifierKey(key);
	if (!known) return { ok: false, reason: 'unknown_key' };
	const verified = verifyNote(note, [known]);
	if (!verified.ok) return verified;
	const receipt = readReceipt(verified.text);
	if (!receipt || receiptName(receipt.county) !== known.name) return { ok: false, reason: 'not_a_receipt' };
	return receipt.device === device ? { ok: true, receipt } : { ok: false, reason: 'other_device' };
}

function readReceipt(text: string): Receipt | null {
	const [name = '', format, device = '', at = '', skew = '', ledger = '', ...rest] = text.split('\n');
	const county = /^fairlot\/(\d{6})\/field$/.exec(name)?.[1];
	const value = (line: string, key: string) => (line.startsWith(`${key} `) ? line.slice(key.length + 1) : '');
	const numbers = [Number(value(skew, 'skew') || NaN), Number(value(ledger, 'ledger') || NaN)] as const;
	if (!county || format !== 'receipt 1' || rest.pop() !== '' || !numbers.every(Number.isSafeInteger))
		return null;
	const events: string[] = [];
	const aside: { hash: string; reason: string }[] = [];
	const photos: string[] = [];
	for (const line of rest) {
		const [kind, hash, reason, ...more] = line.split(' ');
		if (!isHex(hash, 32) || more.length > 0 || (kind === 'aside') !== (reason !== undefined)) return null;
		if (kind === 'event') events.push(hash);
		else if (kind === 'aside') aside.push({ hash, reason: reason! });
		else if (kind === 'photo') photos.push(hash);
		else return null;
	}
	return {
		...{
			county,
			device: value(device, 'device'),
			at: value(at, 'at'),
			skewMs: numbers[0],
			ledger: numbers[1]
		},
		...{ events, aside, photos }
	};
}
