import { listPlans } from '$lib/server/plan';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	plans: await listPlans(locals.db, locals.county.code)
});
