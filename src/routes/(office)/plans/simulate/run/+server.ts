import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { studyRequest, type StudyEvent } from '$lib/schema/study';
import { planOf, readPlan, scopeError } from '$lib/server/plan';
import { streamed } from '$lib/server/streamed';
import { studyPlan } from '$lib/server/study';
import { takeStudySlot } from '$lib/server/study-slots';
import type { RequestHandler } from './$types';

/** What the plan in the body would do, simulated while the connection stands. Nothing is written. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const { db, county } = locals;
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(studyRequest, await request.json().catch(() => null));
	if (!parsed.success) error(400, 'the plan is incomplete');
	const { spec, plan: id, ...how } = parsed.output;
	const saved = id === undefined ? undefined : await readPlan(db, county.code, id);
	const plan = { ...saved, ...planOf(spec) };
	const wrong = await scopeError(db, county.code, plan);
	if (wrong) error(400, `${wrong.field}: ${wrong.reason}`);
	return streamed<StudyEvent>('a simulation', async (send, signal) => {
		const slot = await takeStudySlot(locals.user?.id ?? `guest ${getClientAddress()}`);
		if (!slot.ok) return send({ type: 'busy', reason: slot.reason });
		if (signal.aborted) return slot.release();
		const outcome = await studyPlan(db, county.code, plan, how, new Date(), {
			onProgress: (done, total) => send({ type: 'progress', done, total }),
			onResult: (result) => send({ type: 'result', result }),
			signal
		}).finally(slot.release);
		send(
			outcome.ok
				? { type: 'frontier', points: outcome.frontier, draws: outcome.perRatio }
				: { type: 'problem', problem: outcome.problem }
		);
	});
};
