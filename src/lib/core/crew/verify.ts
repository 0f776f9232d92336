// Verification of a crew document (README §5): every pairing against every rule, every chance counted, both bounds added
// up, hashes, commitment, seed, ticket and replacement orders recomputed. It shares no code with what builds the
// lottery, only hashing, canonical JSON and the number stream.
// Invariant: a document passes only if every value of it is the recomputed one; the first that differs is named.

import { canonical, canonicalBytes } from '../bytes/canonical';
import { compareUtf8 } from '../bytes/compare';
import { isHex } from '../bytes/hex';
import type { Difference } from '../draw/manifest-shape';
import { completePlan } from '../draw/plan';
import { rowsRoot } from '../draw/root';
import { firstDifference } from '../draw/verify';
import type { Result } from '../model';
import { counted } from './verify-figures';
import { brokenRule } from './verify-rules';
import { checkCrewShape } from './verify-shape';
import { differs, hash, type Step } from './verify-step';
import { drawnRight, seeded } from './verify-ticket';

export interface VerifiedCrews {
	/** No commitment from outside was compared: a made-up document would pass too. */
	selfConsistentOnly: boolean;
	commitment: string;
	/** What was shown, in order. */
	proved: (
		'problem' | 'commitment' | 'rules' | 'chances' | 'bounds' | 'seed' | 'ticket' | 'published_commitment'
	)[];
}

const problemInOrder: Step = ({ v, problem, portfolio }) => {
	if (v !== 'fairlot-crew/1') return differs('v', 'fairlot-crew/1', v);
	for (const name of ['inspectors', 'routes'] as const) {
		const at = problem[name].findIndex(({ id }, i, list) => i > 0 && compareUtf8(list[i - 1]!.id, id) >= 0);
		if (at >= 0)
			return differs(`problem.${name}[${at}].id`, undefined, problem[name][at]!.id, 'not in order');
	}
	const lone = problem.history.findIndex((pair) => pair.length !== 2);
	if (lone >= 0) return differs(`problem.history[${lone}]`, undefined, problem.history[lone], 'not a pair');
	const few = problem.routes.findIndex(({ seats }) => seats < 2);
	if (few >= 0)
		return differs(`problem.routes[${few}].seats`, 2, problem.routes[few]!.seats, 'at least two go');
	if (problem.size !== portfolio.length || problem.size < 200)
		return differs('problem.size', portfolio.length, problem.size);
	return null;
};

const committed: Step = ({ problem, plan, portfolio, commitment }) => {
	const { inspectors, routes, rules, history, size } = problem;
	const decided = completePlan({
		sampleSize: 0,
		...{ seq: plan.seq, prev: plan.prev, nonceCommit: plan.nonceCommit, entropy: plan.entropy },
		...{ revealBy: plan.revealBy, closeBy: plan.closeBy, verifier: plan.verifier }
	});
	if (!decided.ok) return differs(`plan.${decided.field}`, undefined, undefined, decided.reason);
	if (plan.draw !== null && !isHex(plan.draw, 32))
		return differs('plan.draw', undefined, plan.draw, 'not a hash');
	const expected = {
		v: 'fairlot-crew/1',
		routesHash: hash('fairlot/crew/routes/1', canonicalBytes(routes)),
		rosterHash: hash('fairlot/crew/roster/1', canonicalBytes(inspectors)),
		rulesHash: hash('fairlot/crew/rules/1', canonicalBytes({ ...rules, history, size })),
		portfolio: { size, root: rowsRoot(portfolio) }
	};
	const { v, routesHash, rosterHash, rulesHash } = plan;
	const difference = firstDifference(
		expected,
		{ v, routesHash, rosterHash, rulesHash, portfolio: plan.portfolio },
		'plan'
	);
	const recomputed = hash('fairlot/crew/commit/1', canonicalBytes(plan));
	if (!difference && recomputed !== commitment)
		return differs('commitment', recomputed, commitment, 'not the hash of the plan');
	return difference;
};

const lawful: Step = ({ problem, portfolio }) => {
	let before = '';
	for (const [t, pairing] of portfolio.entries()) {
		const text = canonical(pairing);
		if (t > 0 && compareUtf8(before, text) > 0)
			return differs(`portfolio[${t}]`, undefined, undefined, 'not in canonical order');
		before = text;
		const broken = brokenRule(pairing, problem);
		const where = broken && `portfolio[${t}].${broken.route}`;
		if (broken) return differs(where!, undefined, broken.inspector, broken.rule);
	}
	return null;
};

/** `document` as parsed from JSON; `commitment`: C₂ from paper, QR or a checkpoint. */
export function verifyCrews(claim: {
	document: unknown;
	commitment?: string | undefined;
}): Result<VerifiedCrews, Difference> {
	const shape = checkCrewShape(claim.document);
	if (!shape.ok) return shape;
	const { document } = shape;
	if (claim.commitment !== undefined && claim.commitment !== document.commitment)
		return {
			ok: false,
			...differs('commitment', claim.commitment, document.commitment, 'not the published one')
		};
	for (const step of [problemInOrder, committed, lawful, counted, seeded, drawnRight]) {
		const difference = step(document);
		if (difference) return { ok: false, ...difference };
	}
	return {
		ok: true,
		selfConsistentOnly: claim.commitment === undefined,
		commitment: document.commitment,
		proved: [
			...(['problem', 'commitment', 'rules', 'chances', 'bounds'] as const),
			...(document.entropy ? (['seed'] as const) : []),
			...(document.seed ? (['ticket'] as const) : []),
			...(claim.commitment !== undefined ? (['published_commitment'] as const) : [])
		]
	};
}
