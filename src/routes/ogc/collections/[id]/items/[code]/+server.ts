import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { GEOJSON_TYPE } from '$lib/server/ogc/documents';
import { readItem } from '$lib/server/ogc/items';
import { placeOf } from '$lib/server/ogc/request';
import { answer, collectionFor, rootOf } from '../../../../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { reader, id } = collectionFor(event, event.params.id);
	const asked = placeOf(event.url, id, event.locals.county.epsg, new Date());
	if (!asked.ok) error(400, m.directory_ogc_parameter(asked));
	const feature = await readItem(reader, asked.value, event.params.code);
	if (!feature) error(404, m.directory_ogc_unknown());
	const at = `${rootOf(event)}/collections/${id}`;
	const links = [
		{ rel: 'self', type: GEOJSON_TYPE, href: `${at}/items/${encodeURIComponent(feature.id)}` },
		{ rel: 'collection', type: 'application/json', href: at }
	];
	return answer(event, { ...feature, links }, GEOJSON_TYPE, { 'content-crs': `<${asked.value.crs.uri}>` });
};
