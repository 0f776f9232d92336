// Days on which routes are driven: working days by the calendar the county has taken over. Of a year that is not published
// yet nobody knows the days off: there it is Monday to Friday, which the form says.
import { isWorkingDay } from '../../core/calendar/year';
import { listYears } from '../calendar';
import type { Database } from '../db/database';

const DAY_MS = 86_400_000;

/** `count` working days from `first` on. */
export async function routeDays(
	db: Database,
	county: string,
	first: string,
	count: number
): Promise<string[]> {
	const years = new Map((await listYears(db, county)).map((year) => [year.year, year]));
	const days: string[] = [];
	for (let time = Date.parse(`${first}T00:00:00Z`); days.length < count; time += DAY_MS) {
		const day = new Date(time).toISOString().slice(0, 10);
		const calendar = years.get(Number(day.slice(0, 4)));
		const works = calendar ? isWorkingDay(calendar, day) : new Date(time).getUTCDay() % 6 !== 0;
		if (works) days.push(day);
	}
	return days;
}
