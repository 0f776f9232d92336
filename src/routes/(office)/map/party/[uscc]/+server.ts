import { error, json } from '@sveltejs/kit';
import { partyCard } from '$lib/server/target';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
	const card = await partyCard(locals.db, locals.county.code, params.uscc, new Date());
	if (!card) error(404, 'no such party');
	return json(card, { headers: { 'Cache-Control': 'private, no-store' } });
};
