import { error, json } from '@sveltejs/kit';
import { drawnMarks } from '$lib/server/target';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
	if (!/^\d{1,9}$/.test(params.draw)) error(404, 'no such draw');
	return json(await drawnMarks(locals.db, locals.county.code, Number(params.draw)), {
		headers: { 'Cache-Control': 'private, no-cache' }
	});
};
