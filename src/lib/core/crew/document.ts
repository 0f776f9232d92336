// Everything that is published of the crews, before the ticket is drawn and after: from it anyone can check every
// pairing, count every chance, add up both bounds and draw the ticket again (verify.ts, README §5).
// Invariant: a pure function of lottery, terms and seed, of canonical JSON throughout.

import { isHex } from '../bytes/hex';
import type { Entropy, EntropyError } from '../draw/entropy';
import type { PlanError } from '../draw/plan';
import type { Hash, Result } from '../model';
import type { Lottery } from './lottery';
import { hashOf, portfolioOf, portfolioRoot, problemHashes, type Pairing } from './portfolio';
import type { CrewProblem } from './problem';
import { chanceProof, workloadProof, type Bound } from './proof';
import {
	checkCrewEntropy,
	CREW_PROTOCOL,
	crewPlanOf,
	crewSeedOf,
	replacementOrder,
	ticketOf,
	type CrewPlan,
	type CrewTerms
} from './ticket';

/** Whole numbers by inspector and route; what is nought is left out. */
export type Counts = Record<string, Record<string, number>>;

/** Before the ticket: the portfolio and what is proved of it. */
export interface CrewLottery {
	v: typeof CREW_PROTOCOL;
	problem: CrewProblem;
	plan: CrewPlan;
	/** C₂ */
	commitment: Hash;
	/** Pairings in which the inspector goes on the route: K times the chance, exactly. */
	marginals: Counts;
	/** Work over all K pairings: K times the expected work. */
	work: Record<string, number>;
	/** `hash` = H(TAG("fairlot/crew/bounds/1") ‖ JCS({workload, chance})). */
	bounds: { workload: Bound; chance: Bound; hash: Hash };
	/** The same as decimals of six places: bounds rounded away from what they bound. */
	figures: { smallestWorkload: string; workloadBound: string; largestChance: string; chanceBound: string };
	portfolio: Pairing[];
}

/** After it; null before. */
export interface CrewDocument extends CrewLottery {
	entropy: Entropy | null;
	/** seed₂ */
	seed: Hash | null;
	seedSource: 'ceremony' | 'given' | null;
	/** Place of the drawn pairing in the portfolio, from 0. */
	ticket: number | null;
	drawn: Pairing | null;
	/** For each route, for each seat, who would take it, in order. */
	replacements: Record<string, string[][]> | null;
}

const PLACES = 1_000_000n;

/** over / under with six places, rounded down, or up. */
export function decimal(over: bigint, under: bigint, up: boolean): string {
	const scaled = over <= 0n ? 0n : (over * PLACES + (up ? under - 1n : 0n)) / under;
	return `${scaled / PLACES}.${String(scaled % PLACES).padStart(6, '0')}`;
}

export function describeLottery(
	{ problem, roster, pairings, leastWork, ...found }: Lottery,
	terms: Partial<CrewTerms> = {}
): Result<{ lottery: CrewLottery }, PlanError> {
	const { inspectors, routes, size } = problem;
	const { R, load } = roster;
	const portfolio = portfolioOf(pairings);
	const planned = crewPlanOf(terms, problemHashes(problem), { size, root: portfolioRoot(portfolio) });
	if (!planned.ok) return planned;
	const countOf = (i: number, r: number) => pairings.count[i * R + r]!;
	const marginals = Object.fromEntries(
		inspectors.map(({ id }, i) => [
			id,
			Object.fromEntries(routes.flatMap((route, r) => (countOf(i, r) > 0 ? [[route.id, countOf(i, r)]] : [])))
		])
	);
	const work = Object.fromEntries(
		inspectors.map(({ id }, i) => [id, routes.reduce((sum, _, r) => sum + countOf(i, r) * load[r]!, 0)])
	);
	const workload = workloadProof(roster, found.workloadProof);
	const chance = chanceProof(roster, found.chanceProof, leastWork);
	const largest = pairings.count.reduce((most, count) => Math.max(most, count), 0);
	return {
		ok: true,
		lottery: {
			v: CREW_PROTOCOL,
			problem,
			plan: planned.plan,
			commitment: planned.commitment,
			marginals,
			work,
			bounds: { workload, chance, hash: hashOf('fairlot/crew/bounds/1', { workload, chance }) },
			figures: {
				smallestWorkload: decimal(BigInt(leastWork), BigInt(size), false),
				workloadBound: decimal(BigInt(workload.over), BigInt(workload.under), true),
				largestChance: decimal(BigInt(largest), BigInt(size), true),
				chanceBound: decimal(BigInt(chance.over), BigInt(chance.under), false)
			},
			portfolio
		}
	};
}

/** The lottery with its ticket drawn, from a ceremony or from a seed somebody gave; `null`: not yet drawn. */
export function drawTicket(
	lottery: CrewLottery,
	source: { entropy: unknown } | { seed: string } | null
): Result<{ document: CrewDocument }, EntropyError | { reason: 'bad_seed' }> {
	const blank = {
		entropy: null,
		seed: null,
		seedSource: null,
		ticket: null,
		drawn: null,
		replacements: null
	};
	if (source === null) return { ok: true, document: { ...lottery, ...blank } };
	let entropy: Entropy | null = null;
	let seed: string;
	if ('seed' in source) seed = source.seed;
	else {
		const checked = checkCrewEntropy(lottery.plan, source.entropy);
		if (!checked.ok) return checked;
		entropy = checked.entropy;
		seed = crewSeedOf(lottery.commitment, entropy);
	}
	if (!isHex(seed, 32)) return { ok: false, reason: 'bad_seed' };
	const { problem, portfolio } = lottery;
	const ticket = ticketOf(seed, portfolio.length);
	const drawn = portfolio[ticket]!;
	const replacements = Object.fromEntries(
		problem.routes.map(({ id }) => [
			id,
			drawn[id]!.map((_, at) => replacementOrder(problem, seed, id, at + 1))
		])
	);
	const seedSource = entropy ? 'ceremony' : 'given';
	return {
		ok: true,
		document: { ...lottery, entropy, seed: seed as Hash, seedSource, ticket, drawn, replacements }
	};
}
