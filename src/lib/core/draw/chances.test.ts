// That every chance is what was published: by going through all branches of small draws with exact fractions, and by
// three figures over many draws of a weighted frame, which four wrong samplers must each fail.

import { describe, expect, it } from 'vitest';
import { bruteDraw, rightPivot, type BrutePivot } from '../../../../tests/support/brute-draw';
import { value } from '../../../../tests/support/value';
import { sha256 } from '../bytes/sha256';
import { stream, type Stream } from '../bytes/stream';
import { draw } from './draw';
import { makeFrame, type Frame, type FrameRow } from './frame';
import { M, masses } from './masses';

const base: FrameRow = { id: '', township: 'A', cell: 'c', x: 0, y: 0, weight: 1, take: 0, salt: '' };

/** A fraction in lowest terms. */
type Fraction = readonly [bigint, bigint];
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
const fraction = (n: bigint, d: bigint): Fraction => [n / gcd(n, d), d / gcd(n, d)];
const times = ([a, b]: Fraction, [c, d]: Fraction) => fraction(a * c, b * d);
const plus = ([a, b]: Fraction, [c, d]: Fraction) => fraction(a * d + c * b, b * d);

/** P(drawn) of each row over every branch of the draw, and the number of branches. */
function enumerate(frame: Frame, mass: Int32Array): { chances: Fraction[]; paths: number } {
	const chances: Fraction[] = frame.ids.map(() => [0n, 1n]);
	let paths = 0;
	let path: number[] = [];
	for (;;) {
		let depth = 0;
		let chance: Fraction = [1n, 1n];
		const widths: number[] = [];
		const choose = (width: number) => {
			if (depth === path.length) path.push(0);
			widths.push(width);
			return path[depth++]!;
		};
		const branching: Stream = {
			int(m) {
				if (m === 1) return 0;
				chance = times(chance, [1n, BigInt(m)]);
				return choose(m);
			},
			below(t, m) {
				if (t === m) return true;
				const yes = choose(2) === 0;
				chance = times(chance, fraction(BigInt(yes ? t : m - t), BigInt(m)));
				return yes;
			}
		};
		for (const i of draw(frame, mass, () => branching)) chances[i] = plus(chances[i]!, chance);
		paths++;
		while (path.length > 0 && path.at(-1)! + 1 === widths[path.length - 1]) path.pop();
		if (path.length === 0) return { chances, paths };
		path = [...path.slice(0, -1), path.at(-1)! + 1];
	}
}

describe('every branch of a small draw', () => {
	const frames: Record<string, { rows: Partial<FrameRow>[]; sampleSize: number; minPerTownship?: number }> = {
		'equal weights': { rows: [{ x: 0 }, { x: 1 }, { x: 5 }, { x: 9 }], sampleSize: 2 },
		'unequal weights and ties': {
			rows: [
				{ weight: 1 },
				{ weight: 2, x: 1 },
				{ weight: 3, x: -1 },
				{ weight: 5, y: 1 },
				{ weight: 1, y: -1 }
			],
			sampleSize: 2
		},
		'six in two townships and three cells': {
			rows: [
				{ weight: 3 },
				{ weight: 1, x: 2, cell: 'd' },
				{ weight: 2, x: 3, cell: 'd' },
				{ weight: 1, x: 7, township: 'B' },
				{ weight: 4, x: 8, township: 'B' },
				{ weight: 1, x: 9, township: 'B', cell: 'e' }
			],
			sampleSize: 3
		},
		'more than half drawn': {
			rows: [{ weight: 2 }, { x: 1 }, { x: 2 }, { x: 3, weight: 3 }, { x: 9 }],
			sampleSize: 4
		},
		'one taken, one certain by weight': {
			rows: [{ take: 1 }, { weight: 1000 }, { x: 1 }, { x: 2, weight: 2 }, { x: 3 }],
			sampleSize: 3
		}
	};
	for (const [name, { rows, sampleSize, minPerTownship = 0 }] of Object.entries(frames)) {
		it(`gives each target exactly its chance: ${name}`, () => {
			const { frame } = value(makeFrame(rows.map((rest, i) => ({ ...base, id: `t${i}`, ...rest }))));
			const { mass } = value(masses(frame, { sampleSize, minPerTownship }));
			const { chances, paths } = enumerate(frame, mass);
			expect(paths).toBeGreaterThan(2);
			expect(chances).toEqual(Array.from(mass, (a) => fraction(BigInt(a), BigInt(M))));
		});
	}
});

const R = 2000;
const HEAVY = 3;

