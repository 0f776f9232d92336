// GeoJSON (RFC 7946): a line for each route, a point for each visit, on a route or left over.
import type { FeatureCollection } from 'geojson';
import type { RouteView } from '../../../schema/route';
import { clock, nameOf } from './names';

export function geojson(view: RouteView): string {
	const visits = new Map(view.visits.map((visit) => [visit.number, visit]));
	const offices = new Map(view.offices.map((office) => [office.code, office]));
	const six = ([lon, lat]: readonly [number, number]) => [
		Math.round(lon * 1e6) / 1e6,
		Math.round(lat * 1e6) / 1e6
	];
	const point = (
		visit: number,
		properties: Record<string, unknown>
	): FeatureCollection['features'][number] => {
		const subject = visits.get(visit)!;
		return {
			type: 'Feature',
			properties: {
				visit,
				party: nameOf(subject),
				uscc: subject.uscc,
				targets: subject.targets.map(({ code }) => code).join(' '),
				items: subject.items.join(' '),
				minutes: subject.setupMin + subject.serviceMin,
				...properties
			},
			geometry: { type: 'Point', coordinates: six(subject.at) }
		};
	};
	const driven = view.routes.filter(({ stops }) => stops.length > 0);
	const collection: FeatureCollection = {
		type: 'FeatureCollection',
		features: [
			...driven.map((route): FeatureCollection['features'][number] => {
				const office = offices.get(route.office)!;
				const { day, team, number, metres, travelS } = route;
				return {
					type: 'Feature',
					properties: {
						...{ route: number, day, office: office.name, team, metres, travelS },
						...{ departs: clock(route.departsS), returns: clock(route.returnsS) }
					},
					geometry: {
						type: 'LineString',
						coordinates: [office.at, ...route.stops.map(({ visit }) => visits.get(visit)!.at), office.at].map(
							six
						)
					}
				};
			}),
			...driven.flatMap((route) =>
				route.stops.map((stop, i) =>
					point(stop.visit, {
						...{ route: route.number, position: i + 1, lock: stop.lock },
						arrives: clock(stop.arrivalS + stop.waitS)
					})
				)
			),
			...view.leftOver.map(({ visit, reason }) => point(visit, { reason }))
		]
	};
	return JSON.stringify(collection);
}
