// Deadlines as the rules of their day set them: loaded once for a page, then asked for each row.
import { daysAfter, workingDaysAfter } from '../../core/posting/deadline';
import { ruleKind, type RuleKey } from '../../core/rule/catalogue';
import { dayInChina, type CalendarYear } from '../../core/calendar/year';
import { listYears } from '../calendar';
import type { Database } from '../db/database';
import { listRules } from '../rule';

export interface Clocks {
	years: CalendarYear[];
	rules: Awaited<ReturnType<typeof listRules>>;
}

export const readClocks = async (db: Database, county: string): Promise<Clocks> => ({
	years: await listYears(db, county),
	rules: await listRules(db, county)
});

const valueOn = ({ rules }: Clocks, key: RuleKey, day: string): number | undefined =>
	rules.find((one) => one.key === key && one.from <= day && (one.to === null || day < one.to))?.value;

/** null: nobody set the rule for that day, or the calendar of a year it runs into is not published. */
export function dueOf(clocks: Clocks, key: RuleKey, day: string): string | null {
	const value = valueOn(clocks, key, day);
	if (value === undefined) return null;
	if (ruleKind(key).unit === 'days') return daysAfter(day, value);
	const due = workingDaysAfter(clocks.years, day, value);
	return due.ok ? due.day : null;
}

/** Of a rule in hours; null: nobody set it for that day. */
export function dueAt(clocks: Clocks, key: RuleKey, from: Date): Date | null {
	const hours = valueOn(clocks, key, dayInChina(from));
	return hours === undefined ? null : new Date(from.getTime() + hours * 3_600_000);
}

/** The rules by which this stage is judged. */
const judged: readonly RuleKey[] = [
	...([
		'posting_result',
		'posting_penalty',
		'posting_withdrawn',
		'crime_decided',
		'crime_transferred'
	] as const)
];

/** Why deadlines that begin today cannot be told: rules nobody set, a year whose calendar is not published. */
export function untold(clocks: Clocks, today: string): { rules: RuleKey[]; year: number | null } {
	const rules = judged.filter((key) => valueOn(clocks, key, today) === undefined);
	const most = Math.max(
		1,
		...judged
			.filter((key) => ruleKind(key).unit === 'working_days')
			.map((key) => valueOn(clocks, key, today) ?? 0)
	);
	const due = workingDaysAfter(clocks.years, today, most);
	return { rules, year: due.ok ? null : due.year };
}
