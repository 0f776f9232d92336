import { error } from '@sveltejs/kit';
import { readAnnual } from '$lib/server/annual/reading';
import { annualPaper } from '$lib/server/document/annual-text';
import { yearIn } from '../../year-of';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county } }) => {
	const year = yearIn(params.year);
	const annual = await readAnnual(db, county.code, year);
	if (!annual) error(404, 'no such plan');
	return { year, paper: await annualPaper(db, county, annual, new Date()) };
};
