import { ping } from '$lib/server/db/database';
import type { RequestHandler } from './$types';

/** 200 when the server answers and its database does. */
export const GET: RequestHandler = async ({ locals }) => {
	await ping(locals.db);
	return new Response('ok\n', { headers: { 'Cache-Control': 'no-store' } });
};
