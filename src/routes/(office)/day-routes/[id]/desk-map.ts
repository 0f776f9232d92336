// What the map draws of a plan of routes, and the frame it is looked at in.
import type { LonLat } from '$lib/core/model';
import type { RouteLine, RouteStop } from '$lib/map/route-types';
import { keyText } from './desk-index';
import type { RouteDesk } from './route-desk.svelte';

export function mapLines(desk: RouteDesk): RouteLine[] {
	const depots = new Map(desk.view.offices.map(({ code, at }) => [code, at]));
	return desk.view.routes
		.filter(({ stops }) => stops.length > 0)
		.map((route) => {
			const depot = depots.get(route.office)!;
			const points = route.stops.map(({ visit }) => desk.visits.get(visit)!.at);
			const { colour, dash } = desk.style(route);
			return {
				number: route.number,
				colour,
				dash,
				dimmed: !desk.shows(route),
				points: [depot, ...points, depot]
			};
		});
}

export function mapStops(desk: RouteDesk): RouteStop[] {
	const placed = desk.view.routes.flatMap((route) => {
		const { colour } = desk.style(route);
		return route.stops.map(({ visit }, i) => ({
			...{ visit, at: desk.visits.get(visit)!.at, label: String(i + 1), colour },
			...{ dimmed: !desk.shows(route), leftOver: false }
		}));
	});
	const left = desk.view.leftOver.map(({ visit }) => ({
		...{ visit, at: desk.visits.get(visit)!.at, label: '!', colour: '#000000' },
		...{ dimmed: false, leftOver: true }
	}));
	// What is not looked at lies below.
	return [...placed.filter(({ dimmed }) => dimmed), ...placed.filter(({ dimmed }) => !dimmed), ...left];
}

/** Around what is looked at: the route, the day or everything. */
export function shownBounds(desk: RouteDesk): [number, number, number, number] | null {
	const depots = new Map(desk.view.offices.map(({ code, at }) => [code, at]));
	const routes = desk.view.routes.filter(
		(route) =>
			route.stops.length > 0 &&
			(desk.day === null || route.day === desk.day) &&
			(desk.route === null || keyText(route) === desk.route)
	);
	const points: LonLat[] = routes.flatMap((route) => [
		depots.get(route.office)!,
		...route.stops.map(({ visit }) => desk.visits.get(visit)!.at)
	]);
	if (points.length === 0) return null;
	const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
	return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
