// What a draw computes, pure, so that it runs in a worker thread or in a test: seal a frozen frame, draw from a sealed
// plan, or, for a trial, both at once. Order: the frame is inside C first, and only then can the seed exist.
import { nonceCommitOf, seedOf, type Entropy, type EntropyError } from '../core/draw/entropy';
import { makeExcluded, makeFrame, type Excluded, type Frame } from '../core/draw/frame';
import type { DrawSize } from '../core/draw/masses';
import { drawSealed, type Manifest } from '../core/draw/manifest';
import { commitmentOf, completePlan, type DrawPlan, type SealedPlan } from '../core/draw/plan';
import { commit, sealFrame, type FrameSeal } from '../core/draw/seal';
import type { PlanProblem, TrialProgress } from '../schema/draw';
import { namedRow, type FrozenRows } from './frozen';

export interface SealTask extends FrozenRows, DrawSize {
	work: 'seal';
}
export type SealOutcome =
	| { ok: false; problem: PlanProblem }
	| { ok: true; frame: Frame; excluded: Excluded[]; masses: Int32Array; seal: FrameSeal };

export interface DrawTask extends FrozenRows {
	work: 'draw';
	plan: SealedPlan;
	entropy: Entropy;
}
export type DrawOutcome =
	| { ok: true; manifest: Manifest }
	/** The frame kept is not the committed one, or what was drawn does not fit the plan: nothing may be drawn. */
	| { ok: false; reason: 'frame_differs' }
	| ({ ok: false } & (EntropyError | { reason: 'bad_seed' }));

export interface TrialTask extends FrozenRows {
	work: 'trial';
	plan: Partial<DrawPlan>;
	/** 32 random bytes in hex, made by the server. */
	nonce: string;
	/** 20 digits. */
	digits: string;
}
export type TrialDraw =
	| { ok: false; problem: PlanProblem }
	| {
			ok: true;
			manifest: Manifest;
			frame: Frame;
			excluded: Excluded[];
			masses: Int32Array;
			entropy: Entropy;
	  };

type OnProgress = (step: TrialProgress) => void;

export function sealFrozen(task: SealTask, progress: OnProgress): SealOutcome {
	progress({ step: 'frame', done: 0, total: 1 });
	const made = makeFrame(task.rows);
	if (!made.ok) return { ok: false, problem: namedRow(made, task.rows) };
	const left = makeExcluded(task.excluded);
	if (!left.ok) return { ok: false, problem: namedRow(left, task.excluded) };
	progress({ step: 'commit', done: 0, total: 1 });
	const sealed = sealFrame(made.frame, left.excluded, task);
	if (!sealed.ok) return { ok: false, problem: sealed };
	return { ok: true, frame: made.frame, excluded: left.excluded, masses: sealed.mass, seal: sealed.seal };
}

/** The list of a sealed plan. The frame is hashed again: only the one that was committed is drawn from. */
export function drawCommitted({ plan, entropy, ...task }: DrawTask, progress: OnProgress): DrawOutcome {
	const sealed = sealFrozen({ ...task, ...plan, work: 'seal' }, progress);
	const again = sealed.ok && commit(planOf(plan), sealed.seal);
	if (!sealed.ok || !again || again.commitment !== commitmentOf(plan))
		return { ok: false, reason: 'frame_differs' };
	const drawn = drawSealed(sealed.frame, { ...again, mass: sealed.masses }, { entropy }, (done, total) =>
		progress({ step: 'draw', done, total })
	);
	return drawn.ok ? { ok: true, manifest: drawn.manifest } : drawn;
}

/** What was decided, without what follows from the frame. */
function planOf({ v: _v, frame: _frame, allocation: _allocation, ...plan }: SealedPlan): DrawPlan {
	return plan;
}

/**
 * A trial: its seed is made as a ceremony's is, but nobody attests to the digits, so to the protocol it is a seed that
 * was given: entropy and assurance are null in the manifest, and the plan names no witness.
 */
export function drawTrial(task: TrialTask, progress: OnProgress): TrialDraw {
	const complete = completePlan({ ...task.plan, nonceCommit: nonceCommitOf(task.nonce) });
	if (!complete.ok) return { ok: false, problem: complete };
	const sealed = sealFrozen({ ...task, ...complete.plan, work: 'seal' }, progress);
	if (!sealed.ok) return sealed;
	const { frame, excluded, masses: mass, seal } = sealed;
	const committed = commit(complete.plan, seal);
	const entropy: Entropy = { beacon: null, digits: [task.digits], nonce: task.nonce, salts: [] };
	const seed = seedOf(committed.commitment, entropy);
	const drawn = drawSealed(frame, { ...committed, mass }, { seed }, (done, total) =>
		progress({ step: 'draw', done, total })
	);
	if (!drawn.ok) throw new Error(`the seed was refused: ${drawn.reason}`);
	return { ok: true, manifest: drawn.manifest, frame, excluded, masses: mass, entropy };
}
