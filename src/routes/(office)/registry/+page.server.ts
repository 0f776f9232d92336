import { error, fail, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { dayInChina } from '$lib/core/calendar/year';
import { viewForm } from '$lib/schema/directory';
import { may } from '$lib/server/access';
import { formats } from '$lib/server/registry/convert';
import { isSheetKind } from '$lib/server/registry/import-columns';
import { readList } from '$lib/server/registry/listing';
import { boundaryState, directorySummaries } from '$lib/server/registry/overview';
import { listViews, removeView, saveView } from '$lib/server/registry/views';
import { changeAction } from './change-action';
import { listQuery } from './list-query';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user }, url }) => {
	const at = new Date();
	const personal = user !== null && may(user, 'personal');
	const { query, day } = listQuery(url, county.code, personal, at);
	const [summaries, boundary, table, views] = await Promise.all([
		directorySummaries(db, county.code),
		boundaryState(db, county.code),
		readList(db, county.code, query),
		user && may(user, 'view_keep') ? listViews(db, county.code, user.id) : null
	]);
	const places = ['mining_right', 'land_parcel', 'township', 'office'].includes(query.list);
	const full = isSheetKind(query.list) && (personal || query.list !== 'inspector');
	const files = [
		'list.xlsx',
		'list.csv',
		...(full ? ['import.csv'] : []),
		...(full && (!places || query.list === 'office') ? ['import.xlsx'] : []),
		...(query.list === 'land_parcel' ? ['corners.txt'] : []),
		...(places ? ['map.geojson', ...Object.keys(formats)] : [])
	];
	const { list, search, filters, descending, size } = query;
	const mayImport = user !== null && may(user, 'import');
	return {
		summaries,
		boundary,
		list,
		search,
		filters,
		descending,
		size,
		day,
		today: dayInChina(at),
		table,
		views,
		files,
		mayImport
	};
};

/** Whose views they are: an account that reads the directories. */
function ownerOf({ locals }: Pick<RequestEvent, 'locals'>): string {
	if (!locals.user) error(403, 'view_keep');
	return locals.user.id;
}

export const actions = {
	change: (event) => {
		const { locals, url } = event;
		const personal = locals.user !== null && may(locals.user, 'personal');
		const { query } = listQuery(url, locals.county.code, personal, new Date());
		return changeAction(event, query.list, query);
	},
	saveView: async (event) => {
		const { request, locals } = event;
		const owner = ownerOf(event);
		const given = v.safeParse(viewForm, Object.fromEntries(await request.formData()));
		if (!given.success) return fail(400, { problem: { reason: 'view' } });
		await saveView(locals.db, locals.county.code, owner, given.output);
	},
	removeView: async (event) => {
		const { request, locals } = event;
		const name = String((await request.formData()).get('name') ?? '');
		await removeView(locals.db, locals.county.code, ownerOf(event), name);
	}
} satisfies Actions;
