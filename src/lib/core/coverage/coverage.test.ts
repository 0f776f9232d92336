import fc from 'fast-check';
import { cellToLatLng, cellToParent, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { aggregate, asWhole, byCell, byOffice, byTownship, trendOf } from './aggregate';
import { dayDate, dayNumber, monthsBefore, monthsBetween } from './day';
import { gapsOf } from './gaps';
import { shownOf } from './measure';
import { FAILS, facetsOf, failuresOf, lastPosition, momentAt, noFilter, type Box } from './select';
import { decodeCoverage, encodeCoverage, MARKS, standings, STILL, type CoverageTable } from './table';

/** A target as a person would write it down; the table is made from it, and the expected figures too. */
interface Plain {
	lon: number;
	lat: number;
	township: number;
	kind: number;
	standing: number;
	from: number;
	to: number;
	mass: number;
	visits: number[];
	/** So many days after each call it was inspected; null: never. */
	checked: number | null;
}
const ROUNDS = ['2023-05-16', '2024-05-31', '2024-06-18', '2025-10-28'].map(dayNumber);
const today = dayNumber('2026-06-18');
const items = [
	{ code: 'i0', name: '一', kind: 'mining_right' as const },
	{ code: 'i1', name: '二', kind: 'land_parcel' as const }
];
const departments = ['规划股', '矿管股'];
/** Of each round: the second has no task. */
const tasks = [
	{ until: ROUNDS[0]! + 30, items: [0], departments: [0] },
	{ until: 0, items: [], departments: [] },
	{ until: ROUNDS[2]! + 30, items: [0, 1], departments: [0, 1] },
	{ until: ROUNDS[3]! + 30, items: [1], departments: [1] }
];
const checkedOn = (round: number, after: number | null) => (after === null ? 0 : ROUNDS[round]! + after);
const townships = [0, 1, 1, -1].map((office, k) => ({ code: `t${k}`, name: `镇${k}`, office }));

function tableOf(plain: readonly Plain[]): CoverageTable {
	const cells = [...new Set(plain.map(({ lon, lat }) => latLngToCell(lat, lon, 9)))];
	const starts = [0];
	for (const { visits } of plain) starts.push(starts.at(-1)! + visits.length);
	const visits = plain.flatMap((one) => one.visits);
	return {
		...{
			today,
			rows: plain.length,
			visits: visits.length,
			cells,
			townships,
			chances: [],
			items,
			departments
		},
		offices: [0, 1].map((k) => ({ code: `o${k}`, name: `所${k}` })),
		rounds: ROUNDS.map((day, k) => ({
			id: k + 1,
			name: `${k}`,
			kind: 'mining_right',
			day,
			called: 1,
			...tasks[k]!
		})),
		cell: Uint32Array.from(plain, ({ lon, lat }) => cells.indexOf(latLngToCell(lat, lon, 9))),
		township: Uint16Array.from(plain, (one) => one.township),
		traits: Uint8Array.from(plain, ({ kind, standing }) => kind + 2 * standing),
		from: Uint16Array.from(plain, (one) => one.from),
		to: Uint16Array.from(plain, (one) => one.to),
		mass: Int32Array.from(plain, (one) => one.mass),
		visitStart: Uint32Array.from(starts),
		visitRound: Uint16Array.from(visits),
		visitChecked: Uint16Array.from(
			plain.flatMap(({ visits, checked }) => visits.map((k) => checkedOn(k, checked)))
		),
		visitMarks: Uint8Array.from(
			visits,
			(round) => (round % 2 ? MARKS.routed : 0) | (round > 1 ? MARKS.found : 0)
		)
	};
}

const day = fc.integer({ min: dayNumber('2022-12-01'), max: today });
const target = fc.record({
	lon: fc.double({ min: 118.6, max: 119.1, noNaN: true }),
	lat: fc.double({ min: 25.7, max: 26, noNaN: true }),
	township: fc.nat(3),
	kind: fc.nat(1),
	standing: fc.nat(standings.length - 1),
	from: day,
	to: fc.oneof(fc.constant(STILL), day),
	mass: fc.oneof(fc.constant(0), fc.nat(2 ** 30)),
	visits: fc.uniqueArray(fc.nat(3), { maxLength: 4 }).map((list) => list.sort()),
	checked: fc.oneof(fc.constant(null), fc.nat(60))
});
const filter = fc.record({
	kinds: fc.uniqueArray(fc.nat(1)),
	standings: fc.uniqueArray(fc.nat(standings.length - 1), { maxLength: 2 }),
	offices: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
	items: fc.uniqueArray(fc.nat(1), { maxLength: 2 }),
	departments: fc.uniqueArray(fc.nat(1), { maxLength: 2 })
});
const box = fc.oneof(fc.constant(null), fc.constant<Box>([118.7, 25.75, 118.95, 25.9]));

const officeOf = (one: Plain) => (townships[one.township]!.office < 0 ? 2 : townships[one.township]!.office);
const passes = (list: readonly number[], value: number) => list.length === 0 || list.includes(value);
function inBox(one: Plain, at: Box | null): boolean {
	if (!at) return true;
	const [lat, lon] = cellToLatLng(latLngToCell(one.lat, one.lon, 9));
	return lon >= at[0] && lon <= at[2] && lat >= at[1] && lat <= at[3];
}
/** Months as people count them: the same date so many months on is not yet more than that. */
const within = (visited: number, now: number, months: number) => {
	const limit = new Date(`${dayDate(now)}T00:00:00Z`);
	const dayOfMonth = limit.getUTCDate();
	limit.setUTCMonth(limit.getUTCMonth() - months);
	if (limit.getUTCDate() !== dayOfMonth) limit.setUTCDate(0);
	return visited > limit.getTime() / 86_400_000;
};

test('every sum is what counting by hand gives, at any resolution, filter, extent and time', () => {
	fc.assert(
		fc.property(
			fc.array(target, { maxLength: 40 }),
			filter,
			box,
			fc.nat(5),
			fc.integer({ min: 4, max: 9 }),
			(plain, chosen, extent, position, resolution) => {
				const table = tableOf(plain);
				const moment = momentAt(table, position, chosen);
				const fails = failuresOf(table, chosen, extent);
				const held = ROUNDS.slice(0, moment.rounds);
				const common = (wanted: readonly number[], own: readonly number[]) =>
					wanted.length === 0 || wanted.some((place) => own.includes(place));
				const counts = (round: number, skip = '') =>
					round < moment.rounds &&
					(skip === 'item' || common(chosen.items, tasks[round]!.items)) &&
					(skip === 'department' || common(chosen.departments, tasks[round]!.departments));
				const active = plain.filter(({ from, to }) => from <= moment.day && moment.day < to);
				const wanted = (skip: string, heedBox = true) =>
					active.filter(
						(one) =>
							(skip === 'kind' || passes(chosen.kinds, one.kind)) &&
							(skip === 'item' || passes(chosen.items, one.kind)) &&
							(skip === 'standing' || passes(chosen.standings, one.standing)) &&
							(skip === 'office' || passes(chosen.offices, officeOf(one))) &&
							(!heedBox || inBox(one, extent))
					);
				const last = ({ visits }: Plain) =>
					Math.max(0, ...visits.filter((k) => counts(k)).map((k) => held[k] ?? 0));
				const groupings = [
					[
						byCell(table, resolution),
						(one: Plain) => cellToParent(latLngToCell(one.lat, one.lon, 9), resolution)
					],
					[byTownship(table), (one: Plain) => `t${one.township}`],
					[byOffice(table), (one: Plain) => ['o0', 'o1', ''][officeOf(one)]!],
					[asWhole(table), () => '']
				] as const;
				for (const [grouping, nameOf] of groupings) {
					for (const ignore of [0, FAILS.box]) {
						const sums = aggregate(table, grouping, fails, moment, ignore);
						for (const [g, name] of grouping.names.entries()) {
							const rows = wanted('', ignore === 0).filter((one) => nameOf(one) === name);
							const calls = rows.flatMap(({ visits }) =>
								visits.filter((k) => counts(k) && within(ROUNDS[k]!, moment.day, 12))
							);
							const asked = rows.flatMap(({ visits, checked }) =>
								visits
									.filter((k) => counts(k) && within(ROUNDS[k]!, moment.day, 24))
									.map((k) => ({ k, on: checkedOn(k, checked), until: tasks[k]!.until || Infinity }))
							);
							const seen = asked.filter(({ on }) => on > 0 && on <= moment.day);
							expect([sums.due[g], sums.done[g], sums.never[g], sums.last[g]]).toEqual([
								rows.length,
								rows.filter((one) => last(one) > 0 && within(last(one), moment.day, 24)).length,
								rows.filter((one) => last(one) === 0).length,
								Math.max(0, ...rows.map(last))
							]);
							expect([sums.called[g], sums.routed[g], sums.mass[g]]).toEqual([
								calls.length,
								calls.filter((k) => k % 2 === 1).length,
								rows.reduce((sum, { mass }) => sum + mass, 0)
							]);
							expect([sums.asked[g], sums.inspected[g], sums.found[g], sums.onTime[g], sums.late[g]]).toEqual(
								[
									asked.length,
									seen.length,
									seen.filter(({ k }) => k > 1).length,
									seen.filter(({ on, until }) => on <= until).length,
									asked.filter((call) => !seen.includes(call) && call.until < moment.day).length
								]
							);
						}
					}
				}
				const facets = facetsOf(table, fails, moment, chosen);
				for (const dimension of ['item', 'department'] as const)
					facets[dimension].forEach((n, place) => {
						const of = (k: number) => tasks[k]![dimension === 'item' ? 'items' : 'departments'];
						const called = wanted('item').flatMap(({ visits }) => visits);
						expect(n).toBe(called.filter((k) => counts(k, dimension) && of(k).includes(place)).length);
					});
				facets.kind.forEach((n, k) => expect(n).toBe(wanted('kind').filter(({ kind }) => kind === k).length));
				facets.standing.forEach((n, k) =>
					expect(n).toBe(wanted('standing').filter(({ standing }) => standing === k).length)
				);
				facets.office.forEach((n, k) =>
					expect(n).toBe(wanted('office').filter((one) => officeOf(one) === k).length)
				);
			}
		),
		{ numRuns: 150 }
	);
});

const plainOne = (more: Partial<Plain>): Plain => ({
	...{
		lon: 118.9,
		lat: 25.87,
		township: 0,
		kind: 0,
		standing: 1,
		from: 0,
		to: STILL,
		mass: 0,
		visits: [],
		checked: null
	},
	...more
});

test('gaps: cells with targets and no visit in 24 months, most targets first, with their township', () => {
	const table = tableOf([
		...[0, 1, 1].map((township) => plainOne({ lon: 118.7, township, visits: [0] })),
		plainOne({ lon: 118.8, lat: 25.8, township: 2 }),
		plainOne({ lon: 118.8, lat: 25.8, township: 2, to: today - 1 }),
		plainOne({ lon: 118.95, visits: [3] }),
		// Exactly 24 months ago is 24 months without a visit.
		plainOne({ lon: 119, lat: 25.95, visits: [2] }),
		plainOne({ lon: 119, lat: 25.95, visits: [1] })
	]);
	const cells = byCell(table, 8);
	const found = (extent: Box | null) => {
		const moment = momentAt(table, lastPosition(table));
		const fails = failuresOf(table, noFilter, extent);
		return gapsOf(table, cells, aggregate(table, cells, fails, moment, FAILS.box), moment, extent);
	};
	expect(found(null).map(({ due, last, township }) => [due, last, township])).toEqual([
		[3, ROUNDS[0], 1],
		[2, ROUNDS[2], 0],
		[1, 0, 2]
	]);
	expect(found([118.75, 25.7, 118.85, 25.9]).map(({ due }) => due)).toEqual([1]);
});

test('the trend begins before the first round and ends today', () => {
	const table = tableOf([plainOne({ visits: [0, 3] }), plainOne({})]);
	const trend = trendOf(table, failuresOf(table, noFilter, null));
	const at = (date: string) => trend.find(({ day }) => day === dayNumber(date));
	expect(trend[0]).toEqual({ day: ROUNDS[0]! - 1, due: 2, done: 0 });
	expect(trend.at(-1)).toEqual({ day: today, due: 2, done: 1 });
	expect(trend.map(({ day }) => day)).toEqual([...trend.map(({ day }) => day)].sort((a, b) => a - b));
	for (const day of ROUNDS) expect(trend.some((point) => point.day === day)).toBe(true);
	// Two years after the first round and before the last, nothing is left of it.
	expect([at('2025-04-01')?.done, at('2025-07-01')?.done, at('2026-01-01')?.done]).toEqual([1, 0, 1]);
});

test('months are those of the calendar', () => {
	const before = (date: string, months: number) => dayDate(monthsBefore(dayNumber(date), months));
	expect(before('2026-05-31', 3)).toBe('2026-02-28');
	expect(before('2024-02-29', 24)).toBe('2022-02-28');
	expect(before('2026-01-15', 24)).toBe('2024-01-15');
	const between = (a: string, b: string) => monthsBetween(dayNumber(a), dayNumber(b));
	expect([between('2024-01-15', '2026-01-14'), between('2024-01-15', '2026-01-15')]).toEqual([23, 24]);
	expect([between('2025-01-31', '2025-02-28'), between('2025-12-01', '2026-01-01')]).toEqual([0, 1]);
});

test('what is sent is what is read', () => {
	fc.assert(
		fc.property(fc.array(target, { maxLength: 20 }), (plain) => {
			const table = tableOf(plain);
			const bytes = encodeCoverage(table);
			expect(decodeCoverage(bytes.buffer)).toEqual(table);
		}),
		{ numRuns: 30 }
	);
});

test('shades have fixed steps, and few targets are no share', () => {
	const table = tableOf([
		...Array.from({ length: 9 }, () => plainOne({ mass: 2 ** 30 / 50 })),
		plainOne({ visits: [3], mass: 2 ** 30 / 50 }),
		...[0, 1].map(() => plainOne({ township: 1, visits: [3] })),
		plainOne({ township: 2, visits: [0] })
	]);
	const moment = momentAt(table, lastPosition(table));
	const sums = aggregate(table, byTownship(table), failuresOf(table, noFilter, null), moment);
	expect(shownOf('done', sums, moment)).toEqual([
		{ shade: 4, small: false, gap: false, value: 0.1 },
		{ shade: 5, small: true, gap: false, value: 1 },
		{ shade: 0, small: true, gap: true, value: 0 },
		{ shade: null, small: false, gap: false, value: null }
	]);
	expect(shownOf('months', sums, moment).map(({ shade, value }) => [shade, value])).toEqual([
		[3, 7],
		[3, 7],
		[0, 37],
		[null, null]
	]);
	expect(shownOf('findings', sums, moment).every(({ shade }) => shade === null)).toBe(true);
	expect(shownOf('chance', sums, moment).map(({ shade, small }) => [shade, small])).toEqual([
		[1, false],
		[null, false],
		[null, false],
		[null, false]
	]);
});
