// Sealing a plan (protocol, §3): the frame's roots and the shares of its townships go into the plan, and its hash C is
// what gets published. Invariant: the same frame, exclusions and plan always give the same C.

import type { Hash, Result } from '../model';
import type { Excluded, Frame } from './frame';
import { masses, type DrawSize, type MassError } from './masses';
import { commitmentOf, completePlan, PROTOCOL, type DrawPlan, type PlanError, type SealedPlan } from './plan';
import { frameRoot, rowsRoot } from './root';

export interface Sealed {
	plan: SealedPlan;
	commitment: Hash;
	/** a_i for each row of the frame, in units of 2⁻³⁰. */
	mass: Int32Array;
}

/** What a plan is sealed with: roots of the frame and of what was left out, and the shares of the townships. */
export type FrameSeal = Pick<SealedPlan, 'frame' | 'allocation'>;

/** The frame's part of a sealed plan. A root already known may be passed to save hashing the frame again. */
export function sealFrame(
	frame: Frame,
	excluded: readonly Excluded[],
	size: DrawSize,
	root: string = frameRoot(frame)
): Result<{ seal: FrameSeal; mass: Int32Array }, MassError> {
	const shares = masses(frame, size);
	if (!shares.ok) return shares;
	const roots = { size: frame.size, root, excludedRoot: rowsRoot(excluded) };
	return { ok: true, seal: { frame: roots, allocation: shares.allocation }, mass: shares.mass };
}

/** The plan with what follows from the frame, and C. */
export function commit(plan: DrawPlan, { frame, allocation }: FrameSeal) {
	const sealed: SealedPlan = { v: PROTOCOL, ...plan, frame, allocation };
	return { plan: sealed, commitment: commitmentOf(sealed) };
}

/** `plan` as it came from outside, absent keys read as null; `excluded` as `makeExcluded` gives it. */
export function sealPlan(
	frame: Frame,
	excluded: readonly Excluded[],
	plan: Partial<DrawPlan> | unknown,
	root?: string
): Result<Sealed, PlanError | MassError> {
	const complete = completePlan(plan);
	if (!complete.ok) return complete;
	const sealed = sealFrame(frame, excluded, complete.plan, root);
	return sealed.ok ? { ok: true, ...commit(complete.plan, sealed.seal), mass: sealed.mass } : sealed;
}
