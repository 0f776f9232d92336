import { describe, expect, test } from 'vitest';
import { makeFrame, type FrameRow } from '../draw/frame';
import { M, masses } from '../draw/masses';
import { partsOf } from '../draw/parts';
import { sha256 } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { bandOf } from './band';
import { drawnAfter, perYearForAll } from './outlook';
import { figureNames, simulate, studySeed, type Facts } from './simulate';

const N = 400;
const next = stream(sha256('study test'), 'frame');
const rows: FrameRow[] = Array.from({ length: N }, (_, i) => {
	const t = next.int(5);
	return {
		id: `T${String(i).padStart(4, '0')}`,
		township: `35012510${t}`,
		cell: `cell${t}${next.int(6)}`,
		x: t * 10_000 + next.int(9000),
		y: next.int(9000),
		weight: next.int(10) === 0 ? 3 : 1,
		take: 0,
		salt: ''
	};
});
const made = makeFrame(rows);
if (!made.ok) throw new Error(made.reason);
const { frame } = made;
const plan = { sampleSize: 37, minPerTownship: 4 };
const shares = masses(frame, plan);
if (!shares.ok) throw new Error(shares.reason);
const { mass, allocation } = shares;
const facts: Facts = {
	monthsSince: Int32Array.from(rows, () => next.int(40) - 1),
	blacklisted: Uint8Array.from(frame.weight, (weight) => Number(weight === 3)),
	party: Int32Array.from(rows, () => next.int(90) - 1),
	office: Int32Array.from(frame.townshipOf, (t) => (t < 3 ? 0 : 1)),
	officeM: Int32Array.from(rows, () => next.int(9000)),
	officeAreaM2: Float64Array.of(200e6, 150e6)
};
const seed = sha256('study');
const run = (from: number, to: number) => simulate(frame, mass, facts, seed, { from, to, perDay: 5 });
const study = run(0, 1000);

describe('a study of whole draws', () => {
	test('every draw keeps the sample and the minimum', () => {
		for (let k = 0; k < study.draws; k++) {
			const counts = study.townships.subarray(k * 5, k * 5 + 5);
			expect(counts.reduce((sum, n) => sum + n)).toBe(plan.sampleSize);
			expect(Math.min(...counts)).toBeGreaterThanOrEqual(plan.minPerTownship);
		}
	});

	test('counts of townships are within one of their share, and mean what it says', () => {
		allocation.forEach(({ mass: share }, t) => {
			const counts = Int32Array.from({ length: study.draws }, (_, k) => study.townships[k * 5 + t]!);
			const { mean, least, most } = bandOf(counts);
			expect(least).toBeGreaterThanOrEqual(Math.floor(share / M));
			expect(most).toBeLessThanOrEqual(Math.ceil(share / M));
			const p = share / M - Math.floor(share / M);
			expect(Math.abs(mean - share / M)).toBeLessThanOrEqual(
				4 * Math.sqrt((p * (1 - p)) / study.draws) + 1e-12
			);
		});
	});

	test('cells and blacklisted are within four standard errors of their expectation', () => {
		const parts = partsOf(frame);
		for (let p = 0; p < parts.count; p++) {
			let share = 0;
			for (let at = parts.starts[p]!; at < parts.starts[p + 1]!; at++) share += mass[parts.rows[at]!]! / M;
			const left = share - Math.floor(share);
			const error = Math.sqrt((left * (1 - left)) / study.draws);
			expect(Math.abs(study.parts[p]! / study.draws - share)).toBeLessThanOrEqual(4 * error + 1e-9);
		}
		const expected = mass.reduce((sum, a, i) => sum + (facts.blacklisted[i] ? a / M : 0), 0);
		const reached = study.figures.blacklisted;
		const mean = reached.reduce((sum, n) => sum + n, 0) / study.draws;
		const variance = reached.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (study.draws - 1);
		expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / study.draws));
	});

	test('the band holds 88 to 92 of 100 further draws (randomised PIT)', () => {
		const fresh = run(1000, 6000);
		const coin = stream(sha256('pit'), 'coin');
		for (const name of ['overdueLeft', 'parties', 'travelM', 'cells'] as const) {
			const sorted = study.figures[name].slice().sort();
			let inside = 0;
			for (const value of fresh.figures[name]) {
				let below = 0;
				while (below < sorted.length && sorted[below]! < value) below++;
				let equal = 0;
				while (below + equal < sorted.length && sorted[below + equal] === value) equal++;
				const pit = (below + (coin.int(2 ** 31) / 2 ** 31) * (equal + 1)) / (sorted.length + 1);
				if (pit >= 0.05 && pit <= 0.95) inside++;
			}
			expect(inside / 5000, name).toBeGreaterThanOrEqual(0.88);
			expect(inside / 5000, name).toBeLessThanOrEqual(0.92);
		}
	});

	test('any range of draws gives the same figures, wherever it is computed', () => {
		const [one, two] = [run(0, 30), run(30, 70)];
		for (const name of figureNames)
			expect([...one.figures[name], ...two.figures[name]]).toEqual([...study.figures[name].subarray(0, 70)]);
		expect(studySeed(seed, 7)).not.toEqual(studySeed(seed, 8));
	});

	test('overdue, parties and their most are those of the list', () => {
		const own = simulate(frame, mass, facts, seed, { from: 3, to: 4, perDay: 5 });
		const drawn = [...own.rows].flatMap((n, row) => (n ? [row] : []));
		const isLate = (row: number) => facts.monthsSince[row]! < 0 || facts.monthsSince[row]! >= 24;
		expect(own.figures.overdueLeft[0]).toBe(
			[...facts.monthsSince.keys()].filter((row) => isLate(row) && !drawn.includes(row)).length
		);
		const known = drawn.filter((row) => facts.party[row]! >= 0);
		const lone = drawn.length - known.length;
		expect(own.figures.parties[0]).toBe(new Set(known.map((row) => facts.party[row])).size + lone);
		expect(own.figures.personDays[0]).toBe(2 * Math.ceil(own.figures.parties[0]! / 5));
	});
});

describe('the years to come', () => {
	test('chances add up to what has been seen', () => {
		expect(drawnAfter(Int32Array.of(M / 2, M), 3)).toEqual([0.75, 0.875, 0.9375]);
		expect(perYearForAll(6000, 5)).toBe(1200);
		expect(perYearForAll(7, 3)).toBe(3);
	});
});

test('a band is the 5th and 95th percentile', () => {
	expect(bandOf(Int32Array.from({ length: 100 }, (_, k) => 99 - k))).toEqual({
		mean: 49.5,
		low: 4,
		high: 95,
		least: 0,
		most: 99
	});
	expect(bandOf(Float64Array.of(3))).toEqual({ mean: 3, low: 3, high: 3, least: 3, most: 3 });
});
