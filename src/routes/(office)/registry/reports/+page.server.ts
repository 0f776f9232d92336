import { dayInChina } from '$lib/core/calendar/year';
import { MOST, report, reportNames } from '$lib/server/registry/reports';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county }, url }) => {
	const day = dayInChina(new Date());
	const reports = [];
	for (const name of reportNames) reports.push(await report(db, county.code, name, day));
	const shown = reportNames.find((name) => name === url.searchParams.get('report'));
	return {
		reports,
		most: MOST,
		shown: shown ?? reports.find(({ rows }) => rows.length > 0)?.name ?? 'duplicates'
	};
};
