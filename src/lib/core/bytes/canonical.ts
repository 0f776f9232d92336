// Canonical JSON: RFC 8785 limited to objects, arrays, NFC strings without lone surrogates, integers |n| < 2⁵³,
// booleans and null. Equal values have equal bytes, on every machine and in every language.
// Invariant: anything else is an error that says where, never a coercion.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const encoder = new TextEncoder();

/** NFC and without lone surrogates. */
export const isCanonicalText = (text: string) =>
	!/\p{Surrogate}/u.test(text) && text === text.normalize('NFC');

/**
 * Canonical text of a value. Keys sort by UTF-16 units, as RFC 8785 §3.2.3 says; strings are escaped as
 * JSON.stringify does, which is §3.2.2.2.
 * @throws TypeError naming the path of the first value that has no canonical form
 */
export function canonical(value: unknown, path = '$'): string {
	if (value === null || typeof value === 'boolean') return String(value);
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value)) throw new TypeError(`${path}: not an integer below 2^53`);
		return String(value);
	}
	if (typeof value === 'string') {
		if (!isCanonicalText(value)) throw new TypeError(`${path}: text is not NFC`);
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) {
		return `[${Array.from(value, (item, i) => canonical(item, `${path}[${i}]`)).join(',')}]`;
	}
	if (typeof value !== 'object' || ![Object.prototype, null].includes(Object.getPrototypeOf(value))) {
		throw new TypeError(`${path}: ${typeof value} has no canonical form`);
	}
	const members = Object.keys(value).sort();
	return `{${members
		.map(
			(key) =>
				`${canonical(key, path)}:${canonical((value as Record<string, unknown>)[key], `${path}.${key}`)}`
		)
		.join(',')}}`;
}

export const canonicalBytes = (value: unknown): Uint8Array => encoder.encode(canonical(value));
