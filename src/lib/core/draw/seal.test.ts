import { describe, expect, it } from 'vitest';
import { value } from '../../../../tests/support/value';
import { sha256 } from '../bytes/sha256';
import { leafHash, inclusionProof, verifyInclusion } from '../ledger/tree';
import { canonicalBytes } from '../bytes/canonical';
import { fromHex, toHex } from '../bytes/hex';
import { beaconPattern, checkEntropy, digitsCommitOf, nonceCommitOf } from './entropy';
import { makeFrame, type FrameRow } from './frame';
import { drawSealed, selectedRows } from './manifest';
import { completePlan, type DrawPlan, type EntropyPlan } from './plan';
import { sealPlan } from './seal';

const rows: FrameRow[] = Array.from({ length: 40 }, (_, i) => ({
	id: `t${i}`,
	township: 'AB'[i % 2]!,
	cell: 'c',
	x: i * 3,
	y: (i * 17) % 40,
	weight: 1,
	take: 0,
	salt: ''
}));
const { frame } = value(makeFrame(rows));
const nonce = 'ab'.repeat(32);
const ceremony = (entropy: DrawPlan['entropy']) => ({
	sampleSize: 5,
	nonceCommit: nonceCommitOf(nonce),
	entropy
});
const one: EntropyPlan = { level: 'L1', witnesses: ['w1'], beacon: null };

describe('a plan from outside', () => {
	it('is completed with nulls', () => {
		const { plan } = value(completePlan({ sampleSize: 3 }));
		expect(plan).toMatchObject({ sampleSize: 3, minPerTownship: null, entropy: null, verifier: null });
		expect(Object.keys(plan)).toHaveLength(16);
	});

	it.each([
		[{}, 'sampleSize'],
		[{ sampleSize: '3' }, 'sampleSize'],
		[{ sampleSize: 3, minPerTownship: -1 }, 'minPerTownship'],
		[{ sampleSize: 3, substitutes: 0.5 }, 'substitutes'],
		[{ sampleSize: 3, h3Resolution: 16 }, 'h3Resolution'],
		[{ sampleSize: 3, grid: 0 }, 'grid'],
		[{ sampleSize: 3, seq: 0 }, 'seq'],
		[{ sampleSize: 3, prev: 'abc' }, 'prev'],
		[{ sampleSize: 3, kind: 'e\u0301' }, 'kind'],
		[{ sampleSize: 3, entropy: { level: 'L0', witnesses: [], beacon: null } }, 'entropy'],
		[{ sampleSize: 3, entropy: { level: 'L1', witnesses: ['a', 'b'], beacon: null } }, 'entropy'],
		[{ sampleSize: 3, entropy: { level: 'L2', witnesses: ['a', 'a'], beacon: null } }, 'entropy'],
		[{ sampleSize: 3, entropy: { level: 'L3', witnesses: ['a'], beacon: null } }, 'entropy'],
		[{ sampleSize: 3, entropy: { ...one, extra: 1 } }, 'entropy'],
		[{ sampleSize: 3, verifier: { html: null } }, 'verifier']
	])('%j is refused by its %s', (plan, field) => {
		expect(completePlan(plan)).toEqual({ ok: false, reason: 'bad_value', field });
	});

	it('has no unknown field', () => {
		expect(completePlan({ sampleSize: 3, note: 'x' })).toMatchObject({
			reason: 'unknown_field',
			field: 'note'
		});
		expect(completePlan(JSON.parse('{"sampleSize":3,"__proto__":1}'))).toMatchObject({ field: '__proto__' });
		expect(completePlan(null)).toMatchObject({ reason: 'bad_value', field: '' });
	});
});

