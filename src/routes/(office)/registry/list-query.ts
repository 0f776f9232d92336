// The state of a directory's page, read from its address; the page and the files of it read the same.
import { dayInChina, isDay } from '$lib/core/calendar/year';
import { endOf } from '$lib/server/registry/as-of';
import { listOf, isListName, type ListName } from '$lib/server/registry/lists';
import { MOST_COUNTED, PAGE_SIZES, type ListQuery } from '$lib/server/registry/listing';
import { readCursor } from '$lib/server/registry/paging';

/** day: the past day that is shown; '' is today. */
export function listQuery(
	url: URL,
	county: string,
	personal: boolean,
	at: Date
): { query: ListQuery; day: string } {
	const given = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) ?? '';
	const list: ListName = isListName(given('list')) ? (given('list') as ListName) : 'mining_right';
	const day = isDay(given('on')) && given('on') < dayInChina(at) ? given('on') : '';
	const on = day === '' ? null : endOf(day);
	const known = Object.keys(listOf(list, { county, on, personal }).filters);
	const filters = Object.fromEntries(
		known.map((name) => [name, given(name)]).filter(([, value]) => value !== '')
	);
	const size = PAGE_SIZES.find((one) => one === Number(given('size'))) ?? PAGE_SIZES[0];
	const columns = url.searchParams.get('cols')?.split(',') ?? null;
	return {
		day,
		query: {
			...{
				list,
				search: given('q').normalize('NFC'),
				filters,
				columns,
				sort: given('sort'),
				on,
				personal,
				size
			},
			...{ descending: given('order') === 'desc', most: given('count') === 'all' ? null : MOST_COUNTED },
			cursor: readCursor(url.searchParams.get('after') ?? '', url.searchParams.get('before') ?? '')
		}
	};
}
