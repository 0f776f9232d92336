import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { trialForm, type TrialEvent } from '$lib/schema/draw';
import { actorOf } from '$lib/server/account';
import { readPlan } from '$lib/server/plan';
import { holdTrial } from '$lib/server/trial';
import type { RequestHandler } from './$types';

/**
 * Holds a trial and answers with one JSON line per event while it runs. The connection is the job: a caller that goes
 * away cancels it, and nothing is kept between requests, so any number of servers can answer.
 */
export const POST: RequestHandler = async ({ params, request, locals }) => {
	const { db, county } = locals;
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(trialForm, await request.json().catch(() => null));
	if (!parsed.success) error(400, 'the digits are incomplete');
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');

	const cancelled = new AbortController();
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async start(controller) {
			const send = (event: TrialEvent) => {
				if (!cancelled.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
			};
			try {
				const outcome = await holdTrial(db, county, plan, parsed.output.digits, new Date(), {
					onProgress: (progress) => send({ type: 'progress', ...progress }),
					signal: cancelled.signal,
					actor: actorOf(locals)
				});
				send(
					outcome.ok ? { type: 'done', draw: outcome.draw } : { type: 'problem', problem: outcome.problem }
				);
				if (!cancelled.signal.aborted) controller.close();
			} catch (failure) {
				if (cancelled.signal.aborted) return;
				console.error('a trial failed:', failure);
				controller.error(failure);
			}
		},
		cancel: () => cancelled.abort(new Error('cancelled'))
	});
	return new Response(body, {
		headers: {
			'content-type': 'application/x-ndjson',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no'
		}
	});
};
