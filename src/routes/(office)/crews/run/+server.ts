import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { crewRequest, type CrewEvent } from '$lib/schema/crew-draw';
import { actingIn } from '$lib/server/ceremony/acting';
import { settingsOf } from '$lib/server/ceremony/settings';
import { prepareCrews } from '$lib/server/crew/prepare';
import { streamed } from '$lib/server/streamed';
import type { RequestHandler } from './$types';

/** Computes the pairings of day routes and tells how far it is. */
export const POST: RequestHandler = async ({ request, locals }) => {
	if (request.headers.get('content-type') !== 'application/json') error(415, 'JSON is needed');
	const parsed = v.safeParse(crewRequest, await request.json().catch(() => null));
	const at = new Date();
	return streamed<CrewEvent>('a lottery of crews', async (send, signal) => {
		if (!parsed.success) {
			const [issue] = parsed.issues;
			const field = v.getDotPath(issue)?.split('.').at(-1) ?? '';
			return send({ type: 'refused', refusal: { ok: false, reason: 'form', field, message: issue.message } });
		}
		const { series, trial, rules, ceremony } = parsed.output;
		const outcome = await prepareCrews(
			actingIn(locals, at),
			series,
			{ rules, trial, ceremony: settingsOf(ceremony, at) },
			{ onProgress: (progress) => send({ type: 'progress', ...progress }), signal }
		);
		send(outcome.ok ? { type: 'done', draw: outcome.draw } : { type: 'refused', refusal: outcome });
	});
};
