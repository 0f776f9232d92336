// Every deadline of the rules, from every day of 2024–2026, against a calendar worked out another way: a running count of
// working days over the days of three years, read from the published ranges themselves. A rule that changes counts from its day.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleKind, type RuleKey } from '../../core/rule/catalogue';
import { shippedYears } from '../calendar';
import { dueAt, dueOf, type Clocks } from './clocks';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2024, 0, 1);
const DAYS = (Date.UTC(2027, 0, 1) - FIRST) / DAY_MS;
const text = (k: number) => new Date(FIRST + k * DAY_MS).toISOString().slice(0, 10);
const place = (day: string) => (Date.parse(`${day}T00:00:00Z`) - FIRST) / DAY_MS;

const published = JSON.parse(readFileSync('geodata/calendar.json', 'utf8')) as {
	off: string[];
	work: string[];
}[];
const works = Array.from(
	{ length: DAYS },
	(_, k) => ![0, 6].includes(new Date(FIRST + k * DAY_MS).getUTCDay())
);
for (const { off, work } of published) {
	for (const range of off) {
		const [from, to = from] = range.split('/');
		works.fill(false, place(from!), place(to!) + 1);
	}
	for (const day of work) works[place(day)] = true;
}
/** Working days up to the end of each day. */
const worked: number[] = [];
for (const on of works) worked.push((worked.at(-1) ?? 0) + (on ? 1 : 0));

/** What the law and the product ask for, and how long each is given. */
const deadlines = [
	['posting_result', 20],
	['posting_penalty', 7],
	['posting_withdrawn', 3],
	['credit_push', 7],
	['enterprise_push', 20],
	['crime_decided', 3],
	['appeal_answered', 20]
] as const satisfies (readonly [RuleKey, number])[];

const rule = (key: RuleKey, value: number, from = '2020-01-01', to: string | null = null) => ({
	...{ key, value, from, to, source: 't' }
});
const clocks: Clocks = {
	years: shippedYears(),
	rules: [...deadlines.map(([key, value]) => rule(key, value)), rule('crime_transferred', 24)]
};

/** null: it runs over the last year that is published. */
function expected(k: number, count: number, unit: string): string | null {
	if (unit === 'days') return text(k + count);
	const due = worked.findIndex((all) => all === worked[k]! + count);
	return due < 0 ? null : text(due);
}

test.each(deadlines)('%s: %s', (key, count) => {
	const { unit, suggested } = ruleKind(key);
	expect(suggested).toBe(count);
	let told = 0;
	for (let k = 0; k < DAYS; k++) {
		const due = expected(k, count, unit);
		if (due === null && clocks.years.some(({ year }) => year === 2027)) continue;
		if (dueOf(clocks, key, text(k)) !== due)
			expect([text(k), dueOf(clocks, key, text(k))]).toEqual([text(k), due]);
		if (due !== null) told++;
	}
	expect(told).toBeGreaterThan(1000);
});

test('handed over within 24 hours of the decision, to the second and over the end of any day', () => {
	fc.assert(
		fc.property(fc.integer({ min: FIRST, max: FIRST + DAYS * DAY_MS }), (ms) => {
			expect(dueAt(clocks, 'crime_transferred', new Date(ms))!.getTime()).toBe(ms + 24 * 3_600_000);
		})
	);
});

test('judged by the rule of the day it began', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...deadlines.map(([key]) => key)),
			fc.integer({ min: 0, max: DAYS - 60 }),
			fc.integer({ min: 0, max: DAYS - 60 }),
			fc.integer({ min: 1, max: 25 }),
			fc.integer({ min: 1, max: 25 }),
			(key, day, change, before, after) => {
				const dated: Clocks = {
					...clocks,
					rules: [rule(key, before, '2020-01-01', text(change)), rule(key, after, text(change))]
				};
				const { unit } = ruleKind(key);
				expect(dueOf(dated, key, text(day))).toBe(expected(day, day < change ? before : after, unit));
				expect(dueOf({ ...dated, rules: [] }, key, text(day))).toBeNull();
			}
		),
		{ numRuns: 500 }
	);
});
