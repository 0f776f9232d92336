// Verification (protocol, §7): recompute everything from the frame and what the manifest says was decided, and name the
// first value that differs. Cheap parts come first: shape, roots, shares, commitment, seed; then the draw itself.
// Invariant: a manifest passes only if every one of its values is the recomputed one. Without a commitment or
// manifest hash from elsewhere it is proved to agree with itself only.

import { isHex } from '../bytes/hex';
import type { Result } from '../model';
import { checkEntropy, seedOf } from './entropy';
import { frameRow, type Excluded, type Frame } from './frame';
import { drawSealed, manifestHashOf, selectedRootOf, type Manifest } from './manifest';
import { checkShape, inside, type Difference } from './manifest-shape';
import { M, type MassError } from './masses';
import type { Allocation, DrawPlan, PlanError } from './plan';
import { frameRoot } from './root';
import { sealPlan } from './seal';

export interface Verified {
	/** Nothing from outside was compared: a made-up manifest would pass too. */
	selfConsistentOnly: boolean;
	commitment: string;
	manifestHash: string;
	selectedRoot: string;
	/** What was shown, in order. */
	proved: (
		'frame' | 'shares' | 'commitment' | 'seed' | 'draw' | 'published_commitment' | 'published_manifest'
	)[];
}

export interface Claim {
	/** A manifest as parsed from JSON. */
	manifest: unknown;
	frame: Frame;
	/** As `makeExcluded` gives them. */
	excluded: readonly Excluded[];
	/** From paper, QR or a checkpoint. */
	commitment?: string | undefined;
	manifestHash?: string | undefined;
}

const differs = (path: string, expected: unknown, found: unknown, because?: string) =>
	({
		ok: false,
		reason: 'differs',
		path,
		expected,
		found,
		...(because !== undefined && { because })
	}) as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** The first value of `found` that is not `expected`, in the order of `expected`'s keys; null when they are equal. */
export function firstDifference(expected: unknown, found: unknown, path: string = ''): Difference | null {
	if (Array.isArray(expected) && Array.isArray(found)) {
		for (let i = 0; i < Math.max(expected.length, found.length); i++) {
			const difference = firstDifference(expected[i], found[i], `${path}[${i}]`);
			if (difference) return difference;
		}
		return null;
	}
	if (isObject(expected) && isObject(found) && !Array.isArray(expected) && !Array.isArray(found)) {
		for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
			const [e, f] = [expected, found].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
			const difference = firstDifference(e, f, inside(path, key));
			if (difference) return difference;
		}
		return null;
	}
	if (expected === found) return null;
	return { reason: 'differs', path, expected, found };
}

export function verify(claim: Claim): Result<Verified, Difference> {
	const { frame, excluded, commitment, manifestHash } = claim;
	const shape = checkShape(claim.manifest);
	if (!shape.ok) return shape;
	const { manifest } = shape;

	const root = frameRoot(frame);
	const wrongFrame = checkFrame(manifest, frame, root);
	if (wrongFrame) return { ok: false, ...wrongFrame };
	const { v: _v, frame: _frame, allocation, ...decided } = manifest.plan;
	const sealed = sealPlan(frame, excluded, decided satisfies DrawPlan, root);
	if (!sealed.ok) return wrongPlan(decided, sealed);
	const wrongNumber = checkShares(decided, sealed.plan.allocation, allocation);
	if (wrongNumber) return wrongNumber;
	const plan = firstDifference(sealed.plan, manifest.plan, 'plan');
	if (plan) return { ok: false, ...plan };
	if (commitment !== undefined && manifest.commitment !== commitment)
		return differs('commitment', commitment, manifest.commitment, 'not the published commitment');
	if (manifest.commitment !== sealed.commitment)
		return wrongCommitment(manifest, sealed.commitment, commitment);

	// Three values say which kind of seed it is; if one of them was changed, the other two name it.
	const signs = [manifest.seedSource === 'ceremony', manifest.entropy !== null, manifest.assurance !== null];
	const ceremony = signs.filter(Boolean).length >= 2;
	const source = ceremony ? { entropy: manifest.entropy } : { seed: manifest.seed };
	const drawn = drawSealed(frame, sealed, source);
	if (!drawn.ok) {
		const path = 'field' in drawn ? ['entropy', drawn.field].filter(Boolean).join('.') : 'seed';
		return differs(path, undefined, undefined, drawn.reason);
	}
	const value = firstDifference(drawn.manifest, manifest);
	if (value) return { ok: false, ...value };
	if (manifestHash !== undefined && drawn.manifestHash !== manifestHash)
		return differs('manifestHash', manifestHash, drawn.manifestHash, 'not the published manifest hash');
	return {
		ok: true,
		selfConsistentOnly: commitment === undefined && manifestHash === undefined,
		commitment: sealed.commitment,
		manifestHash: manifestHashOf(manifest),
		selectedRoot: selectedRootOf(manifest),
		proved: [
			'frame',
			'shares',
			'commitment',
			...(ceremony ? (['seed'] as const) : []),
			'draw',
			...(commitment !== undefined ? (['published_commitment'] as const) : []),
			...(manifestHash !== undefined ? (['published_manifest'] as const) : [])
		]
	};
}

