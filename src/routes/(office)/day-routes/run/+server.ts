import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { planRequest } from '$lib/schema/route';
import { planRoutes } from '$lib/server/route/planning';
import { streamRoutes } from '../route-stream';
import type { RequestHandler } from './$types';

/** Makes day routes of a draw and tells how far it is. */
export const POST: RequestHandler = async ({ request, locals }) => {
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(planRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, `the settings are incomplete: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
	const { draw, settings } = parsed.output;
	return streamRoutes('a plan of routes', locals, (planning) =>
		planRoutes(locals.db, locals.county.code, draw, settings, planning)
	);
};
