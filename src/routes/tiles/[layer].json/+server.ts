import { error, json } from '@sveltejs/kit';
import { countyBounds } from '$lib/server/selection';
import { closestZoom, dataVersion, isTileLayer, layerParts } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

/** TileJSON 3.0, for QGIS and anything else that reads vector tiles. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
	const { layer } = params;
	if (!isTileLayer(layer)) error(404, 'no such layer');
	const [version, bounds] = await Promise.all([
		dataVersion(locals.db, locals.county.code, new Date()),
		countyBounds(locals.db, locals.county.code)
	]);
	return json(
		{
			tilejson: '3.0.0',
			name: layer,
			version: '1.0.0',
			scheme: 'xyz',
			tiles: [`${url.origin}/tiles/${layer}/{z}/{x}/{y}.mvt?v=${version}`],
			minzoom: 0,
			maxzoom: closestZoom,
			...(bounds && { bounds }),
			vector_layers: layerParts[layer].map(({ name, fields, minzoom }) => ({ id: name, fields, minzoom }))
		},
		{ headers: { 'Cache-Control': 'private, no-cache' } }
	);
};
