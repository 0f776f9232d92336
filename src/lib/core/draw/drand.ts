// drand, the League of Entropy's public randomness, network quicknet: every three seconds a BLS signature that no one can
// make before its time, and whose hash is the round's value. So a typed round is checked here, without asking anybody.
// Source: drand specification, scheme bls-unchained-g1-rfc9380; chain 52db9ba7…e971.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';

/** Public key of the network, a point of G2. */
const PUBLIC_KEY =
	'83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
	'0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a';
const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
/** Seconds since 1970 of round 1, and between rounds. */
const GENESIS_S = 1_692_803_367;
const PERIOD_S = 3;

export const DRAND_PATTERN = '[0-9a-f]{64}';
export const drandSource = (round: number) => `drand quicknet ${round}`;

/** The round of a source made by `drandSource`, or null. */
export function drandRound(source: string): number | null {
	const found = /^drand quicknet ([1-9][0-9]{0,14})$/.exec(source);
	return found ? Number(found[1]) : null;
}

/** First round that comes into being at `instant` or later. */
export const roundAfter = (instant: Date): number =>
	Math.max(1, Math.ceil((instant.getTime() / 1000 - GENESIS_S) / PERIOD_S) + 1);

export const timeOfRound = (round: number): Date => new Date((GENESIS_S + (round - 1) * PERIOD_S) * 1000);

/** The value of a round (32 bytes, hex) from its signature (48 bytes, hex), or null when it is not that round's. */
export function drandValue(round: number, signature: string): string | null {
	if (!isHex(signature, 48)) return null;
	const { hash, verify, Signature } = bls12_381.shortSignatures;
	const message = new Uint8Array(8);
	new DataView(message.buffer).setBigUint64(0, BigInt(round));
	try {
		const point = Signature.fromHex(signature);
		if (!verify(point, hash(sha256(message), DOMAIN), fromHex(PUBLIC_KEY))) return null;
	} catch {
		// Not a point of the curve.
		return null;
	}
	return toHex(sha256(fromHex(signature)));
}
