// The lottery of crews on made-up rosters: rules, bounds, shortages, tickets, explanations and replacements.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { countyCrews, smallCrews } from '../../../../tests/support/crew-problems';
import { judge, SEED } from '../../../../tests/support/crew-properties';
import { value } from '../../../../tests/support/value';
import { openSolver } from '../../server/highs';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import { nonceCommitOf } from '../draw/entropy';
import { describeLottery, drawTicket, type CrewDocument } from './document';
import { explainPair } from './explain';
import { fairnessOf } from './fairness';
import type { LinearSolver } from './linear';
import { aimedAt, lottery } from './lottery';
import { portfolioRoot } from './portfolio';
import { orderProblem, type CrewProblem } from './problem';
import { nextReplacement } from './replacement';
import { checkCrewEntropy, crewCommitmentOf, crewSeedOf, ticketOf } from './ticket';
import { verifyCrews } from './verify';
import { addUpBound } from './verify-bound';
import { verifyReplacements } from './verify-replacement';
import { brokenRule } from './verify-rules';

let solver: LinearSolver;
beforeAll(async () => {
	solver = await openSolver();
});

const copy = <T>(given: T): T => JSON.parse(JSON.stringify(given)) as T;
const NONCE = toHex(sha256('crew nonce'));
const TERMS = {
	seq: 1,
	nonceCommit: nonceCommitOf(NONCE),
	entropy: { level: 'L1' as const, witnesses: ['w1'], beacon: null },
	revealBy: '2026-03-06T09:00:00Z'
};
const ENTROPY = { beacon: null, digits: ['01234567890123456789'], nonce: NONCE, salts: [] };

/** A roster with every kind of rule that does have a lawful pairing. */
function ceremony(problem: CrewProblem = smallCrews(1)): CrewDocument {
	const described = value(describeLottery(value(lottery(problem, solver)), TERMS));
	return value(drawTicket(described.lottery, { entropy: ENTROPY })).document;
}

describe('the lottery', () => {
	it('of a county comes close to both bounds, and every value of it verifies', () => {
		const held = value(lottery(countyCrews(1, { inspectors: 35, routes: 14, days: 4, leads: 0.3 }), solver));
		const { document } = value(drawTicket(value(describeLottery(held)).lottery, { seed: SEED }));
		expect(verifyCrews({ document })).toMatchObject({ ok: true });
		const { smallestWorkload, workloadBound, largestChance, chanceBound } = document.figures;
		expect(Number(smallestWorkload) / Number(workloadBound)).toBeGreaterThan(0.97);
		expect(Number(largestChance) / Number(chanceBound)).toBeLessThan(1.05);
		expect(Number(aimedAt(held).error)).toBeLessThanOrEqual(0.005);
	});

	it('is the same for the same problem in any order', () => {
		const problem = smallCrews(1);
		const turned = {
			...problem,
			inspectors: problem.inspectors.toReversed(),
			routes: problem.routes.toReversed()
		};
		expect(ceremony(turned)).toEqual(ceremony(problem));
	});

	it('obeys every rule, or names a real shortage, on small rosters', { timeout: 300_000 }, () => {
		const seen = { held: 0, short: 0 };
		const roster = fc.integer({ min: 0, max: 2 ** 31 });
		fc.assert(
			fc.property(roster, (seed) => void seen[judge(smallCrews(seed), solver)]++),
			{ numRuns: 60, seed: 4 }
		);
		expect(Math.min(seen.held, seen.short)).toBeGreaterThan(12);
	});

	it('has bounds that no mixture of lawful pairings passes', () => {
		const { problem, portfolio, bounds } = ceremony();
		const limit = Number(bounds.workload.over) / Number(bounds.workload.under);
		fc.assert(
			fc.property(fc.array(fc.nat(9), { minLength: 200, maxLength: 200 }), (weights) => {
				const all = weights.reduce((sum, weight) => sum + weight, 0);
				fc.pre(all > 0);
				const mean = (of: (t: number) => number) =>
					weights.reduce((sum, weight, t) => sum + weight * of(t), 0) / all;
				const cells = problem.inspectors.flatMap(({ id }) =>
					problem.routes.map((route) => ({
						id,
						load: route.load,
						chance: mean((t) => Number(portfolio[t]![route.id]!.includes(id)))
					}))
				);
				const work = problem.inspectors
					.map(({ id }) => cells.filter((cell) => cell.id === id))
					.map((mine) => mine.reduce((sum, { load, chance }) => sum + load * chance, 0));
				expect(Math.min(...work)).toBeLessThanOrEqual(limit + 1e-9);
				// The bound on the chance, for the smallest work this mixture reaches, by the same multipliers.
				const least = Math.floor(Math.min(...work) * problem.size);
				const sum = addUpBound('chance', bounds.chance.multipliers, problem, least);
				if ('bad' in sum) throw new Error(sum.because);
				const largest = Math.max(...cells.map(({ chance }) => chance));
				expect(largest).toBeGreaterThanOrEqual(Number(sum.over) / Number(sum.under) - 1e-9);
			}),
			{ numRuns: 50 }
		);
	});
});

