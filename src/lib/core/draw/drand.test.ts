import { describe, expect, test } from 'vitest';
import { DRAND_PATTERN, drandRound, drandSource, drandValue, roundAfter, timeOfRound } from './drand';
import { beaconPattern } from './entropy';

// Round 1000 of quicknet as published.
const signature =
	'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
const value = 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd';

describe('drand quicknet', () => {
	test('the published round checks and gives the published value', () => {
		expect(drandValue(1000, signature)).toBe(value);
		expect(beaconPattern(DRAND_PATTERN)!.test(value)).toBe(true);
	});

	test('another round, a changed signature and what is no signature are refused', () => {
		expect(drandValue(1001, signature)).toBeNull();
		expect(drandValue(1000, `a${signature.slice(1)}`)).toBeNull();
		expect(drandValue(1000, `${signature.slice(0, -1)}8`)).toBeNull();
		expect(drandValue(1000, '')).toBeNull();
		expect(drandValue(1000, 'zz')).toBeNull();
	});

	test('a source names its round, and a round its time', () => {
		expect(drandRound(drandSource(1000))).toBe(1000);
		expect(drandRound('福彩3D 2026301')).toBeNull();
		expect(timeOfRound(1).getTime()).toBe(1_692_803_367_000);
		for (const at of [new Date('2026-11-24T07:00:00Z'), timeOfRound(77), new Date(0)]) {
			const round = roundAfter(at);
			expect(timeOfRound(round) >= at).toBe(true);
			if (round > 1) expect(timeOfRound(round - 1) < at).toBe(true);
		}
	});
});
