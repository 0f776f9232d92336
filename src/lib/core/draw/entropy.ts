// The seed and what it is made of (protocol, §4): a committed nonce, digits that witnesses draw after C is public, and
// at level 3 a public value that did not exist before. Invariant: nothing else enters the seed, and entropy that does
// not fit the plan's fixed schema is refused. L0, a server alone, is no level at all.

import { canonicalBytes, isCanonicalText } from '../bytes/canonical';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { taggedHash } from '../bytes/sha256';
import type { Hash, Result } from '../model';
import type { DrawPlan, EntropyPlan } from './plan';

/** What the witnesses and the beacon gave; no other value enters the seed. */
export interface Entropy {
	beacon: string | null;
	/** 20 decimal digits per witness, in the plan's order. */
	digits: string[];
	/** 32 bytes, hex. */
	nonce: string;
	/** 16 bytes in hex per witness at L2, and at L3 with two witnesses, else empty. */
	salts: string[];
}

export type EntropyError = {
	reason: 'no_entropy_plan' | 'unknown_field' | 'bad_value' | 'nonce_not_committed';
	/** Path inside the entropy, e.g. `digits[1]`. */
	field: string;
};

/** What the ledger holds of a nonce before the seed exists. */
export const nonceCommitOf = (nonce: string) => toHex(taggedHash('fairlot/nonce/1', fromHex(nonce))) as Hash;

/** What a witness publishes before opening `salt` (16 bytes, hex) and `digits`. */
export const digitsCommitOf = (salt: string, digits: string) =>
	toHex(taggedHash('fairlot/digits/1', fromHex(salt), digits)) as Hash;

/** The seed of commitment C and what was drawn. */
export const seedOf = (commitment: string, entropy: Entropy) =>
	toHex(taggedHash('fairlot/seed/1', fromHex(commitment), canonicalBytes(entropy))) as Hash;

const isDigits = (value: unknown) => typeof value === 'string' && /^[0-9]{20}$/.test(value);

/**
 * The pattern of a beacon as an expression for the whole value, or null when it is not a pattern: characters that
 * stand for themselves, `[0-9]`, `[0-9a-f]`, and `{n}` after either, n = 1 … 999.
 */
export function beaconPattern(pattern: string): RegExp | null {
	const atom = /(\[0-9\]|\[0-9a-f\]|[^[\]{}])(\{[1-9][0-9]{0,2}\})?/uy;
	let source = '';
	for (let at = 0; at < pattern.length; at = atom.lastIndex) {
		atom.lastIndex = at;
		const found = atom.exec(pattern);
		if (!found) return null;
		const one = found[1]!.startsWith('[') ? found[1]! : found[1]!.replace(/[\\^$.*+?()|/]/u, '\\$&');
		source += one + (found[2] ?? '');
	}
	return new RegExp(`^${source}$`, 'u');
}

/** Whether two witnesses lock their digits under salts before either is opened. */
const isSalted = ({ level, witnesses }: EntropyPlan) =>
	level === 'L2' || (level === 'L3' && witnesses.length === 2);

/** Whether what was drawn fits what the plan asked for: the first misfit. */
export function checkEntropy(plan: DrawPlan, given: unknown): Result<{ entropy: Entropy }, EntropyError> {
	const refuse = (reason: EntropyError['reason'], field: string) => ({ ok: false, reason, field }) as const;
	const wanted = plan.entropy;
	if (!wanted) return refuse('no_entropy_plan', '');
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return refuse('bad_value', '');
	const { beacon, digits, nonce, salts, ...others } = given as Record<string, unknown>;
	const other = Object.keys(others)[0];
	if (other !== undefined) return refuse('unknown_field', other);

	if (wanted.beacon === null ? beacon !== null : typeof beacon !== 'string' || !isCanonicalText(beacon))
		return refuse('bad_value', 'beacon');
	if (wanted.beacon && !beaconPattern(wanted.beacon.pattern)?.test(beacon as string))
		return refuse('bad_value', 'beacon');

	const lists = [
		['digits', digits, wanted.witnesses.length, isDigits],
		['salts', salts, isSalted(wanted) ? wanted.witnesses.length : 0, (value: unknown) => isHex(value, 16)]
	] as const;
	for (const [name, list, length, fits] of lists) {
		if (!Array.isArray(list) || list.length !== length) return refuse('bad_value', name);
		const bad = list.findIndex((value) => !fits(value));
		if (bad >= 0) return refuse('bad_value', `${name}[${bad}]`);
	}
	if (!isHex(nonce, 32)) return refuse('bad_value', 'nonce');
	if (nonceCommitOf(nonce) !== plan.nonceCommit) return refuse('nonce_not_committed', 'nonce');
	return { ok: true, entropy: given as Entropy };
}
