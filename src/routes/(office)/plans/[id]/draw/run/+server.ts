import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { trialForm, type TrialEvent } from '$lib/schema/draw';
import { actorOf } from '$lib/server/account';
import { readPlan } from '$lib/server/plan';
import { streamed } from '$lib/server/streamed';
import { holdTrial } from '$lib/server/trial';
import type { RequestHandler } from './$types';

/** Holds a trial and tells how far it is. */
export const POST: RequestHandler = async ({ params, request, locals }) => {
	const { db, county } = locals;
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(trialForm, await request.json().catch(() => null));
	if (!parsed.success) error(400, 'the digits are incomplete');
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');
	return streamed<TrialEvent>('a trial', async (send, signal) => {
		const outcome = await holdTrial(db, county, plan, parsed.output.digits, new Date(), {
			onProgress: (progress) => send({ type: 'progress', ...progress }),
			signal,
			actor: actorOf(locals)
		});
		send(outcome.ok ? { type: 'done', draw: outcome.draw } : { type: 'problem', problem: outcome.problem });
	});
};
