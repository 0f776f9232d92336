import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteDraw } from '../../../../tests/support/brute-draw';
import { clusteredFrame } from '../../../../tests/support/clustered-frame';
import { value } from '../../../../tests/support/value';
import { sha256 } from '../bytes/sha256';
import { stream } from '../bytes/stream';
import { draw } from './draw';
import { frameRow, makeFrame, type Frame, type FrameRow } from './frame';
import { M, masses } from './masses';
import { preview } from './preview';

const base: FrameRow = { id: '', township: 'A', cell: 'c', x: 0, y: 0, weight: 1, take: 0, salt: '' };
const row = (id: string | number, rest: Partial<FrameRow> = {}): FrameRow => ({
	...base,
	id: String(id),
	...rest
});
const rowsOf = (frame: Frame) => Array.from({ length: frame.size }, (_, i) => frameRow(frame, i));

function drawIds(rows: FrameRow[], sampleSize: number, minPerTownship: number, name: string): string[] {
	const { frame } = value(makeFrame(rows));
	const { mass } = value(masses(frame, { sampleSize, minPerTownship }));
	return draw(frame, mass, (label) => stream(sha256(name), label)).map((i) => frame.ids[i]!);
}

function bruteIds(rows: FrameRow[], sampleSize: number, minPerTownship: number, name: string): string[] {
	const { frame } = value(makeFrame(rows));
	const { mass } = value(masses(frame, { sampleSize, minPerTownship }));
	return bruteDraw(rows, (id) => mass[frame.ids.indexOf(id)]!, sha256(name));
}

describe('the draw with a k-d tree', () => {
	const shapes: Record<string, (i: number) => Partial<FrameRow>> = {
		'a grid full of ties': (i) => ({ x: (i % 20) * 100, y: Math.floor(i / 20) * 100 }),
		'coincident points': (i) => ({ x: (i % 5) * 100, y: (i % 3) * 100 }),
		'one single place': () => ({}),
		'piles among others': (i) =>
			i % 3 ? { x: (i * 37) % 1000, y: (i * 91) % 700 } : { x: (i % 4) * 250, y: 9 },
		'a line': (i) => ({ x: -i * 7, y: 3 }),
		'the widest extent': (i) => ({ x: i % 2 ? 2 ** 25 - 1 : -(2 ** 25), y: ((i * 7919) % 2 ** 20) - 2 ** 19 })
	};
	for (const [name, shape] of Object.entries(shapes)) {
		it(`is that of a full scan on ${name}`, () => {
			const rows = Array.from({ length: 400 }, (_, i) =>
				row(`t${i}`, { ...shape(i), township: 'BA'[i % 2]!, cell: `c${i % 3}`, weight: i % 7 === 0 ? 3 : 1 })
			);
			for (let seed = 0; seed < 3; seed++)
				expect(drawIds(rows, 50, 5, `${name}${seed}`)).toEqual(bruteIds(rows, 50, 5, `${name}${seed}`));
		});
	}

	it('is that of a full scan on clustered frames', () => {
		for (const grid of [1, 100, 1000]) {
			const rows = rowsOf(clusteredFrame({ size: 1500, townships: 5, grid, cellM: 12_000, heavyEvery: 9 }));
			expect(drawIds(rows, 80, 3, 'clustered')).toEqual(bruteIds(rows, 80, 3, 'clustered'));
		}
	});
});

