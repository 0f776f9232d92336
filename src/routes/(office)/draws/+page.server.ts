import { listDraws } from '$lib/server/draw-reading';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	draws: await listDraws(locals.db, locals.county.code)
});
