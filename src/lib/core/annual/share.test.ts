import { expect, test } from 'vitest';
import { sharesOf } from './share';

test('the share counts lists of both bodies, and a year without checks has none', () => {
	const shares = sharesOf([
		{ year: 2026, drawn: 0, superior: 30, targeted: 10 },
		{ year: 2023, drawn: 60, superior: 0, targeted: 40 },
		{ year: 2024, drawn: 70, superior: 0, targeted: 30 }
	]);
	expect(shares.map(({ year, share }) => [year, share])).toEqual([
		[2023, 0.6],
		[2024, 0.7],
		[2025, null],
		[2026, 0.75]
	]);
	expect(shares.map(({ change }) => change && Number(change.toFixed(6)))).toEqual([null, 0.1, null, null]);
	expect(sharesOf([])).toEqual([]);
});