/** The committed frame and the one at hand: a row that contradicts the list is named, or else the size or the root. */
function checkFrame(
	{ plan, selected, substitutes }: Manifest,
	frame: Frame,
	root: string
): Difference | null {
	if (plan.frame.root === root) return firstDifference(frame.size, plan.frame.size, 'plan.frame.size');
	const place = new Map(frame.ids.map((id, i) => [id, i]));
	for (const id of [...selected.map((row) => row.id), ...Object.values(substitutes).flat()]) {
		if (!place.has(id))
			return { reason: 'differs', path: `frame[${JSON.stringify(id)}]`, expected: id, found: undefined };
	}
	for (const { id, township, cell } of selected) {
		const row = frameRow(frame, place.get(id)!);
		const difference = firstDifference(
			{ township, cell },
			{ township: row.township, cell: row.cell },
			`frame[${JSON.stringify(id)}]`
		);
		if (difference) return difference;
	}
	return (
		firstDifference(frame.size, plan.frame.size, 'plan.frame.size') ??
		firstDifference(root, plan.frame.root, 'plan.frame.root')
	);
}

/** Values the plan cannot have over this frame. */
function wrongPlan(decided: DrawPlan, error: PlanError | MassError) {
	const field =
		'field' in error ? error.field : error.reason === 'minimum_too_large' ? 'minPerTownship' : 'sampleSize';
	return differs(inside('plan', field), undefined, decided[field as keyof DrawPlan], error.reason);
}

/** A number of the plan that the shares contradict: their sum tells the sample, several that moved the minimum. */
function checkShares(decided: DrawPlan, expected: readonly Allocation[], found: readonly Allocation[]) {
	const shared = found.reduce((sum, { mass }) => sum + mass, 0) / M;
	if (Number.isInteger(shared) && shared !== decided.sampleSize)
		return differs('plan.sampleSize', shared, decided.sampleSize, 'the townships share another number');
	const moved = expected.filter(({ mass }, t) => mass !== found[t]?.mass);
	if (shared === decided.sampleSize && found.length === expected.length && moved.length > 1)
		return differs('plan.minPerTownship', undefined, decided.minPerTownship, 'it gives other shares');
	return null;
}

/** The plan's hash is not the commitment: says which of the two was changed, as far as anything else can tell. */
function wrongCommitment(manifest: Manifest, recomputed: string, published: string | undefined) {
	const checked = manifest.entropy && checkEntropy(manifest.plan, manifest.entropy);
	const agrees =
		checked?.ok &&
		isHex(manifest.commitment, 32) &&
		seedOf(manifest.commitment, checked.entropy) === manifest.seed;
	return published !== undefined || agrees
		? differs('plan', manifest.commitment, recomputed, 'the hash of the plan is not the commitment')
		: differs('commitment', recomputed, manifest.commitment, 'not the hash of the plan');
}
