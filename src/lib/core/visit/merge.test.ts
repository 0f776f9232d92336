import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JOIN_M, mergeVisits, type DueTarget } from './merge';

const item = (name: string, minutes = 20, setupMin = 10) => ({
	item: name,
	department: name.slice(0, 1),
	setupMin,
	minutes,
	scope: name.slice(1)
});
const target = (name: string, xM: number, over: Partial<DueTarget> = {}): DueTarget => ({
	target: name,
	party: 'P',
	xM,
	yM: 0,
	parcel: null,
	items: [item('A1')],
	hours: [],
	...over
});
const names = (targets: readonly DueTarget[]) => mergeVisits(targets).map((visit) => visit.targets);

test('one party near by is one visit; another party, or a place beyond 300 m, is another', () => {
	expect(names([target('a', 0), target('b', JOIN_M)])).toEqual([['a', 'b']]);
	expect(names([target('a', 0), target('b', JOIN_M + 1)])).toEqual([['a'], ['b']]);
	expect(names([target('a', 0), target('b', 0, { party: 'Q' })])).toEqual([['a'], ['b']]);
	expect(names([target('a', 0), target('c', 500), target('b', 250)])).toEqual([['a', 'b', 'c']]);
	expect(names([target('a', 0, { parcel: 'x' }), target('b', 9000, { parcel: 'x' })])).toEqual([['a', 'b']]);
});

test('largest set-up, all marginal minutes, every item once, every department', () => {
	const [visit] = mergeVisits([
		target('a', 0, { items: [item('A1', 20, 15), item('B2', 30, 5)] }),
		target('b', 10, { items: [item('A1', 20, 15)] })
	]);
	expect(visit).toMatchObject({ setupMin: 15, marginalMin: 70, departments: ['A', 'B'], scopes: ['1', '2'] });
	expect(visit!.items.map((due) => [due.item, due.minutes])).toEqual([
		['A1', 40],
		['B2', 30]
	]);
});

test('hours that suit all; null when there are none', () => {
	const open = (fromMin: number, toMin: number) => ({ hours: [{ fromMin, toMin }] });
	const hoursOf = (...targets: DueTarget[]) => mergeVisits(targets)[0]!.hours;
	expect(hoursOf(target('a', 0, open(480, 700)), target('b', 1, open(600, 900)), target('c', 2))).toEqual([
		{ fromMin: 600, toMin: 700 }
	]);
	expect(hoursOf(target('a', 0, open(480, 500)), target('b', 1, open(600, 900)))).toBeNull();
	expect(hoursOf(target('a', 0))).toEqual([]);
});

const arbitrary = fc.uniqueArray(
	fc.record({
		target: fc.string({ minLength: 1, maxLength: 4 }),
		party: fc.constantFrom('P', 'Q', '中'),
		xM: fc.integer({ min: 0, max: 2000 }),
		yM: fc.integer({ min: 0, max: 2000 }),
		parcel: fc.constantFrom(null, null, 'x', 'y'),
		items: fc.array(fc.constantFrom(item('A1'), item('B2', 5), item('B3', 60, 0)), {
			minLength: 1,
			maxLength: 3
		}),
		hours: fc.constant([])
	}),
	{ selector: (due) => due.target, maxLength: 30 }
);

test('every target in exactly one visit, no item lost, whatever the order', () => {
	fc.assert(
		fc.property(arbitrary, fc.integer(), (due, turn) => {
			const visits = mergeVisits(due);
			expect(visits.flatMap((visit) => visit.targets).sort()).toEqual(due.map((one) => one.target).sort());
			for (const visit of visits) {
				const of = due.filter((one) => visit.targets.includes(one.target));
				expect(new Set(of.map((one) => one.party))).toEqual(new Set([visit.party]));
				expect(new Set(visit.items.map((one) => one.item))).toEqual(
					new Set(of.flatMap((one) => one.items.map((each) => each.item)))
				);
				expect(visit.marginalMin).toBe(
					of.flatMap((one) => one.items).reduce((sum, one) => sum + one.minutes, 0)
				);
			}
			const k = due.length > 0 ? Math.abs(turn) % due.length : 0;
			expect(mergeVisits([...due.slice(k), ...due.slice(0, k)].reverse())).toEqual(visits);
		})
	);
});
