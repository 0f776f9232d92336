// Encryption at rest: AES-GCM under a key that lives in IndexedDB as an object no script can read out, made at enrolment
// and thrown away at sign-out, expiry and revocation. Without it the rest of the store is noise, whoever copies the disk.
// Invariant: every sealed value names its place (`what`), so that one cannot be put in the place of another.

export interface Sealed {
	iv: Uint8Array<ArrayBuffer>;
	data: ArrayBuffer;
}

/** Cannot be exported, only used. */
export const makeKey = (): Promise<CryptoKey> =>
	crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const place = (what: string) => new TextEncoder().encode(what);

export async function seal(key: CryptoKey, what: string, bytes: Uint8Array): Promise<Sealed> {
	// 96 random bits: safe for some 2³² values under one key (NIST SP 800-38D, 8.3).
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const algorithm = { name: 'AES-GCM', iv, additionalData: place(what) };
	return { iv, data: await crypto.subtle.encrypt(algorithm, key, bytes as Uint8Array<ArrayBuffer>) };
}

/** Throws when the value was altered, moved, or sealed under another key. */
export async function unseal(key: CryptoKey, what: string, { iv, data }: Sealed): Promise<Uint8Array> {
	const algorithm = { name: 'AES-GCM', iv, additionalData: place(what) };
	return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data));
}

export const sealJson = (key: CryptoKey, what: string, value: unknown): Promise<Sealed> =>
	seal(key, what, new TextEncoder().encode(JSON.stringify(value)));

export const unsealJson = async <T>(key: CryptoKey, what: string, sealed: Sealed): Promise<T> =>
	JSON.parse(new TextDecoder().decode(await unseal(key, what, sealed))) as T;
