import { publicPostings } from '$lib/server/portal/list';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { portal: db, county } }) => ({
	newest: (await publicPostings(db, county.code, new Date())).slice(0, 5)
});
