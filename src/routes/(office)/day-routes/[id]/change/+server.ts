import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { env } from '$env/dynamic/private';
import { changeRequest } from '$lib/schema/route';
import { actorOf } from '$lib/server/account';
import { changeRoutes } from '$lib/server/route/change';
import { serversOf } from '$lib/server/route/travel';
import { seriesOf } from '../../series';
import type { RequestHandler } from './$types';

/** One change by hand: saved as the next version. */
export const POST: RequestHandler = async ({ params, request, locals }) => {
	const series = seriesOf(params.id);
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(changeRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, `the change is incomplete: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
	return json(
		await changeRoutes(locals.db, locals.county.code, series, parsed.output, {
			actor: actorOf(locals),
			at: new Date(),
			servers: serversOf(env)
		})
	);
};
