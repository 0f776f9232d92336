import { dayInChina } from '$lib/core/calendar/year';
import { yearReport } from '$lib/server/result/report';
import { thisYear, yearAsked } from '../../annual/year-of';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county } }) => ({
	...{ thisYear: thisYear(), today: dayInChina(new Date()) },
	report: await yearReport(db, county.code, yearAsked(url))
});