describe('entropy', () => {
	const digits = '01234567890123456789';
	const given = { beacon: null, digits: [digits], nonce, salts: [] };
	const salt = 'cd'.repeat(16);
	const check = (plan: DrawPlan['entropy'], entropy: unknown) =>
		checkEntropy(value(completePlan(ceremony(plan))).plan, entropy);

	it('is accepted when it is exactly what the plan asked for', () => {
		expect(check(one, given).ok).toBe(true);
		const two: EntropyPlan = { level: 'L2', witnesses: ['a', 'b'], beacon: null };
		expect(check(two, { ...given, digits: [digits, digits], salts: [salt, salt] }).ok).toBe(true);
		const beacon = { source: '福彩3D', pattern: '[0-9]{3}', after: '2026-01-01T00:00:00Z' };
		expect(check({ level: 'L3', witnesses: ['a'], beacon }, { ...given, beacon: '042' }).ok).toBe(true);
		expect(digitsCommitOf(salt, digits)).toMatch(/^[0-9a-f]{64}$/);
	});

	it.each([
		[{ ...given, digits: [digits.slice(1)] }, 'digits[0]'],
		[{ ...given, digits: ['０'.repeat(20)] }, 'digits[0]'],
		[{ ...given, digits: [`${digits}\n`] }, 'digits[0]'],
		[{ ...given, digits: [] }, 'digits'],
		[{ ...given, salts: [salt] }, 'salts'],
		[{ ...given, beacon: '1' }, 'beacon'],
		[{ ...given, nonce: nonce.toUpperCase() }, 'nonce'],
		[{ ...given, nonce: '00'.repeat(32) }, 'nonce'],
		[{ ...given, extra: 1 }, 'extra'],
		[{ beacon: null, digits: [digits], nonce }, 'salts'],
		[null, '']
	])('%j is refused by its %s', (entropy, field) => {
		expect(check(one, entropy)).toMatchObject({ ok: false, field });
	});

	it('knows literals, two classes and counts in a beacon, nothing else', () => {
		expect(beaconPattern('drand [0-9]{2}:[0-9a-f]{4}.')!.test('drand 12:0abf.')).toBe(true);
		expect(beaconPattern('drand [0-9]{2}:[0-9a-f]{4}.')!.test('drand 12:0abfx')).toBe(false);
		expect(beaconPattern('a+b|c$')!.test('a+b|c$')).toBe(true);
		expect(beaconPattern('[0-9]{3}')!.test('042\n')).toBe(false);
		for (const bad of ['[a-z]', '[0-9', '{3}', '[0-9]{0}', '[0-9]{1,2}', ']', '[0-9]{2}{2}'])
			expect(beaconPattern(bad), bad).toBeNull();
	});
});

describe('a sealed draw', () => {
	it('refuses a seed that is not 32 bytes of hex and a ceremony nobody planned', () => {
		const sealed = value(sealPlan(frame, [], { sampleSize: 5 }));
		expect(drawSealed(frame, sealed, { seed: 'ab' })).toEqual({ ok: false, reason: 'bad_seed' });
		expect(drawSealed(frame, sealed, { entropy: {} })).toMatchObject({ reason: 'no_entropy_plan' });
	});

	it('gives every drawn target a proof of its own against selectedRoot', () => {
		const sealed = value(sealPlan(frame, [], { sampleSize: 5, substitutes: 2 }));
		const drawn = value(drawSealed(frame, sealed, { seed: toHex(sha256('s')) }));
		const leaves = selectedRows(drawn.manifest).map((row) => leafHash(canonicalBytes(row)));
		leaves.forEach((leaf, i) => {
			const proof = inclusionProof(leaves, i);
			expect(verifyInclusion(leaf, i, 5, proof, fromHex(drawn.selectedRoot))).toBe(true);
		});
		expect(drawn.manifest.selected.map(({ serial }) => serial)).toEqual([1, 2, 3, 4, 5]);
	});

	it('reports progress township by township', () => {
		const sealed = value(sealPlan(frame, [], { sampleSize: 5 }));
		const seen: string[] = [];
		drawSealed(frame, sealed, { seed: '0'.repeat(64) }, (done, total) => seen.push(`${done}/${total}`));
		expect(seen).toEqual(['1/2', '2/2']);
	});
});
