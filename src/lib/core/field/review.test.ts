// What the office asks of field work: how a stop stands, how far from a parcel, an item's own form.
import { expect, test } from 'vitest';
import { distanceToM } from './distance';
import { formOf, isTemplate, RESULT, type Question } from './form';
import type { E7 } from './pack';
import { stopStateAt } from './progress';

test('a stop nobody came to is late, one nobody closes is stuck, a closed one waits for review', () => {
	const planned = { arrivesMs: 0, serviceMin: 40 };
	const at = (minutes: number, record: Parameters<typeof stopStateAt>[1]) =>
		stopStateAt(planned, record, minutes * 60_000);
	expect([at(30, null), at(31, null)]).toEqual(['ahead', 'late']);
	const open = { state: 'open', beganMs: 0 } as const;
	expect([at(160, open), at(161, open)]).toEqual(['there', 'stuck']);
	expect(at(9000, { state: 'closed', beganMs: 0 })).toBe('review');
	expect(at(9000, { state: 'returned', beganMs: 0 })).toBe('returned');
});

test('metres to a parcel: none inside, to the edge outside, into a hole', () => {
	const square = (half: number): E7[] => [
		[1189e6 - half, 258e6 - half],
		[1189e6 + half, 258e6 - half],
		[1189e6 + half, 258e6 + half],
		[1189e6 - half, 258e6 + half],
		[1189e6 - half, 258e6 - half]
	];
	const shape = [[square(10_000)]];
	expect(distanceToM([1189e6, 258e6], shape)).toBe(0);
	// 0.001° of latitude beyond the northern edge.
	expect(distanceToM([1189e6, 258e6 + 20_000], shape)).toBe(111);
	// 0.001° of longitude, narrower by the cosine of 25.8°.
	expect(distanceToM([1189e6 + 20_000, 258e6], shape)).toBe(100);
	expect(distanceToM([1189e6, 258e6], [[square(10_000), square(1000)]])).toBe(10);
	expect(distanceToM([1189e6, 258e6], [])).toBeNull();
});

test('an item with a form of its own asks that, after its result; what is no form is passed over', () => {
	const own: Question[] = [
		{ id: 'depth', kind: 'number', text: '开采标高', options: [], unit: 'm', required: true }
	];
	const item = { code: 'A', name: '越界开采', content: '是否越界；界桩是否完好' };
	expect(formOf(item).map(({ id }) => id)).toEqual([RESULT, 'clause-1', 'clause-2']);
	expect(formOf({ ...item, template: own }).map(({ id }) => id)).toEqual([RESULT, 'depth']);
	for (const wrong of [
		null,
		{},
		[],
		[{ ...own[0], kind: 'x' }],
		[own[0], own[0]],
		[{ ...own[0], id: RESULT }]
	]) {
		expect(isTemplate(wrong)).toBe(false);
		expect(formOf({ ...item, template: wrong })).toHaveLength(3);
	}
	expect(isTemplate([{ ...own[0], kind: 'choice' }])).toBe(false);
});
