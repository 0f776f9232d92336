import { error, json } from '@sveltejs/kit';
import { targetCard } from '$lib/server/target';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
	const card = await targetCard(locals.db, locals.county.code, params.code, new Date());
	if (!card) error(404, 'no such target');
	return json(card, { headers: { 'Cache-Control': 'private, no-store' } });
};
