// The plan of a draw (protocol, §3) and its commitment C, published before the seed can exist.
// Invariant: a sealed plan has every key, null when not applicable, and no other; C = H(TAG ‖ JCS(plan)).

import { canonicalBytes, isCanonicalText } from '../bytes/canonical';
import { isHex, toHex } from '../bytes/hex';
import { taggedHash } from '../bytes/sha256';
import type { Hash, Result } from '../model';
import { beaconPattern } from './entropy';

export const PROTOCOL = 'fairlot-draw/1';

export type EntropyLevel = 'L1' | 'L2' | 'L3';

/** Who and what makes the seed, fixed before anything is drawn. */
export interface EntropyPlan {
	level: EntropyLevel;
	/** Account ids, in the order of their digits: one at L1, two at L2, one or two at L3. */
	witnesses: string[];
	/** A public value to come, at L3 only. */
	beacon: null | { source: string; pattern: string; after: string };
}

/** What is decided; with a given seed (a rehearsal, an audit) only `sampleSize` need be there. */
export interface DrawPlan {
	plan: string | null;
	kind: string | null;
	/** Counts the jurisdiction's draws from 1. */
	seq: number | null;
	/** Commitment of the draw before, null for the first. */
	prev: string | null;
	sampleSize: number;
	/** Null counts as 0, as it does for `substitutes`. */
	minPerTownship: number | null;
	h3Resolution: number | null;
	/** Metres that coordinates were rounded to. */
	grid: number | null;
	crs: string | null;
	publicFrame: boolean | null;
	/** Substitutes wanted for each drawn target. */
	substitutes: number | null;
	nonceCommit: string | null;
	entropy: EntropyPlan | null;
	/** UTC instants, ISO 8601. */
	revealBy: string | null;
	closeBy: string | null;
	/** Digests of the offline verifiers in use. */
	verifier: { html: string | null; py: string | null } | null;
}

/** A township's rows and its share in units of 2⁻³⁰ targets. */
export interface Allocation {
	township: string;
	size: number;
	mass: number;
}

/** The plan with what follows from the frame: this is what is committed. */
export interface SealedPlan extends DrawPlan {
	v: typeof PROTOCOL;
	frame: { size: number; root: string; excludedRoot: string };
	allocation: Allocation[];
}

/** C, the commitment. */
export const commitmentOf = (plan: SealedPlan): Hash =>
	toHex(taggedHash('fairlot/commit/1', canonicalBytes(plan))) as Hash;

export type PlanError = { reason: 'unknown_field' | 'bad_value'; field: string };

const isText = (value: unknown) => typeof value === 'string' && isCanonicalText(value);
const isWhole = (value: unknown, least: number, most = Infinity) =>
	Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;

/** A plain object with exactly these keys, each value passing its rule. */
function isRecord(value: unknown, rules: Record<string, (member: unknown) => boolean>): boolean {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const keys = Object.keys(value);
	return (
		keys.length === Object.keys(rules).length &&
		keys.every((key) => Object.hasOwn(rules, key) && rules[key]!((value as Record<string, unknown>)[key]))
	);
}

function isEntropyPlan(value: unknown): boolean {
	const shape = isRecord(value, {
		level: (level) => ['L1', 'L2', 'L3'].includes(level as string),
		witnesses: (list) => Array.isArray(list) && list.every(isText) && new Set(list).size === list.length,
		beacon: (beacon) =>
			beacon === null ||
			isRecord(beacon, {
				source: isText,
				pattern: (pattern) => isText(pattern) && beaconPattern(pattern as string) !== null,
				after: isText
			})
	});
	if (!shape) return false;
	const { level, witnesses, beacon } = value as EntropyPlan;
	const enough =
		level === 'L3' ? [1, 2].includes(witnesses.length) : witnesses.length === (level === 'L1' ? 1 : 2);
	return enough && (beacon !== null) === (level === 'L3');
}

const orNull = (rule: (value: unknown) => boolean) => (value: unknown) => value === null || rule(value);
const isHash = (value: unknown) => isHex(value, 32);
const planRules: { [K in keyof DrawPlan]: (value: unknown) => boolean } = {
	plan: orNull(isText),
	kind: orNull(isText),
	seq: orNull((value) => isWhole(value, 1)),
	prev: orNull(isHash),
	sampleSize: (value) => isWhole(value, -Infinity),
	minPerTownship: orNull((value) => isWhole(value, 0)),
	h3Resolution: orNull((value) => isWhole(value, 0, 15)),
	grid: orNull((value) => isWhole(value, 1)),
	crs: orNull(isText),
	publicFrame: orNull((value) => typeof value === 'boolean'),
	substitutes: orNull((value) => isWhole(value, 0)),
	nonceCommit: orNull(isHash),
	entropy: orNull(isEntropyPlan),
	revealBy: orNull(isText),
	closeBy: orNull(isText),
	verifier: orNull((value) => isRecord(value, { html: orNull(isHash), py: orNull(isHash) }))
};

/** A plan from outside: absent keys become null; the first key that is unknown or breaks its rule is named. */
export function completePlan(given: unknown): Result<{ plan: DrawPlan }, PlanError> {
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return { ok: false, reason: 'bad_value', field: '' };
	const unknown = Object.keys(given).find((key) => !Object.hasOwn(planRules, key));
	if (unknown !== undefined) return { ok: false, reason: 'unknown_field', field: unknown };
	const plan: Record<string, unknown> = {};
	for (const [field, fits] of Object.entries(planRules)) {
		const value = (given as Record<string, unknown>)[field] ?? null;
		if (!fits(value)) return { ok: false, reason: 'bad_value', field };
		plan[field] = value;
	}
	return { ok: true, plan: plan as unknown as DrawPlan };
}
