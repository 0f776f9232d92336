// How far a deployment is set up. Nothing is remembered about it: what is done is what there is, so it can be left and
// taken up again at any time, by anybody who may.
import { dayInChina, isWorkingDay, workingDays } from '../../core/calendar/year';
import { ruleKinds } from '../../core/rule/catalogue';
import { listYears, shippedYears } from '../calendar';
import { noCounty, type County } from '../county';
import type { Database } from '../db/database';
import { listRules } from '../rule';
import { isMadeUp } from './county';
import { knownTownships, listOfficeSeats, shippedDivisions } from './directory';

export const setupSteps = ['county', 'townships', 'offices', 'calendar', 'rules', 'finish'] as const;
export type SetupStep = (typeof setupSteps)[number];

export async function setupState(db: Database, county: County, at: Date) {
	const today = dayInChina(at);
	const thisYear = Number(today.slice(0, 4));
	const registered = county.code !== noCounty.code;
	const townships = await knownTownships({ db, county: county.code });
	const offices = await listOfficeSeats({ db, county: county.code });
	const years = await listYears(db, county.code);
	const rules = await listRules(db, county.code);
	const held = new Set(offices.flatMap((office) => office.townships));
	const current = years.find(({ year }) => year === thisYear);
	const done: Record<Exclude<SetupStep, 'finish'>, boolean> = {
		county: registered,
		townships: townships.length > 0 && townships.every(({ bounded }) => bounded),
		offices: offices.length > 0 && townships.every(({ code }) => held.has(code)),
		calendar: current !== undefined,
		rules: ruleKinds.every(({ key }) => rules.some((rule) => rule.key === key && rule.to === null))
	};
	return {
		...{ registered, done, townships, offices, today, thisYear },
		shipped: shippedDivisions(county.code),
		years: years.map((year) => ({ ...year, count: workingDays(year) })),
		offered: shippedYears()
			.filter(({ year }) => !years.some((one) => one.year === year))
			.map((year) => ({ ...year, count: workingDays(year) })),
		workingToday: current ? isWorkingDay(current, today) : null,
		rules: ruleKinds.map((kind) => {
			const all = rules.filter(({ key }) => key === kind.key);
			return {
				...kind,
				now: all.find(({ from, to }) => from <= today && (to === null || to > today)) ?? null,
				all
			};
		}),
		madeUp: registered && (await isMadeUp(db, county.code))
	};
}
