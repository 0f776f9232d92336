import { publicItems } from '$lib/server/portal/postings';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { portal: db, county } }) => ({
	items: await publicItems(db, county.code, new Date())
});
