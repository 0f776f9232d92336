// GPX 1.1 (topografix.com/GPX/1/1): a waypoint for each stop, a route for each team-day. Coordinates are WGS 84, which
// CGCS2000 equals within centimetres.
import type { RouteView } from '../../../schema/route';
import { clock, nameOf, routeName, xml } from './names';

export function gpx(view: RouteView): string {
	const visits = new Map(view.visits.map((visit) => [visit.number, visit]));
	const point = (tag: string, at: readonly [number, number], name: string, note: string) =>
		`<${tag} lat="${at[1].toFixed(6)}" lon="${at[0].toFixed(6)}"><name>${xml(name)}</name>` +
		`<desc>${xml(note)}</desc></${tag}>`;
	const driven = view.routes.filter(({ stops }) => stops.length > 0);
	const stopPoints = driven.map((route) =>
		route.stops.map((stop, i) => {
			const visit = visits.get(stop.visit)!;
			const note = `${routeName(view, route)} ${clock(stop.arrivalS + stop.waitS)} ${visit.targets.map(({ code }) => code).join(' ')}`;
			return { at: visit.at, name: `${i + 1} ${nameOf(visit)}`, note };
		})
	);
	const waypoints = stopPoints.flat().map(({ at, name, note }) => point('wpt', at, name, note));
	const routes = driven.map((route, i) => {
		const office = view.offices.find(({ code }) => code === route.office)!;
		const depot = (time: number) => point('rtept', office.at, office.name, clock(time));
		return [
			`<rte><name>${xml(routeName(view, route))}</name><number>${route.number}</number>`,
			depot(route.departsS),
			...stopPoints[i]!.map(({ at, name, note }) => point('rtept', at, name, note)),
			depot(route.returnsS),
			'</rte>'
		].join('\n');
	});
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<gpx version="1.1" creator="Fairlot" xmlns="http://www.topografix.com/GPX/1/1">',
		...waypoints,
		...routes,
		'</gpx>',
		''
	].join('\n');
}
