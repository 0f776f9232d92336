// Standard Base64 (RFC 4648 §4, padded), as signed notes and keys carry it.
// Invariant: one text per value; text that would be re-encoded differently is refused.

export const toBase64 = (bytes: Uint8Array): string =>
	btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** The bytes, or null when the text is not exactly what toBase64 gives for them. */
export function fromBase64(text: string): Uint8Array | null {
	if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
	const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
	return toBase64(bytes) === text ? bytes : null;
}
