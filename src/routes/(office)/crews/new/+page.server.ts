import { listWitnesses } from '$lib/server/ceremony/reading';
import { departmentsOf, listRoutes } from '$lib/server/route/view';
import { rulesOn } from '$lib/server/rule';
import { officesNamed, partnerDepartments } from '$lib/server/crew/offices';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	url,
	locals: { db, county, embedded, demonstration, user }
}) => {
	const plans = (await listRoutes(db, county.code)).filter(({ routes }) => routes > 0);
	const keys = ['inspectors_least', 'notice_minutes', 'reveal_hours', 'close_days'] as const;
	const rules = await rulesOn(db, county.code, keys, new Date());
	const asked = Number(url.searchParams.get('routes'));
	const partners = await partnerDepartments(db, county.code);
	return {
		plans: await Promise.all(
			plans.map(async ({ series, draw, planName, assurance, firstDay, lastDay, routes }) => ({
				...{ series, planName, firstDay, lastDay, routes, trial: assurance === 'trial' },
				/** Of the task, those that have inspectors here. */
				departments: (await departmentsOf(db, county.code, draw)).filter((department) =>
					partners.some(({ name }) => name === department)
				)
			}))
		),
		partners,
		series: (plans.find(({ series }) => series === asked) ?? plans[0])?.series ?? null,
		witnesses: (await listWitnesses(db)).filter(({ id }) => id !== user?.id),
		offices: await officesNamed(db, county.code),
		rules,
		missing: keys.filter((key) => rules[key] === null),
		least: rules.inspectors_least ?? 2,
		embedded,
		/** Who tries it out does not wait. */
		notice: demonstration ? 0 : (rules.notice_minutes ?? 0)
	};
};
