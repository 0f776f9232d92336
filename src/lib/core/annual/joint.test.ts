import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DueTarget } from '../visit/merge';
import { jointVisits, type TaskFrame } from './joint';

const due = (target: string, party: string, xM: number, item = 'i'): DueTarget => ({
	...{ target, party, xM, yM: 0, parcel: null, hours: [] },
	items: [{ item, department: item, setupMin: 0, minutes: 10, scope: '' }]
});
const frame = (task: number, list: readonly DueTarget[], chance = 1): TaskFrame => ({
	...{ task, due: list },
	chances: new Map(list.map(({ target }) => [target, chance]))
});

test('one party, one place: two tasks are one visit; far apart they are two', () => {
	const near = jointVisits([frame(1, [due('a', 'P', 0)]), frame(2, [due('b', 'P', 200)])]);
	expect(near).toMatchObject({ apart: 2, together: 1, shared: 1, expectedApart: 2, expectedTogether: 1 });
	const far = jointVisits([frame(1, [due('a', 'P', 0)]), frame(2, [due('b', 'P', 5000)])]);
	expect(far).toMatchObject({ apart: 2, together: 2, shared: 0 });
	const other = jointVisits([frame(1, [due('a', 'P', 0)]), frame(2, [due('b', 'Q', 0)])]);
	expect(other).toMatchObject({ apart: 2, together: 2, shared: 0 });
});

test('the same target in two tasks carries the items of both in one visit', () => {
	const both = jointVisits([frame(1, [due('a', 'P', 0, 'x')], 0.5), frame(2, [due('a', 'P', 0, 'y')], 0.5)]);
	expect(both).toMatchObject({ apart: 2, together: 1, shared: 1, expectedApart: 1, expectedTogether: 0.75 });
});

test('together is never more than apart', () => {
	const target = fc.record({
		id: fc.integer({ min: 0, max: 30 }),
		party: fc.integer({ min: 0, max: 4 }),
		x: fc.integer({ min: 0, max: 1500 })
	});
	// A target has one party and one place, whichever task it is in.
	const lists = fc.array(fc.uniqueArray(target, { selector: ({ id }) => id, maxLength: 15 }), {
		minLength: 1,
		maxLength: 3
	});
	fc.assert(
		fc.property(lists, fc.double({ min: 0.01, max: 1, noNaN: true }), (tasks, chance) => {
			const first = new Map(tasks.flat().map((one) => [one.id, one]));
			const visits = jointVisits(
				tasks.map((list, k) =>
					frame(
						k,
						list.map(({ id }) => due(`t${id}`, `P${first.get(id)!.party}`, first.get(id)!.x)),
						chance
					)
				)
			);
			expect(visits.together).toBeLessThanOrEqual(visits.apart);
			expect(visits.expectedTogether).toBeLessThanOrEqual(visits.expectedApart + 1e-9);
			expect(visits.expectedTogether).toBeLessThanOrEqual(visits.together + 1e-9);
		})
	);
});
