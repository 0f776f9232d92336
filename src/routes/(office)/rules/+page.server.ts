import { fail } from '@sveltejs/kit';
import { dayInChina, workingDays } from '$lib/core/calendar/year';
import { ruleKinds } from '$lib/core/rule/catalogue';
import { may } from '$lib/server/access';
import { listYears, shippedYears } from '$lib/server/calendar';
import { ruleNotes } from '$lib/server/rule';
import { takeCalendar, takeRules } from '../setup/year-actions';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user }, url }) => {
	const today = dayInChina(new Date());
	const [notes, years] = await Promise.all([ruleNotes(db, county.code), listYears(db, county.code)]);
	const counted = (list: typeof years) => list.map((year) => ({ ...year, count: workingDays(year) }));
	const offered = shippedYears().filter(({ year }) => !years.some((one) => one.year === year));
	return {
		...{ today, thisYear: Number(today.slice(0, 4)), years: counted(years), offered: counted(offered) },
		shown: url.searchParams.has('year') || url.searchParams.get('step') === 'calendar' ? 'calendar' : 'rules',
		year: Number(url.searchParams.get('year')) || Number(today.slice(0, 4)),
		maySet: user !== null && may(user, 'setup'),
		rules: ruleKinds.map((kind) => {
			const all = notes.filter(({ key }) => key === kind.key);
			return {
				...{ kind, all },
				now: all.find(({ from, to }) => from <= today && (to === null || to > today)) ?? null,
				coming: all.find(({ from }) => from > today) ?? null
			};
		})
	};
};

export const actions = {
	rules: async (event) => {
		const problem = await takeRules(event);
		return problem ? fail(400, { problem: { at: '', ...problem } }) : { saved: true as const };
	},
	calendar: async (event) => {
		const problem = await takeCalendar(event);
		return problem ? fail(400, { problem: { at: '', ...problem } }) : { saved: true as const };
	}
} satisfies Actions;
