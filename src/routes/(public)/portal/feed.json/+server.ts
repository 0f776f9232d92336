import { jsonFeed } from '$lib/core/posting/feed';
import { feedOf } from '../feed-of';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals: { portal, county } }) =>
	new Response(JSON.stringify(jsonFeed(await feedOf(portal, county, url, new Date()))), {
		headers: { 'content-type': 'application/feed+json; charset=utf-8' }
	});