describe('frames of every size', () => {
	it('draws from one and from two', () => {
		expect(drawIds([row('only')], 1, 1, 's')).toEqual(['only']);
		const pair = [row('a'), row('b')];
		expect(drawIds(pair, 2, 0, 's')).toEqual(['a', 'b']);
		const picks = new Set(Array.from({ length: 20 }, (_, k) => drawIds(pair, 1, 0, `s${k}`).join()));
		expect(picks).toEqual(new Set(['a', 'b']));
	});

	it('draws 20,000 in whole numbers with each township and part in its bounds', () => {
		const frame = clusteredFrame({ size: 20_000, townships: 21, grid: 100, cellM: 2300, heavyEvery: 20 });
		const shares = value(masses(frame, { sampleSize: 500, minPerTownship: 10 }));
		const drawn = draw(frame, shares.mass, (label) => stream(sha256('county'), label));
		expectInBounds(frame, shares.mass, drawn, 500);
	});

	it('takes everything when the sample is everything', () => {
		const rows = Array.from({ length: 30 }, (_, i) => row(i, { township: 'ABC'[i % 3]!, x: i }));
		expect(drawIds(rows, 30, 4, 's')).toHaveLength(30);
	});

	it('draws fewer than there are townships when no minimum is asked', () => {
		const rows = Array.from({ length: 40 }, (_, i) => row(i, { township: `T${i % 10}`, x: i }));
		for (let k = 0; k < 20; k++) expect(drawIds(rows, 3, 0, `s${k}`)).toHaveLength(3);
	});

	it('takes a township smaller than its minimum whole', () => {
		const rows = [
			row('s1', { township: 'S' }),
			row('s2', { township: 'S' }),
			...Array.from({ length: 50 }, (_, i) => row(i, { township: 'L', x: i }))
		];
		const drawn = drawIds(rows, 10, 5, 's');
		expect(drawn).toHaveLength(10);
		expect(drawn.filter((id) => id.startsWith('s'))).toEqual(['s1', 's2']);
	});

	it('draws taken rows and heavy rows for certain, whatever else', () => {
		const rows = [
			row('taken', { take: 1 }),
			row('heavy', { weight: 1000 }),
			...Array.from({ length: 30 }, (_, i) => row(i, { x: i }))
		];
		for (let k = 0; k < 10; k++) {
			const drawn = drawIds(rows, 6, 0, `s${k}`);
			expect(drawn).toHaveLength(6);
			expect(drawn).toEqual(expect.arrayContaining(['taken', 'heavy']));
		}
	});

	it('does not depend on the order of the rows', () => {
		const rows = Array.from({ length: 200 }, (_, i) =>
			row(`🗺${i}`, { township: 'XYZ'[i % 3]!, cell: `c${i % 5}`, x: (i * 37) % 90, y: (i * 53) % 70 })
		);
		const shuffled = [...rows].sort((a, b) => ((a.x * 31 + a.y) % 17) - ((b.x * 31 + b.y) % 17));
		expect(drawIds(shuffled, 21, 2, 's')).toEqual(drawIds(rows, 21, 2, 's'));
		expect(drawIds([...rows].reverse(), 21, 2, 's')).toEqual(drawIds(rows, 21, 2, 's'));
	});
});

/** Exactly the size; townships and parts the floor or ceiling of their share. */
function expectInBounds(frame: Frame, mass: Int32Array, drawn: number[], sampleSize: number) {
	expect(drawn).toHaveLength(sampleSize);
	const share = new Map<string, number>();
	const count = new Map<string, number>();
	const add = (sums: Map<string, number>, row: number, amount: number) => {
		const township = `${frame.townshipOf[row]}`;
		for (const key of [township, `${township}/${frame.cellOf[row]}`])
			sums.set(key, (sums.get(key) ?? 0) + amount);
	};
	for (let i = 0; i < frame.size; i++) add(share, i, mass[i]!);
	for (const i of drawn) add(count, i, 1);
	for (const [key, sum] of share) {
		expect(count.get(key) ?? 0).toBeGreaterThanOrEqual(Math.floor(sum / M));
		expect(count.get(key) ?? 0).toBeLessThanOrEqual(Math.ceil(sum / M));
	}
}

