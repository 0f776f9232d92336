import { postingFilter, searchPostings } from '$lib/core/posting/search';
import { postingChoices, publicPostings } from '$lib/server/portal/list';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ url, locals: { portal: db, county } }) => {
	const filter = postingFilter(url.searchParams);
	const postings = await publicPostings(db, county.code, new Date());
	return { filter, ...searchPostings(postings, filter), choices: postingChoices(postings) };
};
