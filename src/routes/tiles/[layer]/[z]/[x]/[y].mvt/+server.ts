import { error } from '@sveltejs/kit';
import { keptTile } from '$lib/server/tile-cache';
import { closestZoom, isTileLayer, parseAddress, recentVersion } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals, request, url }) => {
	const address = parseAddress(params.z, params.x, params.y);
	if (!isTileLayer(params.layer) || !address || address.z > closestZoom) error(404, 'no such tile');
	const at = new Date();
	const { db, county } = locals;
	// The version may be a second old, the tile never is: what is kept under a version is of that version or newer.
	const version = await recentVersion(db, county.code, at);
	const etag = `"${version}"`;
	// An address that names its version never changes; any other is asked for again and mostly answered with 304.
	const lasting = url.searchParams.get('v') === version;
	const headers = {
		ETag: etag,
		'Cache-Control': lasting ? 'private, max-age=604800, immutable' : 'private, no-cache'
	};
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	const bytes = await keptTile(version, { db, county: county.code, layer: params.layer, address, at });
	if (bytes.byteLength === 0) return new Response(null, { status: 204, headers });
	return new Response(bytes as Uint8Array<ArrayBuffer>, {
		headers: { ...headers, 'Content-Type': 'application/vnd.mapbox-vector-tile' }
	});
};
