// A search for routes as its answer: how far it is, line by line, then the version it made or what stands in the way.
import { env } from '$env/dynamic/private';
import type { RouteEvent } from '$lib/schema/route';
import { actorOf } from '$lib/server/account';
import type { PlanOutcome, Planning } from '$lib/server/route/planning';
import { serversOf } from '$lib/server/route/travel';
import { streamed } from '$lib/server/streamed';

/** `name` stands in the log when `work` throws. */
export const streamRoutes = (
	name: string,
	locals: App.Locals,
	work: (planning: Planning) => Promise<PlanOutcome>
): Response =>
	streamed<RouteEvent>(name, async (send, signal) => {
		const outcome = await work({
			actor: actorOf(locals),
			at: new Date(),
			servers: serversOf(env),
			onProgress: (progress) => send({ type: 'progress', ...progress }),
			signal
		});
		if (!outcome.ok) send({ type: 'problem', problem: outcome.problem });
		else send({ type: 'done', series: outcome.series, version: outcome.version });
	});
