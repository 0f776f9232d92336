import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { env } from '$env/dynamic/private';
import { solveRequest, type RouteEvent } from '$lib/schema/route';
import { actorOf } from '$lib/server/account';
import { solveAgain } from '$lib/server/route/planning';
import { serversOf } from '$lib/server/route/travel';
import { streamed } from '$lib/server/streamed';
import { seriesOf } from '../../series';
import type { RequestHandler } from './$types';

/** Solves once more, keeping what is locked, and tells how far it is. */
export const POST: RequestHandler = async ({ params, request, locals }) => {
	const series = seriesOf(params.id);
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(solveRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, `the request is incomplete: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
	return streamed<RouteEvent>('a new solution of routes', async (send, signal) => {
		const outcome = await solveAgain(locals.db, locals.county.code, series, parsed.output, {
			actor: actorOf(locals),
			at: new Date(),
			servers: serversOf(env),
			onProgress: (progress) => send({ type: 'progress', ...progress }),
			signal
		});
		if (!outcome.ok) send({ type: 'problem', problem: outcome.problem });
		else send({ type: 'done', series: outcome.series, version: outcome.version });
	});
};
