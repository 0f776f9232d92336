import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { solveRequest } from '$lib/schema/route';
import { solveAgain } from '$lib/server/route/planning';
import { streamRoutes } from '../../route-stream';
import { seriesOf } from '../../series';
import type { RequestHandler } from './$types';

/** Solves once more, keeping what is locked, and tells how far it is. */
export const POST: RequestHandler = async ({ params, request, locals }) => {
	const series = seriesOf(params.id);
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(solveRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, `the request is incomplete: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
	return streamRoutes('a new solution of routes', locals, (planning) =>
		solveAgain(locals.db, locals.county.code, series, parsed.output, planning)
	);
};
