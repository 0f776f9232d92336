// The plan of a draw (protocol, §3) and its commitment C, published before the seed can exist.
// Invariant: a sealed plan has every key, null when not applicable, and no other; C = H(TAG ‖ JCS(plan)).

import { canonicalBytes } from '../bytes/canonical';
import { toHex } from '../bytes/hex';
import { taggedHash } from '../bytes/sha256';
import type { Hash } from '../model';

export const PROTOCOL = 'fairlot-draw/1';

export type EntropyLevel = 'L1' | 'L2' | 'L3';

/** Who and what makes the seed, fixed before anything is drawn. */
export interface EntropyPlan {
	level: EntropyLevel;
	/** Account ids, in the order of their digits. */
	witnesses: string[];
	beacon: null | { source: string; pattern: string; after: string };
}

/** What is decided; with a given seed (a rehearsal, an audit) only the numbers need be there. */
export interface DrawPlan {
	plan: string | null;
	kind: string | null;
	seq: number | null;
	/** Commitment of the draw before, null for the first. */
	prev: string | null;
	sampleSize: number;
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
