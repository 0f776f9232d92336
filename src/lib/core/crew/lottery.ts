// The lottery of crews (Chinese practice of drawing inspectors by lot, 二(三)): every inspector's expected work as even,
// and every inspector's presence on any route as hard to predict, as the rules allow; then K whole lawful pairings whose
// average is that lottery, one of which a ticket picks.
// Invariant: each pairing obeys every rule; bounds are of every lottery under the rules; nothing depends on clock or
// machine, and the portfolio's random steps start from the problem's own hash, so nobody chooses among portfolios.

import { canonicalBytes } from '../bytes/canonical';
import { taggedHash } from '../bytes/sha256';
import type { Result } from '../model';
import { sfc32 } from '../route/random';
import { chanceBound, workloadBound, type Multiplier, type Optimum, type Unsolved } from './bounds';
import type { LinearSolver } from './linear';
import { mixture } from './mixture';
import { makePairings, type Pairings } from './pairings';
import { orderProblem, type CrewProblem, type ProblemError } from './problem';
import { layOutRoster, type Roster } from './roster';
import { shortages, type Shortage } from './shortage';
import { spread } from './spread';
import { idealChances } from './target';
import { wholePairing } from './whole';

/** Chances of the portfolio lie within this of the linear programme's. */
export const TOLERANCE = 0.005;

export interface Lottery {
	problem: CrewProblem;
	roster: Roster;
	pairings: Pairings;
	/** Chances aimed at, by inspector and route. */
	aim: Float64Array;
	/** Whether they are those of the rows, or, where no mixture of whole pairings has these, the best such mixture. */
	aimOf: 'rows' | 'pairings';
	/** Smallest total of work over all K pairings. */
	leastWork: number;
	workloadProof: Multiplier[];
	/** Proof that, with this least work, no lottery has a smaller largest chance. */
	chanceProof: Multiplier[];
}

export type LotteryError =
	| ProblemError
	| { reason: 'short'; shortages: Shortage[] }
	/** The solver gave up, and why. */
	| { reason: 'unsolved'; because: string };

export type LotteryStep = 'bounds' | 'pairing' | 'portfolio' | 'proof';
export type OnLotteryProgress = (progress: { step: LotteryStep; done: number }) => void;

const unsolved = (answer: Unsolved) =>
	({ ok: false, reason: 'unsolved', because: 'because' in answer ? answer.because : answer.status }) as const;

/** Two words of the problem's hash. */
function seedOf(problem: CrewProblem): number {
	const hash = new DataView(taggedHash('fairlot/crew/portfolio/1', canonicalBytes(problem)).buffer);
	return hash.getUint32(0) + hash.getUint16(4) * 2 ** 32;
}

export function lottery(
	given: CrewProblem,
	solver: LinearSolver,
	onProgress?: OnLotteryProgress
): Result<Lottery, LotteryError> {
	const ordered = orderProblem(given);
	if (!ordered.ok) return ordered;
	const { problem } = ordered;
	const roster = layOutRoster(problem);
	onProgress?.({ step: 'pairing', done: 0 });
	const whole = wholePairing(roster, solver);
	if (whole.status === 'unsolved') return unsolved(whole);
	if (whole.status === 'infeasible') {
		const found = shortages(roster, solver);
		if (!found) return unsolved({ status: 'unsolved', because: 'the shortage could not be told apart' });
		return { ok: false, reason: 'short', shortages: found };
	}

	onProgress?.({ step: 'bounds', done: 0 });
	const workload = workloadBound(roster, solver);
	if ('status' in workload) return unsolved(workload);
	const ideal = idealChances(roster, workload, solver);
	if ('status' in ideal) return unsolved(ideal);

	onProgress?.({ step: 'portfolio', done: 0 });
	const random = sfc32(seedOf(problem));
	let aim = ideal.chances;
	let aimOf: Lottery['aimOf'] = 'rows';
	let pairings = makePairings(roster, problem.size, [whole.crews]);
	const off = spread(pairings, aim, random, {
		onProgress: ({ done }) => onProgress?.({ step: 'portfolio', done })
	});
	if (off > TOLERANCE * problem.size) {
		const mixed = mixture(roster, pairings, solver);
		if ('status' in mixed) return unsolved(mixed);
		aimOf = 'pairings';
		aim = mixed.chances;
		pairings = makePairings(roster, problem.size, mixed.starts);
		spread(pairings, aim, random, { mixing: 0 });
	}

	onProgress?.({ step: 'proof', done: 0 });
	const leastWork = smallestWork(pairings);
	const chance: Optimum | Unsolved = chanceBound(roster, leastWork / problem.size, solver);
	if ('status' in chance) return unsolved(chance);
	return {
		ok: true,
		...{ problem, roster, pairings, aim, aimOf, leastWork },
		workloadProof: workload.multipliers,
		chanceProof: chance.multipliers
	};
}

/** Smallest total of work over all pairings, of those who can be drawn at all. */
function smallestWork({ roster, count }: Pairings): number {
	const { I, R, load, cover } = roster;
	let least = Infinity;
	for (let i = 0; i < I; i++) {
		let sum = 0;
		let drawable = false;
		for (let r = 0; r < R; r++) {
			sum += count[i * R + r]! * load[r]!;
			drawable ||= cover[i * R + r]! >= 0;
		}
		if (drawable) least = Math.min(least, sum);
	}
	return least;
}

/** What the portfolio aimed at, in millionths by inspector and route, and how far off it is at most. */
export function aimedAt({ problem, roster, pairings, aim, aimOf }: Lottery) {
	let off = 0;
	for (const [k, chance] of aim.entries())
		off = Math.max(off, Math.abs(pairings.count[k]! / problem.size - chance));
	const millionths = (i: number, r: number) => Math.round(aim[i * roster.R + r]! * 1e6);
	const rows = problem.inspectors.map(({ id }, i) => {
		const row = problem.routes.flatMap((route, r) =>
			millionths(i, r) > 0 ? [[route.id, millionths(i, r)]] : []
		);
		return [id, Object.fromEntries(row) as Record<string, number>] as const;
	});
	return { of: aimOf, marginals: Object.fromEntries(rows), error: off.toFixed(6) };
}
