import { may } from '$lib/server/access';
import { listRoutes } from '$lib/server/route/view';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => ({
	plans: await listRoutes(db, county.code),
	mayPlan: user !== null && may(user, 'route')
});
