// From frozen rows and typed digits to a finished draw: pure, so that it runs in a worker thread or in a test.
// Order: the frame is sealed into C first, and only then does the seed exist (protocol §3, §4).
import { nonceCommitOf, seedOf, type Entropy } from '../core/draw/entropy';
import { makeExcluded, makeFrame, type Excluded, type Frame } from '../core/draw/frame';
import { drawSealed, type Manifest } from '../core/draw/manifest';
import type { DrawPlan } from '../core/draw/plan';
import { sealPlan } from '../core/draw/seal';
import type { PlanProblem, TrialProgress } from '../schema/draw';
import { namedRow, type FrozenRows } from './frozen';

export interface DrawTask extends FrozenRows {
	work: 'trial';
	plan: Partial<DrawPlan>;
	/** 32 random bytes in hex, made by the server. */
	nonce: string;
	/** 20 digits. */
	digits: string;
}

export type DrawOutcome =
	| { ok: false; problem: PlanProblem }
	| {
			ok: true;
			manifest: Manifest;
			frame: Frame;
			excluded: Excluded[];
			masses: Int32Array;
			entropy: Entropy;
	  };

/**
 * A trial: its seed is made as a ceremony's is, but nobody attests to the digits, so to the protocol it is a seed that
 * was given: entropy and assurance are null in the manifest, and the plan names no witness.
 */
export function drawFrozen(task: DrawTask, progress: (step: TrialProgress) => void): DrawOutcome {
	progress({ step: 'frame', done: 0, total: 1 });
	const made = makeFrame(task.rows);
	if (!made.ok) return { ok: false, problem: namedRow(made, task.rows) };
	const left = makeExcluded(task.excluded);
	if (!left.ok) return { ok: false, problem: namedRow(left, task.excluded) };
	progress({ step: 'commit', done: 0, total: 1 });
	const sealed = sealPlan(made.frame, left.excluded, {
		...task.plan,
		nonceCommit: nonceCommitOf(task.nonce)
	});
	if (!sealed.ok) return { ok: false, problem: sealed };
	const entropy: Entropy = { beacon: null, digits: [task.digits], nonce: task.nonce, salts: [] };
	const seed = seedOf(sealed.commitment, entropy);
	const drawn = drawSealed(made.frame, sealed, { seed }, (done, total) =>
		progress({ step: 'draw', done, total })
	);
	if (!drawn.ok) throw new Error(`the seed was refused: ${drawn.reason}`);
	return {
		ok: true,
		manifest: drawn.manifest,
		frame: made.frame,
		excluded: left.excluded,
		masses: sealed.mass,
		entropy
	};
}
