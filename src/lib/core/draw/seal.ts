// Sealing a plan (protocol, §3): the frame's roots and the shares of its townships go into the plan, and its hash C is
// what gets published. Invariant: the same frame, exclusions and plan always give the same C.

import type { Hash, Result } from '../model';
import type { Excluded, Frame } from './frame';
import { masses, type MassError } from './masses';
import { commitmentOf, completePlan, PROTOCOL, type DrawPlan, type PlanError, type SealedPlan } from './plan';
import { frameRoot, rowsRoot } from './root';

export interface Sealed {
	plan: SealedPlan;
	commitment: Hash;
	/** a_i for each row of the frame, in units of 2⁻³⁰. */
	mass: Int32Array;
}

/**
 * `plan` as it came from outside, absent keys read as null; `excluded` as `makeExcluded` gives it. A root already
 * known (the app stores it at the freeze) may be passed to save hashing the frame again.
 */
export function sealPlan(
	frame: Frame,
	excluded: readonly Excluded[],
	plan: Partial<DrawPlan> | unknown,
	root: string = frameRoot(frame)
): Result<Sealed, PlanError | MassError> {
	const complete = completePlan(plan);
	if (!complete.ok) return complete;
	const shares = masses(frame, complete.plan);
	if (!shares.ok) return shares;
	const sealed: SealedPlan = {
		v: PROTOCOL,
		...complete.plan,
		frame: { size: frame.size, root, excludedRoot: rowsRoot(excluded) },
		allocation: shares.allocation
	};
	return { ok: true, plan: sealed, commitment: commitmentOf(sealed), mass: shares.mass };
}
