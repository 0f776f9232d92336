// KML 2.2 (OGC 07-147r2): a folder for each team-day with its line and its stops, coloured as on the map.
import { routeStyle } from '../../../map/route-style';
import type { RouteView } from '../../../schema/route';
import { clock, nameOf, routeName, xml } from './names';

export function kml(view: RouteView): string {
	const visits = new Map(view.visits.map((visit) => [visit.number, visit]));
	const at = ([lon, lat]: readonly [number, number]) => `${lon.toFixed(6)},${lat.toFixed(6)}`;
	const point = (name: string, note: string, where: readonly [number, number]) =>
		`<Placemark><name>${xml(name)}</name><description>${xml(note)}</description>` +
		`<Point><coordinates>${at(where)}</coordinates></Point></Placemark>`;
	const folders = view.routes
		.filter(({ stops }) => stops.length > 0)
		.map((route) => {
			const place = view.offices.findIndex(({ code }) => code === route.office);
			const office = view.offices[place]!;
			const { colour } = routeStyle(place, 0, false);
			// KML writes colours as aabbggrr.
			const abgr = `ff${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`;
			const stops = route.stops.map((stop) => ({ ...stop, visit: visits.get(stop.visit)! }));
			const line = [office.at, ...stops.map(({ visit }) => visit.at), office.at].map(at).join(' ');
			return [
				`<Folder><name>${xml(routeName(view, route))}</name>`,
				`<Placemark><name>${xml(routeName(view, route))}</name>`,
				`<Style><LineStyle><color>${abgr}</color><width>4</width></LineStyle></Style>`,
				`<LineString><tessellate>1</tessellate><coordinates>${line}</coordinates></LineString></Placemark>`,
				...stops.map(({ visit, arrivalS, waitS }, i) =>
					point(
						`${i + 1} ${nameOf(visit)}`,
						`${clock(arrivalS + waitS)} ${visit.targets.map(({ code }) => code).join(' ')}`,
						visit.at
					)
				),
				'</Folder>'
			].join('\n');
		});
	const left = view.leftOver.map(({ visit, reason }) => {
		const subject = visits.get(visit)!;
		return point(nameOf(subject), reason, subject.at);
	});
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
		`<name>Fairlot ${view.series}</name>`,
		...folders,
		...(left.length > 0 ? ['<Folder><name>unassigned</name>', ...left, '</Folder>'] : []),
		'</Document></kml>',
		''
	].join('\n');
}
