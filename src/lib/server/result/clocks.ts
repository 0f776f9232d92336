// Deadlines as the rules of their day set them: loaded once for a page, then asked for each row.
import { daysAfter, workingDaysAfter } from '../../core/posting/deadline';
import { ruleKind, type RuleKey } from '../../core/rule/catalogue';
import type { CalendarYear } from '../../core/calendar/year';
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

/** null: nobody set the rule for that day, or the calendar of a year it runs into is not published. */
export function dueOf({ years, rules }: Clocks, key: RuleKey, day: string): string | null {
	const rule = rules.find((one) => one.key === key && one.from <= day && (one.to === null || day < one.to));
	if (!rule) return null;
	if (ruleKind(key).unit === 'days') return daysAfter(day, rule.value);
	const due = workingDaysAfter(years, day, rule.value);
	return due.ok ? due.day : null;
}
