import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { GEOJSON_TYPE } from '$lib/server/ogc/documents';
import { readItems } from '$lib/server/ogc/items';
import { itemsQuery } from '$lib/server/ogc/request';
import { answer, collectionFor, rootOf } from '../../../reader';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const { reader, id } = collectionFor(event, event.params.id);
	const asked = itemsQuery(event.url, id, event.locals.county.epsg, new Date());
	if (!asked.ok) error(400, m.directory_ogc_parameter(asked));
	const { features, matched, next } = await readItems(reader, asked.value);
	const at = `${rootOf(event)}/collections/${id}`;
	const page = new URLSearchParams(event.url.searchParams);
	if (next !== null) page.set('after', next);
	const links = [
		{ rel: 'self', type: GEOJSON_TYPE, href: `${at}/items${event.url.search}` },
		{ rel: 'collection', type: 'application/json', href: at },
		...(next === null ? [] : [{ rel: 'next', type: GEOJSON_TYPE, href: `${at}/items?${page}` }])
	];
	const counts = {
		timeStamp: new Date().toISOString(),
		numberMatched: matched,
		numberReturned: features.length
	};
	const body = { type: 'FeatureCollection', features, links, ...counts };
	return answer(event, body, GEOJSON_TYPE, { 'content-crs': `<${asked.value.crs.uri}>` });
};
