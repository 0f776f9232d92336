// The manifest of a draw (protocol, §7): everything that is published, from which anyone can recompute the list.

import type { Hash } from '../model';
import type { EntropyLevel, PROTOCOL, SealedPlan } from './plan';

/** What the witnesses and the beacon gave; no other value enters the seed. */
export interface Entropy {
	beacon: string | null;
	/** 20 decimal digits per witness, in the plan's order. */
	digits: string[];
	/** 32 bytes, hex. */
	nonce: string;
	/** 16 bytes in hex per witness at L2 and at L3 with two witnesses, else empty. */
	salts: string[];
}

export interface Selected {
	/** 1, 2, … in the order of the list. */
	serial: number;
	id: string;
	township: string;
	cell: string;
	/** Chance of being drawn, in units of 2⁻³⁰. */
	mass: number;
}

export interface Manifest {
	v: typeof PROTOCOL;
	plan: SealedPlan;
	commitment: Hash;
	entropy: Entropy | null;
	seed: Hash;
	seedSource: 'ceremony' | 'given';
	assurance: EntropyLevel | null;
	selected: Selected[];
	/** For each drawn id its substitutes in order, [] if none. */
	substitutes: Record<string, string[]>;
}