describe('shares', () => {
	const target = fc.record({
		township: fc.constantFrom('A', 'B', 'C', 'D'),
		cell: fc.constantFrom('c1', 'c2', 'c3'),
		x: fc.integer({ min: -3, max: 3 }),
		y: fc.integer({ min: -3, max: 3 }),
		weight: fc.constantFrom(1, 1, 2, 3, 17),
		take: fc.constantFrom<0 | 1>(0, 0, 0, 1)
	});

	it('hold for townships and parts of cells in any frame', () => {
		fc.assert(
			fc.property(
				fc.array(target, { minLength: 1, maxLength: 40 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.integer({ min: 0, max: 3 }),
				fc.nat(),
				(targets, ratio, minPerTownship, seed) => {
					const { frame } = value(makeFrame(targets.map((rest, i) => row(i, rest))));
					const sampleSize = 1 + Math.floor(ratio * (frame.size - 1));
					const shares = masses(frame, { sampleSize, minPerTownship });
					if (!shares.ok) return;
					let total = 0;
					frame.ids.forEach((_, i) => {
						total += shares.mass[i]!;
						expect(shares.mass[i]).toBeGreaterThan(0);
						expect(shares.mass[i]).toBeLessThanOrEqual(M);
						if (frame.take[i]) expect(shares.mass[i]).toBe(M);
					});
					expect(total).toBe(sampleSize * M);
					for (const { size, mass } of shares.allocation)
						expect(mass).toBeGreaterThanOrEqual(M * Math.min(minPerTownship, size));
					const drawn = draw(frame, shares.mass, (label) => stream(sha256(String(seed)), label));
					expectInBounds(frame, shares.mass, drawn, sampleSize);
				}
			),
			{ numRuns: 300 }
		);
	});

	it('are previewed by township and part without a seed', () => {
		const frame = clusteredFrame({ size: 3000, townships: 7, grid: 10, cellM: 6000 });
		const shown = value(preview(frame, { sampleSize: 200, minPerTownship: 5 }));
		expect(shown.parts.reduce((sum, { mass }) => sum + mass, 0)).toBe(200 * M);
		expect(shown.parts.reduce((sum, { size }) => sum + size, 0)).toBe(3000);
		for (const { township, mass } of shown.allocation) {
			const own = shown.parts.filter((part) => part.township === township);
			expect(own.reduce((sum, part) => sum + part.mass, 0)).toBe(mass);
		}
		expect(shown.guaranteed).toBe(shown.parts.filter(({ mass }) => mass >= M).length);
	});

	it('refuse what cannot be drawn, and say why', () => {
		const { frame } = value(
			makeFrame([row('t', { take: 1 }), row('a'), row('b', { township: 'B' }), row('c', { township: 'C' })])
		);
		const reasons = (sampleSize: number, minPerTownship = 0) => masses(frame, { sampleSize, minPerTownship });
		expect(reasons(0)).toEqual({ ok: false, reason: 'sample_too_small', sampleSize: 0 });
		expect(reasons(5)).toEqual({ ok: false, reason: 'sample_too_large', sampleSize: 5, size: 4 });
		expect(reasons(1.5)).toMatchObject({ reason: 'not_whole', field: 'sampleSize' });
		expect(reasons(2, -1)).toMatchObject({ reason: 'not_whole', field: 'minPerTownship' });
		expect(reasons(2, 1)).toEqual({ ok: false, reason: 'minimum_too_large', needed: 3, sampleSize: 2 });
		expect(reasons(1)).toMatchObject({ reason: 'zero_chance', township: 'A', id: 'a' });
		const { frame: taken } = value(makeFrame([row('t', { take: 1 }), row('u', { take: 1 }), row('a')]));
		expect(masses(taken, { sampleSize: 1, minPerTownship: 0 })).toEqual({
			ok: false,
			reason: 'too_many_taken',
			taken: 2,
			sampleSize: 1
		});
		const light = [row('light'), row('heavy', { weight: 2 ** 40 }), row('x', { weight: 2 ** 40 })];
		expect(masses(value(makeFrame(light)).frame, { sampleSize: 1, minPerTownship: 0 })).toMatchObject({
			reason: 'zero_chance',
			id: 'light'
		});
	});
});
