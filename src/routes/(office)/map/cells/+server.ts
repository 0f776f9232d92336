import { json } from '@sveltejs/kit';
import { finestCells } from '$lib/server/selection';
import { dataVersion } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, request }) => {
	const etag = `"${await dataVersion(locals.db, locals.county.code, new Date())}"`;
	const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' };
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	return json(await finestCells(locals.db, locals.county.code), { headers });
};
