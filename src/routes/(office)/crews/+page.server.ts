import { may } from '$lib/server/access';
import { listCrews } from '$lib/server/crew/reading';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => ({
	crews: await listCrews(db, county.code),
	mayDraw: user !== null && may(user, 'draw')
});
