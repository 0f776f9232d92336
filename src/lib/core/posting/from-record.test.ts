import { expect, test } from 'vitest';
import { RESULT } from '../field/form';
import type { Stop } from '../field/pack';
import type { StopRecord } from '../field/record';
import { resultsOf } from './from-record';
import { fits } from './state';

const stop = {
	targets: [
		{ code: 'A', name: '甲' },
		{ code: 'B', name: '乙' }
	],
	checks: [
		{ id: '1@A', item: '1', target: 'A' },
		{ id: '2@A', item: '2', target: 'A' },
		{ id: '1@B', item: '1', target: 'B' }
	]
} as unknown as Stop;
const said = (values: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(values).map(([check, value]) => [check, { [RESULT]: { value, given: [] } }])
	);
const record = (more: object) =>
	({ answers: {}, findings: [], unreachable: [], ...more }) as unknown as StopRecord;
const found = (check: string, measure: string, due: string | null = null) => ({
	...{ check, severity: 'minor', text: 't', measure, due }
});
const outcomes = (of: StopRecord) => resultsOf(of, stop).map(({ outcome }) => outcome);

test('nothing found only where every item was looked into; what nobody answered is left open', () => {
	const all = said({ '1@A': 'none_found', '2@A': 'none_found', '1@B': 'none_found' });
	expect(outcomes(record({ answers: all }))).toEqual(['none_found', 'none_found']);
	expect(outcomes(record({ answers: { ...all, ...said({ '2@A': 'not_checked' }) } }))).toEqual([
		null,
		'none_found'
	]);
	expect(outcomes(record({}))).toEqual([null, null]);
});

test('the gravest measure tells, each finding stays with its target, and the outcome fits', () => {
	const [a, b] = resultsOf(
		record({
			findings: [found('1@A', 'on_site'), found('2@A', 'ordered', '2026-08-01'), found('1@B', 'referral')]
		}),
		stop
	);
	expect([a!.outcome, b!.outcome]).toEqual(['ordered', 'case']);
	expect(a!.findings.map(({ item, rectifyBy }) => [item, rectifyBy])).toEqual([
		['1', null],
		['2', '2026-08-01']
	]);
	for (const { outcome, findings } of [a!, b!]) expect(fits(outcome!, findings, '2026-07-01')).toBeNull();
});

test('what could not be reached is so whatever was answered; findings without a measure fit no outcome', () => {
	const gone = record({
		answers: said({ '1@B': 'none_found' }),
		unreachable: [{ target: 'B', reason: 'closed' }]
	});
	expect(outcomes(gone)).toEqual([null, 'unreachable']);
	const [a] = resultsOf(record({ findings: [found('1@A', 'none')] }), stop);
	expect(fits(a!.outcome!, a!.findings, '2026-07-01')).toBe('measure_of_outcome');
});
