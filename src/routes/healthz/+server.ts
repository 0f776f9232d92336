import { sql } from 'kysely';
import type { RequestHandler } from './$types';

/** 200 when the server answers and its database does. */
export const GET: RequestHandler = async ({ locals }) => {
	await sql`SELECT 1`.execute(locals.db);
	return new Response('ok\n', { headers: { 'Cache-Control': 'no-store' } });
};
