import { may } from '$lib/server/access';
import { listCrews } from '$lib/server/crew/reading';
import { listRoutes } from '$lib/server/route/view';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => ({
	plans: await listRoutes(db, county.code),
	crews: await listCrews(db, county.code),
	mayDraw: user !== null && may(user, 'draw'),
	mayPlan: user !== null && may(user, 'route')
});
