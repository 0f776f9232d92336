// The server's part of the seed: 32 random bytes, committed to before anybody draws digits (protocol §3). They lie in
// the database encrypted under a key that does not, bound to their draw; a second copy is for the superior body alone,
// so that nobody can make a draw disappear by withholding the nonce.
import {
	createCipheriv,
	createDecipheriv,
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	hkdfSync,
	randomBytes,
	type KeyObject
} from 'node:crypto';

/** Which draw a nonce belongs to; another draw's ciphertext does not open. */
export interface NonceOwner {
	county: string;
	/** Its number; of a draw of crews `crew/` and its number. */
	draw: number | string;
}

const context = ({ county, draw }: NonceOwner) => Buffer.from(`fairlot/nonce/${county}/${draw}`);
const derive = (secret: string | Uint8Array, purpose: string) =>
	Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), purpose, 32));

/** iv (12) ‖ tag (16) ‖ ciphertext (32). */
function encrypt(key: Buffer, owner: NonceOwner, nonce: Buffer): Buffer {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context(owner));
	const hidden = Buffer.concat([cipher.update(nonce), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), hidden]);
}

/** @throws when the key or the owner is another, or a bit was changed */
function decrypt(key: Buffer, owner: NonceOwner, box: Buffer): Buffer {
	const plain = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
		.setAAD(context(owner))
		.setAuthTag(box.subarray(12, 28));
	return Buffer.concat([plain.update(box.subarray(28)), plain.final()]);
}

/** secret: FAIRLOT_SECRET. nonce: hex. */
export const sealNonce = (secret: string, owner: NonceOwner, nonce: string): Buffer =>
	encrypt(derive(secret, 'fairlot nonce'), owner, Buffer.from(nonce, 'hex'));

/** Hex, or null when it does not open: another secret, another draw, or changed bytes. */
export function openNonce(secret: string, owner: NonceOwner, box: Buffer): string | null {
	try {
		return decrypt(derive(secret, 'fairlot nonce'), owner, box).toString('hex');
	} catch {
		return null;
	}
}

const X25519 = { kty: 'OKP', crv: 'X25519' } as const;
const rawOf = (key: KeyObject) => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

/** The superior body's public key (32 bytes, Base64) as FAIRLOT_ESCROW_KEY gives it; null when it is none. */
export function escrowKey(text: string): KeyObject | null {
	const bytes = Buffer.from(text.trim(), 'base64');
	if (bytes.length !== 32) return null;
	return createPublicKey({ key: { ...X25519, x: bytes.toString('base64url') }, format: 'jwk' });
}

/** For the holder of the private key only: an X25519 key of one use (32 bytes), then as above. */
export function escrowNonce(to: KeyObject, owner: NonceOwner, nonce: string): Buffer {
	const { publicKey, privateKey } = generateKeyPairSync('x25519');
	const shared = diffieHellman({ privateKey, publicKey: to });
	return Buffer.concat([
		rawOf(publicKey),
		encrypt(derive(shared, 'fairlot escrow'), owner, Buffer.from(nonce, 'hex'))
	]);
}

/** What the superior body does with its private key (PKCS#8 PEM). @throws when it does not open */
export function openEscrow(pem: string, owner: NonceOwner, box: Buffer): string {
	const publicKey = createPublicKey({
		key: { ...X25519, x: box.subarray(0, 32).toString('base64url') },
		format: 'jwk'
	});
	const shared = diffieHellman({ privateKey: createPrivateKey(pem), publicKey });
	return decrypt(derive(shared, 'fairlot escrow'), owner, box.subarray(32)).toString('hex');
}
