import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { auditOf } from './audit';
import { chiSquareTail } from './chi-square';
import { findEveryKth } from './every-kth';
import type { AuditRow, Batch } from './list';
import { pairingsOf } from './pairings';
import { byOffice, byPosition, testUniformity } from './uniformity';
import { readPastLists } from './upload';

const file = new TextDecoder('gb18030').decode(
	readFileSync(new URL('../../../../tests/support/files/past_list_every_nth.csv', import.meta.url))
);
const row = (i: number, more: Partial<AuditRow> = {}): AuditRow => ({
	...{ id: `t${String(i).padStart(5, '0')}`, office: `o${i % 7}`, registered: `${2000 + (i % 20)}-01-01` },
	...{ drawn: false, chance: null, inspectors: [] },
	...more
});
/** A small generator of its own, so that the tests do not depend on what they test. */
function chance(seed: number) {
	let state = seed >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
function fairBatch(size: number, drawn: number, seed: number): Batch {
	const next = chance(seed * 7919 + 1);
	const places = Array.from({ length: size }, (_, i) => i);
	for (let i = 0; i < drawn; i++) {
		const j = i + Math.floor(next() * (size - i));
		[places[i], places[j]] = [places[j]!, places[i]!];
	}
	const chosen = new Set(places.slice(0, drawn));
	return { name: 'fair', rows: Array.from({ length: size }, (_, i) => row(i, { drawn: chosen.has(i) })) };
}

test('the list of the defective sampler is flagged with exactly the 99 it could never draw', () => {
	const read = readPastLists(file);
	if (!read.ok) throw new Error(JSON.stringify(read.problem));
	const { rows } = read.batches[0]!;
	const audit = auditOf(read.batches);
	expect(audit.verdict).toBe('defect');
	expect(audit.everyKth).toHaveLength(1);
	expect(audit.everyKth[0]).toMatchObject({
		...{ batch: '2018年第一批', size: 299, drawn: 100, step: 2, sortedBy: 'file', stepping: 'stops' }
	});
	expect(audit.everyKth[0]!.log10Chance).toBeLessThan(-70);
	expect(audit.unreachable).toHaveLength(99);
	expect(audit.unreachable).toEqual(rows.slice(200).map(({ id }) => id));
	// Nobody of them was drawn, and whoever of the others was not drawn could have been: by the other start.
	expect(rows.slice(200).some(({ drawn }) => drawn)).toBe(false);
	expect(audit.tests.position).toMatchObject({ ok: true });
	expect(audit.pairings!.visits).toBe(100);
});

test('the pattern is found in another order than that of the file, and where it runs over the end', () => {
	const read = readPastLists(file);
	if (!read.ok) throw new Error(JSON.stringify(read.problem));
	const shuffled = [...read.batches[0]!.rows].sort((a, b) => (a.id < b.id ? -1 : 1));
	const expected = read.batches[0]!.rows.slice(200).map(({ id }) => id);
	// Within an office the file came by number, as the other system sorted it.
	const found = findEveryKth({ name: 'b', rows: shuffled });
	expect(found).toMatchObject({ sortedBy: 'office', stepping: 'stops' });
	expect(found!.unreachable).toEqual(expected);
	const size = 300;
	const wrapped = new Set(Array.from({ length: 90 }, (_, j) => (250 + 3 * j) % size));
	const over = { name: 'w', rows: Array.from({ length: size }, (_, i) => row(i, { drawn: wrapped.has(i) })) };
	expect(findEveryKth(over)).toMatchObject({ start: 251, stepping: 'wraps', unreachable: [] });
});

test('few drawn make no pattern, and a fair draw none at any size', () => {
	const two = {
		name: 'b',
		rows: Array.from({ length: 30 }, (_, i) => row(i, { drawn: i === 3 || i === 18 }))
	};
	expect(findEveryKth(two)).toBeNull();
	expect(auditOf([two])).toMatchObject({ verdict: 'too_few', unreachable: [] });
	fc.assert(
		fc.property(fc.integer({ min: 10, max: 400 }), fc.nat(1e6), (size, seed) => {
			const batch = fairBatch(size, 1 + (seed % (size - 1)), seed);
			expect(findEveryKth(batch)).toBeNull();
		}),
		{ numRuns: 200 }
	);
});

test('p values of fair draws are uniform, one draw or several, and bias is found', () => {
	const RUNS = 400;
	for (const batches of [1, 3]) {
		const ps = Array.from({ length: RUNS }, (_, k) => {
			const result = testUniformity(
				Array.from({ length: batches }, (_, b) => fairBatch(200 + 50 * b, 70, k * 10 + b)),
				byPosition,
				true
			);
			if (!result.ok) throw new Error(result.reason);
			return result.p;
		});
		// Kolmogorov's bound at 0.1 % with discreteness allowed for.
		const sorted = ps.sort((a, b) => a - b);
		const distance = Math.max(...sorted.map((p, i) => Math.abs(p - (i + 0.5) / RUNS)));
		expect(distance).toBeLessThan(1.95 / Math.sqrt(RUNS) + 0.02);
	}
	const biased = fairBatch(400, 100, 5);
	for (const one of biased.rows) if (one.office === 'o3') one.drawn = true;
	const test = testUniformity([biased], byOffice, false);
	expect(test.ok && test.p).toBeLessThan(1e-10);
});

test('known unequal chances are what is expected', () => {
	const next = chance(99);
	const rows = Array.from({ length: 4000 }, (_, i) => {
		const p = i < 400 ? 0.5 : 0.05;
		return row(i, { chance: p, drawn: next() < p });
	});
	const result = testUniformity([{ name: 'b', rows }], byPosition, true);
	expect(result.ok && result.p).toBeGreaterThan(0.001);
	const equal = rows.map((one) => ({ ...one, chance: null }));
	const wrong = testUniformity([{ name: 'b', rows: equal }], byPosition, true);
	expect(wrong.ok && wrong.p).toBeLessThan(1e-10);
});

test('χ² tails are those of the tables', () => {
	for (const [x, degrees, p] of [
		[3.841459, 1, 0.05],
		[16.918978, 9, 0.05],
		[23.209251, 10, 0.01],
		[124.342113, 100, 0.05],
		[2.70554, 1, 0.1],
		[0.1, 5, 0.999837]
	] as const)
		expect(chiSquareTail(x, degrees)).toBeCloseTo(p, 5);
});

test('pairs that always go together stand out, pairs at random do not', () => {
	const next = chance(4);
	const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
	const random = () => {
		const one = Math.floor(next() * 8);
		return [people[one]!, people[(one + 1 + Math.floor(next() * 7)) % 8]!];
	};
	const batch = (crew: () => string[]) => ({
		name: 'b',
		rows: Array.from({ length: 120 }, (_, i) => row(i, { drawn: true, inspectors: crew() }))
	});
	expect(pairingsOf([batch(random)])!.most[0]!.p).toBeGreaterThan(0.01);
	const fixed = pairingsOf([batch(() => (next() < 0.3 ? ['a', 'b'] : random()))])!;
	expect(fixed.most[0]).toMatchObject({ pair: ['a', 'b'] });
	expect(fixed.most[0]!.p).toBeLessThan(1e-6);
	expect(pairingsOf([fairBatch(50, 10, 1)])).toBeNull();
});

test('an upload says what is wrong and where', () => {
	const problem = (text: string) => {
		const read = readPastLists(text);
		return read.ok ? null : read.problem;
	};
	expect(problem('')).toEqual({ reason: 'empty' });
	expect(problem('id,office\n1,a')).toMatchObject({ reason: 'no_column', column: 'drawn' });
	expect(problem('id,drawn\n1,是\n,否')).toEqual({ reason: 'no_id', line: 3 });
	expect(problem('id,drawn\n1,是\n1,否')).toMatchObject({ reason: 'twice', line: 3, id: '1' });
	expect(problem('id,drawn\n1,maybe')).toEqual({ reason: 'not_yes_or_no', line: 2, value: 'maybe' });
	expect(problem('id,drawn,登记日期\n1,1,2021-02-30')).toMatchObject({ reason: 'not_a_date', line: 2 });
	expect(problem('id,drawn,序号\n1,1,一')).toMatchObject({ reason: 'not_a_number', line: 2 });
	const read = readPastLists('序号;编号;抽中;登记日期\n2;b;√;2021年3月5日\n1;a;;20200102');
	expect(read).toMatchObject({ ok: true });
	if (read.ok)
		expect(read.batches[0]!.rows.map(({ id, drawn, registered }) => [id, drawn, registered])).toEqual([
			['a', false, '2020-01-02'],
			['b', true, '2021-03-05']
		]);
});
