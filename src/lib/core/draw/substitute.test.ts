import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { value } from '../../../../tests/support/value';
import { sha256 } from '../bytes/sha256';
import { makeFrame, type Frame, type FrameRow } from './frame';
import { substitutesOf } from './substitute';

/** The rule as it is written: whole candidate lists cut into eights, each eight ordered by hash, then round by round. */
function brute(frame: Frame, drawn: number[], seed: Uint8Array, wanted: number): number[][] {
	const key = (i: number, j: number) =>
		createHash('sha256').update(seed).update(`\0substitute\0${frame.ids[i]}\0${frame.ids[j]}`).digest('hex');
	const lists = drawn.map((i) => {
		const far = (j: number) => (frame.x[i]! - frame.x[j]!) ** 2 + (frame.y[i]! - frame.y[j]!) ** 2;
		const candidates = [...frame.ids.keys()]
			.filter((j) => !drawn.includes(j) && frame.townshipOf[i] === frame.townshipOf[j])
			.sort((p, q) => far(p) - far(q) || p - q);
		const blocks: number[] = [];
		for (let at = 0; at < candidates.length; at += 8)
			blocks.push(...candidates.slice(at, at + 8).sort((p, q) => (key(i, p) < key(i, q) ? -1 : 1)));
		return blocks;
	});
	const taken = new Set<number>();
	const chosen = drawn.map((): number[] => []);
	for (let round = 0; round < wanted; round++) {
		lists.forEach((list, k) => {
			const next = list.find((j) => !taken.has(j));
			if (next === undefined) return;
			taken.add(next);
			chosen[k]!.push(next);
		});
	}
	return chosen;
}

const frameOf = (size: number, grid: number) => {
	const rows = Array.from({ length: size }, (_, i): FrameRow => ({
		id: `t${i}`,
		township: 'AB'[i % 2]!,
		cell: 'c',
		x: ((i * 7919) % 1009) * grid,
		y: ((i * 104729) % 13) * grid,
		weight: 1,
		take: 0,
		salt: ''
	}));
	return value(makeFrame(rows)).frame;
};
const every = (step: number, size: number) =>
	Array.from({ length: Math.floor(size / step) }, (_, k) => (k * step * 5) % size);

describe('substitutes', () => {
	const seed = sha256('substitutes');
	it.each([
		[60, 6, 3],
		[60, 3, 9],
		[700, 350, 400],
		[7, 2, 3],
		[600, 12, 0]
	])('of %i rows, one in %i drawn, %i wanted, are those of the plain rule', (size, step, wanted) => {
		for (const grid of [1, 0]) {
			const frame = frameOf(size, grid);
			const drawn = [...new Set(every(step, size))];
			expect(substitutesOf(frame, drawn, seed, wanted)).toEqual(brute(frame, drawn, seed, wanted));
		}
	});

	it('are disjoint, undrawn, of the same township, and run out together', () => {
		const frame = frameOf(100, 1);
		const drawn = [...new Set(every(4, 100))];
		const all = substitutesOf(frame, drawn, seed, 50);
		const flat = all.flat();
		expect(new Set(flat).size).toBe(flat.length);
		expect(flat).toHaveLength(100 - drawn.length);
		all.forEach((list, k) => {
			for (const j of list) {
				expect(drawn).not.toContain(j);
				expect(frame.townshipOf[j]).toBe(frame.townshipOf[drawn[k]!]);
			}
		});
	});
});
