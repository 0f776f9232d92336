// The manifest of a draw (protocol, §7): everything that is published, from which anyone can recompute the list.
// Invariant: a pure function of frame, exclusions, plan and seed; equal inputs give equal bytes and one manifestHash.

import { canonicalBytes } from '../bytes/canonical';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { sha256, taggedHash } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import type { Hash, Result } from '../model';
import { draw, type OnProgress } from './draw';
import { checkEntropy, seedOf, type Entropy, type EntropyError } from './entropy';
import type { Frame } from './frame';
import type { EntropyLevel, PROTOCOL, SealedPlan } from './plan';
import { PROTOCOL as VERSION } from './plan';
import { rowsRoot } from './root';
import type { Sealed } from './seal';
import { substitutesOf } from './substitute';

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

export interface Drawn {
	manifest: Manifest;
	manifestHash: Hash;
	selectedRoot: Hash;
}

/** Where the seed comes from: a ceremony, or a hex string of 32 bytes that somebody chose. */
export type SeedSource = { entropy: unknown } | { seed: string };

export type SeedError = { reason: 'bad_seed' } | EntropyError;

/** H(TAG ‖ JCS(manifest)). */
export const manifestHashOf = (manifest: Manifest): Hash =>
	toHex(taggedHash('fairlot/manifest/1', canonicalBytes(manifest))) as Hash;

/** The rows of the list as `selectedRoot` holds them, each with a salt only who knows the seed can make. */
export const selectedRows = ({ seed, selected }: Pick<Manifest, 'seed' | 'selected'>) =>
	selected.map((row) => ({
		...row,
		salt: toHex(taggedHash('fairlot/salt/1', fromHex(seed), row.id).subarray(0, 16))
	}));

export const selectedRootOf = (manifest: Pick<Manifest, 'seed' | 'selected'>): Hash =>
	rowsRoot(selectedRows(manifest));

/** Rows in serial order: ascending H(seed ‖ 0x00 ‖ "serial" ‖ 0x00 ‖ id). */
function serialOrder(frame: Frame, drawn: readonly number[], seed: Uint8Array): number[] {
	const keyed = drawn.map((row) => ({ row, key: toHex(sha256(seed, '\0serial\0', frame.ids[row]!)) }));
	return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

/** Draws over a sealed plan. */
export function drawSealed(
	frame: Frame,
	{ plan, commitment, mass }: Sealed,
	source: SeedSource,
	onProgress?: OnProgress
): Result<Drawn, SeedError> {
	let entropy: Entropy | null = null;
	let seedHex: string;
	if ('seed' in source) seedHex = source.seed;
	else {
		const checked = checkEntropy(plan, source.entropy);
		if (!checked.ok) return checked;
		entropy = checked.entropy;
		seedHex = seedOf(commitment, entropy);
	}
	if (!isHex(seedHex, 32)) return { ok: false, reason: 'bad_seed' };
	const seed = fromHex(seedHex);

	const drawn = serialOrder(
		frame,
		draw(frame, mass, (label) => stream(seed, label), onProgress),
		seed
	);
	const lists = substitutesOf(frame, drawn, seed, plan.substitutes ?? 0);
	const manifest: Manifest = {
		v: VERSION,
		plan,
		commitment,
		entropy,
		seed: seedHex as Hash,
		seedSource: entropy ? 'ceremony' : 'given',
		assurance: entropy && plan.entropy ? plan.entropy.level : null,
		selected: drawn.map((row, k) => ({
			serial: k + 1,
			id: frame.ids[row]!,
			township: frame.townships[frame.townshipOf[row]!]!,
			cell: frame.cells[frame.cellOf[row]!]!,
			mass: mass[row]!
		})),
		substitutes: Object.fromEntries(
			drawn.map((row, k) => [frame.ids[row]!, lists[k]!.map((other) => frame.ids[other]!)])
		)
	};
	return {
		ok: true,
		manifest,
		manifestHash: manifestHashOf(manifest),
		selectedRoot: selectedRootOf(manifest)
	};
}
