import { atomFeed } from '$lib/core/posting/feed';
import { feedOf } from '../feed-of';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals: { portal, county } }) =>
	new Response(atomFeed(await feedOf(portal, county, url, new Date())), {
		headers: { 'content-type': 'application/atom+xml; charset=utf-8' }
	});
