// What a burden page is asked, from its address; what is none of the choices is the first of them.
import { burdenColumns, type BurdenQuery, type BurdenShow } from '$lib/server/burden/listing';
import { yearAsked } from '../year-of';

const shows: readonly BurdenShow[] = ['all', 'called', 'full'];

export function burdenQuery(url: URL): BurdenQuery {
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const sort = burdenColumns.find((column) => column === asked('sort')) ?? 'done';
	return {
		year: yearAsked(url),
		search: asked('q').trim().slice(0, 100),
		show: shows.find((show) => show === asked('show')) ?? 'all',
		sort,
		descending: asked('order') === '' ? sort === 'done' || sort === 'planned' : asked('order') === 'desc',
		page: Math.trunc(Number(asked('page'))) || 1
	};
}
