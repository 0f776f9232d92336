import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { studyRequest, type StudyEvent } from '$lib/schema/study';
import { planOf, scopeError } from '$lib/server/plan';
import { streamed } from '$lib/server/streamed';
import { studyPlan } from '$lib/server/study';
import type { RequestHandler } from './$types';

/** What the plan in the body would do, simulated while the connection stands. Nothing is written. */
export const POST: RequestHandler = async ({ request, locals: { db, county } }) => {
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(studyRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, 'the plan is incomplete');
	const { spec, ...how } = parsed.output;
	const plan = planOf(spec);
	const wrong = await scopeError(db, county.code, plan);
	if (wrong) error(400, `${wrong.field}: ${wrong.reason}`);
	return streamed<StudyEvent>('a simulation', async (send, signal) => {
		const outcome = await studyPlan(db, county.code, plan, how, new Date(), {
			onProgress: (done, total) => send({ type: 'progress', done, total }),
			onResult: (result) => send({ type: 'result', result }),
			signal
		});
		send(
			outcome.ok
				? { type: 'frontier', points: outcome.frontier, draws: outcome.perRatio }
				: { type: 'problem', problem: outcome.problem }
		);
	});
};
