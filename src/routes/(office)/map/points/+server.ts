import { pointIndex } from '$lib/server/selection';
import { dataVersion } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, request }) => {
	const etag = `"${await dataVersion(locals.db, locals.county.code, new Date())}"`;
	const headers = {
		ETag: etag,
		'Cache-Control': 'private, no-cache',
		'Content-Type': 'application/octet-stream'
	};
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	return new Response(await pointIndex(locals.db, locals.county.code), { headers });
};
