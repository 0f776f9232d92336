// Commitment, seed and ticket of the crews (protocol, §9), and who takes a seat that falls free.
// Invariant: C₂ is published before seed₂ can exist; ticket = int(K) from Stream(seed₂, "crew"), so every pairing of
// the portfolio has the same chance; each seat's order of replacement is fixed by seed₂ and chosen by nobody.

import { canonicalBytes } from '../bytes/canonical';
import { fromHex, isHex, toHex } from '../bytes/hex';
import { sha256, taggedHash } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { checkEntropy, type Entropy, type EntropyError } from '../draw/entropy';
import { completePlan, type DrawPlan, type PlanError } from '../draw/plan';
import type { Hash, Result } from '../model';
import type { ProblemHashes } from './portfolio';
import type { CrewProblem } from './problem';
import { refusals } from './roster';

export const CREW_PROTOCOL = 'fairlot-crew/1';

/** What is decided beside the portfolio; keys mean what they mean in the plan of a draw. */
export type CrewTerms = Pick<
	DrawPlan,
	'seq' | 'prev' | 'nonceCommit' | 'entropy' | 'revealBy' | 'closeBy' | 'verifier'
> & {
	/** C of the draw whose targets the routes visit; null in a rehearsal. */
	draw: string | null;
};

export interface CrewPlan extends CrewTerms, ProblemHashes {
	v: typeof CREW_PROTOCOL;
	portfolio: { size: number; root: string };
}

/** The plan of the crews from outside terms, absent ones null; the first bad one is named. */
export function crewPlanOf(
	given: Partial<CrewTerms>,
	hashes: ProblemHashes,
	portfolio: CrewPlan['portfolio']
): Result<{ plan: CrewPlan; commitment: Hash }, PlanError> {
	const { draw = null, ...terms } = given;
	if (draw !== null && !isHex(draw, 32)) return { ok: false, reason: 'bad_value', field: 'draw' };
	const complete = completePlan({ sampleSize: 0, ...terms });
	if (!complete.ok) return complete;
	const { seq, prev, nonceCommit, entropy, revealBy, closeBy, verifier } = complete.plan;
	const { routesHash, rosterHash, rulesHash } = hashes;
	const plan: CrewPlan = {
		...{ v: CREW_PROTOCOL, draw, seq, prev, routesHash, rosterHash, rulesHash, portfolio },
		...{ nonceCommit, entropy, revealBy, closeBy, verifier }
	};
	return { ok: true, plan, commitment: crewCommitmentOf(plan) };
}

/** C₂. */
export const crewCommitmentOf = (plan: CrewPlan): Hash =>
	toHex(taggedHash('fairlot/crew/commit/1', canonicalBytes(plan))) as Hash;

/** seed₂ of C₂ and what was drawn. */
export const crewSeedOf = (commitment: string, entropy: Entropy): Hash =>
	toHex(taggedHash('fairlot/crew/seed/1', fromHex(commitment), canonicalBytes(entropy))) as Hash;

/** Whether what was drawn fits the plan, by the rules of the draw itself. */
export function checkCrewEntropy(plan: CrewPlan, given: unknown): Result<{ entropy: Entropy }, EntropyError> {
	const { nonceCommit, entropy } = plan;
	const like = completePlan({ sampleSize: 0, nonceCommit, entropy });
	if (!like.ok) return { ok: false, reason: 'no_entropy_plan', field: '' };
	return checkEntropy(like.plan, given);
}

/** The pairing drawn: a place in the portfolio, from 0. */
export const ticketOf = (seed: string, size: number): number => stream(fromHex(seed), 'crew').int(size);

/** Who would take seat k (from 1) of a route, in order: everyone whom no personal rule keeps off it. */
export function replacementOrder(problem: CrewProblem, seed: string, routeId: string, k: number): string[] {
	const route = problem.routes.find(({ id }) => id === routeId);
	if (!route) return [];
	const key = (inspector: string) =>
		toHex(sha256(fromHex(seed), '\0replace\0', route.id, '\0', String(k), '\0', inspector));
	return problem.inspectors
		.filter((inspector) => refusals(inspector, route, problem.rules).length === 0)
		.map(({ id }) => ({ id, key: key(id) }))
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ id }) => id);
}
