// The working days of a year: Monday to Friday, less the days off and plus the days of work that are published for it
// (调休). Days are written 2026-02-14 and mean days in China; a range of days is written 2026-02-15/2026-02-23.
// Invariant: a year nobody published is no year at all; its working days are not guessed.

export interface CalendarYear {
	year: number;
	/** Where it was published. */
	source: string;
	daysOff: string[];
	workdays: string[];
}

type CalendarProblem = {
	ok: false;
	reason: 'empty' | 'line' | 'day' | 'other_year' | 'twice' | 'work_on_weekday';
	/** As it was written. */
	at: string;
};

const DAY_MS = 86_400_000;
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
/** Whether it is a day of the calendar, written 2026-02-14. */
export const isDay = (text: string) =>
	/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(timeOf(text)) && dayOf(timeOf(text)) === text;
/** 0 Sunday … 6 Saturday. */
const weekday = (day: string) => new Date(timeOf(day)).getUTCDay();
const isWeekend = (day: string) => weekday(day) === 0 || weekday(day) === 6;

/** The day in China on which an instant falls; clocks there have not been moved since 1991. */
export const dayInChina = (at: Date): string => dayOf(at.getTime() + 8 * 3_600_000);

/** Every day of `2026-02-15/2026-02-23` or of a single day; null when it is neither, or longer than a month. */
export function daysOf(range: string): string[] | null {
	const [first = '', last = first, ...rest] = range.split('/');
	if (!isDay(first) || !isDay(last) || rest.length > 0) return null;
	const count = (timeOf(last) - timeOf(first)) / DAY_MS + 1;
	if (count < 1 || count > 31) return null;
	return Array.from({ length: count }, (_, i) => dayOf(timeOf(first) + i * DAY_MS));
}

/** One line for each range: `休 2026-02-15/2026-02-23`, `班 2026-02-14`; anything behind the days is a remark. */
export function readCalendar(
	text: string,
	year: number,
	source: string
): { ok: true; calendar: CalendarYear } | CalendarProblem {
	const found = { 休: [] as string[], 班: [] as string[] };
	const known = new Set<string>();
	const lines = text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
	for (const line of lines) {
		const [kind, range = ''] = line.split(/\s+/);
		if (kind !== '休' && kind !== '班') return { ok: false, reason: 'line', at: line };
		const days = daysOf(range);
		if (!days) return { ok: false, reason: 'day', at: line };
		for (const day of days) {
			if (!day.startsWith(`${year}-`)) return { ok: false, reason: 'other_year', at: line };
			if (known.has(day)) return { ok: false, reason: 'twice', at: line };
			if (kind === '班' && !isWeekend(day)) return { ok: false, reason: 'work_on_weekday', at: line };
			known.add(day);
			found[kind].push(day);
		}
	}
	if (found.休.length === 0) return { ok: false, reason: 'empty', at: '' };
	return {
		ok: true,
		calendar: { year, source, daysOff: found.休.sort(), workdays: found.班.sort() }
	};
}

export function isWorkingDay({ daysOff, workdays }: CalendarYear, day: string): boolean {
	return workdays.includes(day) || (!isWeekend(day) && !daysOff.includes(day));
}

export function workingDays(calendar: CalendarYear): number {
	let count = 0;
	for (let time = timeOf(`${calendar.year}-01-01`); ; time += DAY_MS) {
		const day = dayOf(time);
		if (!day.startsWith(`${calendar.year}-`)) return count;
		if (isWorkingDay(calendar, day)) count++;
	}
}