describe('an impossible roster', () => {
	const base = countyCrews(5, { inspectors: 30, routes: 6, days: 3, leads: 0.5, scopes: 1 });
	const short = (problem: CrewProblem) => {
		const held = lottery(problem, solver);
		if (held.ok || held.reason !== 'short') throw new Error(JSON.stringify(held));
		return held.shortages;
	};

	it('names the scope, the day and the route', () => {
		const routes = base.routes.map((route, r) => (r === 2 ? { ...route, scopes: ['海域'] } : route));
		expect(short({ ...base, routes })).toMatchObject([
			{ what: 'scope', which: '海域', short: 1, day: routes[2]!.day, route: routes[2]!.id, holders: 0 }
		]);
	});

	it('names leads, and what keeps them away', () => {
		const day = base.routes[0]!.day;
		const inspectors = base.inspectors.map((one) => (one.lead ? { ...one, absent: [day] } : one));
		const routes = base.routes.map((route) => ({ ...route, scopes: [] }));
		const found = short({ ...base, routes, inspectors });
		const leads = inspectors.filter(({ lead }) => lead).length;
		expect(found.map(({ what }) => what)).toEqual(['lead', 'lead']);
		for (const one of found)
			expect(one).toMatchObject({ day, holders: leads, taken: 0, kept: { absent: leads } });
	});

	it('names a department that sends nobody, and seats when inspectors are too few', () => {
		const routes = base.routes.map((route, r) => (r === 0 ? { ...route, departments: ['应急'] } : route));
		expect(short({ ...base, routes })).toMatchObject([{ what: 'department', which: '应急', short: 1 }]);
		const one = { ...base.inspectors[0]!, home: [], scopes: ['矿产', '测绘', '用地', '规划', '地质环境'] };
		const found = short({ ...base, inspectors: [{ ...one, cap: 6, absent: [], recused: [] }] });
		expect(found.reduce((sum, { short }) => sum + short, 0)).toBeGreaterThanOrEqual(6);
	});
});

describe('ticket', () => {
	it('is uniform over the portfolio', () => {
		const K = 200;
		const drawn = new Float64Array(K);
		for (let n = 0; n < 20_000; n++) drawn[ticketOf(toHex(sha256(`ticket ${n}`)), K)]!++;
		const chi = drawn.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
		// 199 degrees of freedom: 0.1 % and 99.9 %.
		expect(chi).toBeGreaterThan(143);
		expect(chi).toBeLessThan(266);
	});

	it('of the golden ceremony of ours, value for value', () => {
		const file = new URL('../../../../tests/golden/crew_ceremony.json', import.meta.url);
		const { document } = JSON.parse(readFileSync(file, 'utf8')) as { document: CrewDocument };
		const { plan, entropy, problem } = document;
		expect(crewCommitmentOf(plan)).toBe(document.commitment);
		expect(portfolioRoot(document.portfolio)).toBe(plan.portfolio.root);
		expect(crewSeedOf(document.commitment, entropy!)).toBe(document.seed);
		expect(ticketOf(document.seed!, problem.size)).toBe(document.ticket);
		expect(value(drawTicket(document, { entropy })).document).toEqual(document);
		expect(verifyCrews({ document, commitment: document.commitment })).toMatchObject({
			selfConsistentOnly: false,
			proved: [
				'problem',
				'commitment',
				'rules',
				'chances',
				'bounds',
				'seed',
				'ticket',
				'published_commitment'
			]
		});
	});

	it('asks for what the plan asked for', () => {
		const { plan } = ceremony();
		expect(checkCrewEntropy(plan, { ...ENTROPY, digits: ['1'] })).toMatchObject({ field: 'digits[0]' });
		expect(checkCrewEntropy(plan, { ...ENTROPY, nonce: 'ab'.repeat(32) })).toMatchObject({ field: 'nonce' });
	});
});

