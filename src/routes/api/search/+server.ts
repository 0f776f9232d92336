import { json } from '@sveltejs/kit';
import { search } from '$lib/server/search';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) =>
	json(await search(locals.db, locals.county.code, url.searchParams.get('q') ?? ''), {
		headers: { 'Cache-Control': 'private, no-store' }
	});
