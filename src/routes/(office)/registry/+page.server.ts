import { may } from '$lib/server/access';
import { boundaryState, directorySummaries } from '$lib/server/registry/overview';
import { listings, readList, type ListName } from '$lib/server/registry/listing';
import type { PageServerLoad } from './$types';

const isList = (name: string): name is ListName => Object.hasOwn(listings, name);

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, county } = locals;
	const asked = url.searchParams.get('list') ?? 'mining_right';
	const list: ListName = isList(asked) ? asked : 'mining_right';
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const descending = url.searchParams.get('order') === 'desc';
	const query = {
		list,
		search,
		descending,
		sort: url.searchParams.get('sort') ?? '',
		page: Math.trunc(Number(url.searchParams.get('page'))) || 1
	};
	const [summaries, boundary, table] = await Promise.all([
		directorySummaries(db, county.code),
		boundaryState(db, county.code),
		readList(db, county.code, query)
	]);
	const mayImport = locals.user !== null && may(locals.user, 'import');
	return { summaries, boundary, list, search, descending, table, mayImport };
};
