import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { daysOf, isWorkingDay, readCalendar, workingDays } from './year';

const shipped = JSON.parse(readFileSync('geodata/calendar.json', 'utf8')) as {
	year: number;
	source: string;
	off: string[];
	work: string[];
}[];
const read = ({ year, source, off, work }: (typeof shipped)[number]) => {
	const lines = [...off.map((range) => `休 ${range}`), ...work.map((day) => `班 ${day} 调休`)];
	const result = readCalendar(lines.join('\n'), year, source);
	if (!result.ok) throw new Error(`${result.reason}: ${result.at}`);
	return result.calendar;
};

// Weekends are made up for day by day, so a year has its weekdays less the statutory holidays: 11, from 2025 on 13.
test.each([
	[2024, 366 - 104 - 11],
	[2025, 365 - 104 - 13],
	[2026, 365 - 104 - 13]
])('%s has %s working days', (year, count) =>
	expect(workingDays(read(shipped.find((one) => one.year === year)!))).toBe(count)
);

test('days of work at a weekend, days off in a week, and the rest', () => {
	const calendar = read(shipped.find(({ year }) => year === 2026)!);
	const day = (text: string) => isWorkingDay(calendar, text);
	expect(['2026-02-14', '2026-01-04', '2026-11-24'].every(day)).toBe(true);
	expect(['2026-02-16', '2026-10-05', '2026-11-28', '2026-11-29'].some(day)).toBe(false);
});

describe('what is given is read or refused', () => {
	it.each([
		['', 'empty'],
		['班 2026-02-14', 'empty'],
		['2026-01-01', 'line'],
		['休 2026-02-30', 'day'],
		['休 2026-02-20/2026-02-10', 'day'],
		['休 2026-01-01/2026-03-01', 'day'],
		['休 2025-12-31', 'other_year'],
		['休 2026-01-01\n班 2026-01-01', 'twice'],
		['休 2026-01-01\n班 2026-01-05', 'work_on_weekday']
	])('%j: %s', (text, reason) => expect(readCalendar(text, 2026, 's')).toMatchObject({ ok: false, reason }));
	it('a range over the end of a month', () =>
		expect(daysOf('2025-05-31/2025-06-02')).toEqual(['2025-05-31', '2025-06-01', '2025-06-02']));
});