/** 160 targets in four townships of two cells, one in eight of weight 3. */
const rows: FrameRow[] = Array.from({ length: 160 }, (_, i) => ({
	...base,
	id: `t${String(i).padStart(3, '0')}`,
	township: 'ABCD'[i % 4]!,
	cell: `c${(i >> 2) % 2}`,
	x: (i * 7919) % 1009,
	y: (i * 104729) % 997,
	weight: (i * 5) % 8 === 3 || i % 16 === 0 ? HEAVY : 1
}));
const { frame } = value(makeFrame(rows));
const { mass } = value(masses(frame, { sampleSize: 40, minPerTownship: 3 }));
const place = new Map(frame.ids.map((id, i) => [id, i]));
const seedOf = (r: number) => sha256(`monte carlo ${r}`);

/** z of the number of heavy targets drawn; Σ z² of the same by township; χ²/df over units. */
function figures(sample: (r: number) => number[]) {
	const units = new Float64Array(frame.size);
	const townships = frame.townships.length;
	const heavyDrawn = Array.from({ length: R }, () => new Float64Array(townships));
	for (let r = 0; r < R; r++) {
		for (const i of sample(r)) {
			units[i]!++;
			if (frame.weight[i] === HEAVY) heavyDrawn[r]![frame.townshipOf[i]!]!++;
		}
	}
	const expected = new Float64Array(townships);
	frame.ids.forEach((_, i) => {
		if (frame.weight[i] === HEAVY) expected[frame.townshipOf[i]!]! += mass[i]! / M;
	});
	const z = (counts: number[], mean: number) => {
		const average = counts.reduce((sum, n) => sum + n, 0) / R;
		const variance = counts.reduce((sum, n) => sum + (n - average) ** 2, 0) / (R - 1);
		return (average - mean) / Math.sqrt(variance / R);
	};
	const sum = (values: Float64Array) => values.reduce((total, n) => total + n, 0);
	let chiSquare = 0;
	frame.ids.forEach((_, i) => {
		const p = mass[i]! / M;
		chiSquare += (units[i]! - R * p) ** 2 / (R * p * (1 - p));
	});
	return {
		heavy: Math.abs(z(heavyDrawn.map(sum), sum(expected))),
		heavyByTownship: Array.from(
			expected,
			(mean, t) =>
				z(
					heavyDrawn.map((counts) => counts[t]!),
					mean
				) ** 2
		).reduce((total, square) => total + square, 0),
		units: chiSquare / frame.size
	};
}

/** Preset: about one in a thousand for a right sampler (normal; χ² with 4 and with 160 degrees of freedom). */
const LIMITS = { heavy: 3.3, heavyByTownship: 18.5, units: 1.38 };
const failing = (found: ReturnType<typeof figures>) =>
	(Object.keys(LIMITS) as (keyof typeof LIMITS)[]).filter((figure) => found[figure] > LIMITS[figure]);

const ids = (list: string[]) => list.map((id) => place.get(id)!);
const brute =
	(pivot: BrutePivot, masses = mass) =>
	(r: number) =>
		ids(bruteDraw(rows, (id) => masses[place.get(id)!]!, seedOf(r), pivot));

describe('three figures over 2,000 draws', () => {
	it('pass for the draw', () => {
		const sample = (r: number) => draw(frame, mass, (label) => stream(seedOf(r), label));
		expect(sample(0)).toEqual(brute(rightPivot)(0));
		const found = figures(sample);
		expect(failing(found), JSON.stringify(found)).toEqual([]);
	});

	it('catch a pivot that throws a fair coin', () => {
		const fair: BrutePivot = (a, b, int) => {
			const s = a + b;
			const first = int(2) === 0;
			if (s <= M) return first ? [s, 0] : [0, s];
			return first ? [M, s - M] : [s - M, M];
		};
		expect(failing(figures(brute(fair)))).not.toEqual([]);
	});

	it('catch a wrong branch above M', () => {
		const wrong: BrutePivot = (a, b, int) => {
			const s = a + b;
			if (s <= M) return rightPivot(a, b, int);
			return int(2 * M - s) < M - a ? [M, s - M] : [s - M, M];
		};
		expect(failing(figures(brute(wrong)))).not.toEqual([]);
	});

	it('catch the shortcut of exponential keys', () => {
		// The n smallest of −ln(u)/w: fixed size and plausible, but not proportional to weight (Efraimidis & Spirakis 2006).
		const shortcut = (r: number) => {
			const { int } = stream(seedOf(r), 'keys');
			const keys = Array.from(frame.weight, (w) => -Math.log((int(2 ** 32) + 0.5) / 2 ** 32) / w);
			const order = [...keys.keys()].sort((i, j) => keys[i]! - keys[j]!);
			return order.slice(0, 40);
		};
		expect(failing(figures(shortcut))).not.toEqual([]);
	});

	it('catch weights that are ignored', () => {
		const equal = value(makeFrame(rows.map((row) => ({ ...row, weight: 1 })))).frame;
		const same = value(masses(equal, { sampleSize: 40, minPerTownship: 3 })).mass;
		expect(failing(figures(brute(rightPivot, same)))).not.toEqual([]);
	});
});
