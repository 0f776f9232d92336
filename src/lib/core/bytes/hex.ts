// Bytes as lower-case hexadecimal text, the only form in which bytes enter JSON.
// Invariant: fromHex(toHex(b)) = b, and text that is not lower-case hex of even length is refused.

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += digits[byte];
	return text;
}

/** True for lower-case hex of exactly `bytes` bytes. */
export function isHex(text: unknown, bytes: number): text is string {
	return typeof text === 'string' && text.length === 2 * bytes && /^[0-9a-f]*$/.test(text);
}

/** @throws RangeError when the text is not lower-case hex of even length */
export function fromHex(text: string): Uint8Array {
	if (text.length % 2 === 1 || !isHex(text, text.length / 2)) throw new RangeError('not lower-case hex');
	const bytes = new Uint8Array(text.length / 2);
	for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}
