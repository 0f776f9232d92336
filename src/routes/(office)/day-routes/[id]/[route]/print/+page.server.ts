import { error } from '@sveltejs/kit';
import { encode } from 'uqr';
import { crewsOf } from '$lib/server/crew/route-crew';
import { keyText } from '$lib/server/route/draft';
import { outlinesWithin } from '$lib/server/route/sketch';
import { routeView } from '$lib/server/route/view';
import { seriesOf } from '../../../series';
import { frameOf } from './sketch-frame';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, county } }) => {
	const series = seriesOf(params.id);
	const view = await routeView(db, county.code, series);
	const route = view?.routes.find(({ number }) => String(number) === params.route);
	if (!view || !route || route.stops.length === 0) error(404, 'no such route');
	const office = view.offices.find(({ code }) => code === route.office)!;
	const stops = route.stops.map((stop) => ({
		...stop,
		visit: view.visits.find(({ number }) => number === stop.visit)!
	}));
	const frame = frameOf([office.at, ...stops.map(({ visit }) => visit.at)]);
	const here = `${url.origin}/day-routes/${series}?route=${encodeURIComponent(`${route.day} ${route.office} ${route.team}`)}`;
	const { data, size } = encode(here, { ecc: 'M', border: 2 });
	const { version, draw, routesHash, provider } = view;
	return {
		...{ series, version, draw, routesHash, provider, route, office, stops, frame },
		items: view.items,
		crew: ((await crewsOf(db, county.code, series)).get(keyText(route)) ?? []).map(({ name }) => name),
		outlines: await outlinesWithin(db, county.code, frame),
		code: {
			here,
			size,
			dark: data.flatMap((row, y) => row.flatMap((on, x) => (on ? [[x, y] as const] : [])))
		}
	};
};
