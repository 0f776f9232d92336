import { countyOutline } from '$lib/server/import/inspection';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	outline: await countyOutline(locals.db, locals.county.code)
});
