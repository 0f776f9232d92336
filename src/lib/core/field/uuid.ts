// Ids of events: UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits, so ids sort by time.
// Invariant: lower case with hyphens, one spelling per id.
import { toHex } from '../bytes/hex';

/** atMs: since 1970. random: 10 bytes nobody can foresee. */
export function uuidv7(atMs: number, random: Uint8Array): string {
	if (!Number.isSafeInteger(atMs) || atMs < 0 || atMs >= 2 ** 48)
		throw new RangeError(`${atMs} ms is no time`);
	if (random.length < 10) throw new RangeError('an id needs 10 random bytes');
	const bytes = Uint8Array.from(random.subarray(0, 10));
	bytes[0] = 0x70 | (bytes[0]! & 0x0f);
	bytes[2] = 0x80 | (bytes[2]! & 0x3f);
	const hex = atMs.toString(16).padStart(12, '0') + toHex(bytes);
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export const isUuid = (text: unknown): text is string =>
	typeof text === 'string' &&
	/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
