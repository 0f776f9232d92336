import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import type { RouteView } from '$lib/schema/route';
import { docx } from '$lib/server/document/download';
import { routeNotices } from '$lib/server/document/route-notices';
import { geojson } from '$lib/server/route/files/geojson';
import { gpx } from '$lib/server/route/files/gpx';
import { kml } from '$lib/server/route/files/kml';
import { xlsx } from '$lib/server/route/files/xlsx';
import { routeView } from '$lib/server/route/view';
import { reasonText } from '../../route-text';
import { seriesOf } from '../../series';
import type { RequestHandler } from './$types';

const types = {
	gpx: 'application/gpx+xml',
	kml: 'application/vnd.google-earth.kml+xml',
	geojson: 'application/geo+json',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};
const words = () => ({
	routes: m.route_sheet_routes(),
	left: m.route_sheet_left(),
	total: m.route_sheet_total(),
	reason: reasonText,
	columns: [
		...[m.route_sheet_day(), m.route_office(), m.route_sheet_team(), m.route_book_stop()],
		...[m.route_sheet_arrive(), m.route_sheet_leave(), m.route_sheet_party(), m.route_sheet_codes()],
		...[m.route_sheet_names(), m.route_sheet_items(), m.route_sheet_km(), m.route_sheet_minutes()],
		...[m.route_sheet_lon(), m.route_sheet_lat()]
	],
	leftColumns: [
		...[m.route_sheet_party(), m.route_sheet_codes(), m.route_sheet_names(), m.route_sheet_reason()]
	]
});

type Locals = Pick<App.Locals, 'db' | 'county'>;

async function viewOf({ db, county }: Locals, id: string): Promise<RouteView> {
	const view = await routeView(db, county.code, seriesOf(id));
	return view ?? error(404, 'no such day routes');
}

async function notices(locals: Locals, id: string): Promise<Response> {
	const view = await viewOf(locals, id);
	const made = await routeNotices(locals.db, locals.county, view, new Date());
	if (!made.ok) error(409, made.reason === 'trial' ? m.route_notices_trial() : m.document_void());
	return docx(made.body, `${m.document_notices()}-${view.series}-v${view.version}`);
}

/** notices.docx; routes.gpx, routes.kml, routes.geojson, routes.xlsx: the current version as a file. */
export const GET: RequestHandler = async ({ params, locals }) => {
	if (params.file === 'notices.docx') return notices(locals, params.id);
	const format = params.file.match(/^routes\.(gpx|kml|geojson|xlsx)$/)?.[1] as keyof typeof types | undefined;
	if (!format) error(404, 'no such file');
	const view = await viewOf(locals, params.id);
	const made = {
		gpx: () => gpx(view),
		kml: () => kml(view),
		geojson: () => geojson(view),
		xlsx: () => xlsx(view, words())
	};
	return new Response(await made[format](), {
		headers: {
			'content-type': types[format],
			'content-disposition': `attachment; filename="routes-${view.series}-v${view.version}.${format}"`,
			'cache-control': 'no-store'
		}
	});
};
