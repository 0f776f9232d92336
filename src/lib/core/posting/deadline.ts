// Deadlines in working days of the published calendar (调休), in calendar days and in hours. The day a thing happens is not
// counted; the last day counts to its end. Invariant: a year nobody published gives no deadline, never a guessed one.

import { isWorkingDay, type CalendarYear } from '../calendar/year';

const DAY_MS = 86_400_000;

type DueDay = { ok: true; day: string } | { ok: false; reason: 'no_calendar'; year: number };

const next = (day: string): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The working day that is `count` working days after `day`. */
export function workingDaysAfter(years: readonly CalendarYear[], day: string, count: number): DueDay {
	let at = day;
	for (let left = count; left > 0;) {
		at = next(at);
		const year = Number(at.slice(0, 4));
		const calendar = years.find((one) => one.year === year);
		if (!calendar) return { ok: false, reason: 'no_calendar', year };
		if (isWorkingDay(calendar, at)) left--;
	}
	return { ok: true, day: at };
}

/**
 * Working days left until the end of `due`; below zero: those since it. null: a year in between is not published.
 * Bound: one step for each calendar day between them.
 */
export function workingDaysLeft(years: readonly CalendarYear[], today: string, due: string): number | null {
	const [from, to] = today <= due ? [today, due] : [due, today];
	let count = 0;
	for (let at = next(from); at <= to; at = next(at)) {
		const calendar = years.find(({ year }) => year === Number(at.slice(0, 4)));
		if (!calendar) return null;
		if (isWorkingDay(calendar, at)) count++;
	}
	return today <= due ? count : -count;
}

/** Calendar days left; below zero: those since. */
export const daysLeft = (today: string, due: string): number =>
	Math.round((Date.parse(due) - Date.parse(today)) / DAY_MS);

/** Calendar days. */
export const daysAfter = (day: string, count: number): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** met, late: done in time or afterwards; soon: within `SOON` days of its end. */
export type Clock = 'ahead' | 'soon' | 'overdue' | 'met' | 'late';
/** Calendar days before the end from which a clock is shown as soon due. */
const SOON = 3;

export function clock(due: string, doneOn: string | null, today: string): Clock {
	if (doneOn !== null) return doneOn <= due ? 'met' : 'late';
	if (today > due) return 'overdue';
	return today >= daysAfter(due, -SOON) ? 'soon' : 'ahead';
}
