import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { env } from '$env/dynamic/private';
import { planRequest, type RouteEvent } from '$lib/schema/route';
import { actorOf } from '$lib/server/account';
import { planRoutes } from '$lib/server/route/planning';
import { serversOf } from '$lib/server/route/travel';
import { streamed } from '$lib/server/streamed';
import type { RequestHandler } from './$types';

/** Makes day routes of a draw and tells how far it is. */
export const POST: RequestHandler = async ({ request, locals }) => {
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(planRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, `the settings are incomplete: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
	const { draw, settings } = parsed.output;
	return streamed<RouteEvent>('a plan of routes', async (send, signal) => {
		const outcome = await planRoutes(locals.db, locals.county.code, draw, settings, {
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
