import { publishedPlan } from '$lib/server/annual/publication';
import type { PageServerLoad } from './$types';

/** ?year=: the year that is asked for; else the latest one published. */
export const load: PageServerLoad = async ({ locals: { portal, county }, url }) => {
	const text = url.searchParams.get('year') ?? '';
	return publishedPlan(portal, county.code, /^2[0-9]{3}$/.test(text) ? Number(text) : null);
};
