import { error } from '@sveltejs/kit';
import { may } from '$lib/server/access';
import { listCrews } from '$lib/server/crew/reading';
import { routeView } from '$lib/server/route/view';
import { boundaryNote, countyBounds, listTownships, officeNames } from '$lib/server/selection';
import { dataVersion } from '$lib/server/tiles';
import { seriesOf } from '../series';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county, user } }) => {
	const routes = await routeView(db, county.code, seriesOf(params.id));
	if (!routes) error(404, 'no such day routes');
	const [bounds, townships, offices, boundary, tiles] = await Promise.all([
		countyBounds(db, county.code),
		listTownships(db, county.code),
		officeNames(db, county.code),
		boundaryNote(db, county.code),
		dataVersion(db, county.code, new Date())
	]);
	return {
		routes,
		crews: await listCrews(db, county.code, routes.series),
		mayDraw: user !== null && may(user, 'draw'),
		mayPlan: user !== null && may(user, 'route'),
		bounds,
		boundary,
		tiles,
		townships: townships.map(({ code, name }) => ({ code, name })),
		labelText: [...townships.map(({ name }) => name), ...offices].join('')
	};
};