describe('explanations and replacements', () => {
	it('refuse a pair exactly when the verifier does', () => {
		const problems = [1, 3, 8, 9, 11, 15].map((seed) => value(orderProblem(smallCrews(seed))).problem);
		for (const problem of problems) {
			for (const route of problem.routes) {
				const alone = { ...problem, routes: [route] };
				for (const a of problem.inspectors) {
					for (const b of problem.inspectors) {
						if (a.id >= b.id || route.seats !== 2) continue;
						const crew = [a.id, b.id];
						const broken = brokenRule({ [route.id]: crew }, alone);
						const faults = explainPair(alone, route.id, crew);
						expect(faults.length > 0, JSON.stringify({ broken, faults })).toBe(broken !== null);
					}
				}
			}
		}
	});

	it('replace by the order of the seat, lawfully', () => {
		const document = ceremony(countyCrews(2, { inspectors: 24, routes: 6, days: 3, leads: 0.5 }));
		const { problem, seed, drawn, replacements } = document;
		for (const route of Object.keys(drawn!)) {
			for (const k of [1, 2]) {
				const gone = drawn![route]![k - 1]!;
				const ask = { route, k, now: drawn!, out: new Set([gone]) };
				const next = value(nextReplacement(problem, seed!, ask));
				expect(brokenRule(next.pairing, problem)).toBeNull();
				const order = replacements![route]![k - 1]!.filter((id) => !drawn![route]!.includes(id));
				expect(order.indexOf(next.inspector)).toBe(next.passed.length);
				expect(next.passed.map(({ inspector }) => inspector)).toEqual(order.slice(0, next.passed.length));
				const record = { route, seat: k, gone, taken: next.inspector, out: [gone] };
				expect(verifyReplacements(document, [record])).toEqual({ ok: true, pairing: next.pairing });
				const chosen = { ...record, taken: order.find((id) => id !== next.inspector)! };
				expect(verifyReplacements(document, [chosen])).toMatchObject({ path: 'replacements[0].taken' });
				for (const { inspector } of next.passed) {
					const crew = drawn![route]!.map((id) => (id === gone ? inspector : id));
					expect(brokenRule({ ...drawn!, [route]: crew }, problem)).not.toBeNull();
				}
			}
		}
	});
});

it('fairness is what the portfolio holds', () => {
	const { problem, portfolio, ...document } = ceremony();
	const { inspectors, pairs, different } = fairnessOf({ problem, portfolio, ...document });
	const mean = inspectors.reduce((sum, { work }) => sum + work, 0);
	expect(mean).toBe(problem.size * problem.routes.reduce((sum, { seats, load }) => sum + seats * load, 0));
	const [top] = pairs;
	const count = portfolio.filter((pairing) =>
		Object.values(pairing).some((crew) => top!.pair.every((id) => crew.includes(id)))
	).length;
	expect(top!.count).toBe(count);
	expect(different).toBeGreaterThan(1);
});

describe('the verifier', () => {
	/** Every place of a value inside `found`. */
	function* places(found: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
		if (typeof found !== 'object' || found === null) yield path;
		else
			for (const key of Object.keys(found))
				yield* places((found as Record<string, unknown>)[key], [...path, key]);
	}
	const altered = (found: unknown): unknown => {
		if (typeof found === 'number') return found + 1;
		if (typeof found === 'boolean') return !found;
		if (found === null) return 0;
		const text = found as string;
		return /[0-9]$/.test(text) ? text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10) : `${text}0`;
	};

	it('refuses any one altered value', { timeout: 300_000 }, () => {
		const document = ceremony();
		const all = [...places(document)];
		const long = ['portfolio', 'replacements', 'bounds', 'problem'];
		const some = all.filter((path, n) =>
			long.includes(String(path[0])) ? n % 41 === 0 || path.length === 2 : true
		);
		expect(some.length).toBeGreaterThan(100);
		for (const path of some) {
			const changed = copy(document) as unknown as Record<string | number, unknown>;
			let at = changed;
			for (const key of path.slice(0, -1)) at = at[key] as typeof changed;
			at[path.at(-1)!] = altered(at[path.at(-1)!]);
			expect(verifyCrews({ document: changed }), path.join('.')).toMatchObject({
				ok: false,
				reason: 'differs'
			});
		}
	});

	it('names the pairing, route and rule that is broken', () => {
		const document = copy(ceremony());
		const { problem, portfolio } = document;
		const route = problem.routes[0]!;
		const crew = portfolio[7]![route.id]!;
		const other = problem.inspectors.find((one) => !crew.includes(one.id))!;
		const kept = { ...other, absent: [route.day] };
		const inspectors = problem.inspectors.map((one) => (one === other ? kept : one));
		portfolio[7]![route.id] = [...crew.slice(1), other.id].sort();
		expect(brokenRule(portfolio[7]!, { ...problem, inspectors })).toMatchObject({ route: route.id });
		expect(verifyCrews({ document, commitment: document.commitment })).toMatchObject({
			path: 'plan.portfolio.root'
		});
	});

	it('refuses a bound that its rows do not prove', () => {
		const { problem, bounds } = ceremony();
		const { multipliers } = bounds.chance;
		const wrong = [{ row: ['lead', 'R9'] as const, times: 1 }, ...multipliers];
		expect(addUpBound('chance', wrong, problem, 0)).toMatchObject({ bad: 0 });
		const negative = multipliers.map(({ row, times }) => ({ row, times: -Math.abs(times) }));
		expect(addUpBound('chance', negative, problem, 0)).toHaveProperty('bad');
		expect(addUpBound('workload', [], problem, 0)).toMatchObject({ because: 'the rows prove nothing' });
	});
});
