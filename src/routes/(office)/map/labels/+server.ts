import { nameCharacters } from '$lib/server/selection';
import { dataVersion } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

/** Every character the targets' names need, so that their fonts are loaded before the labels are drawn. */
export const GET: RequestHandler = async ({ locals, request }) => {
	const etag = `"${await dataVersion(locals.db, locals.county.code, new Date())}"`;
	const headers = {
		ETag: etag,
		'Cache-Control': 'private, no-cache',
		'Content-Type': 'text/plain; charset=utf-8'
	};
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	return new Response(await nameCharacters(locals.db, locals.county.code), { headers });
};
