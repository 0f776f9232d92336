import type { DrawEvent } from '$lib/schema/ceremony';
import { drawLocked } from '$lib/server/ceremony/draw';
import { actingIn } from '$lib/server/ceremony/acting';
import { isElevated } from '$lib/server/sign-in';
import { streamed } from '$lib/server/streamed';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Draws the locked draw and tells how far it is. */
export const POST: RequestHandler = ({ params, locals }) => {
	const at = new Date();
	if (!locals.user || !isElevated(locals.user, at)) error(403, 'confirm again who you are');
	return streamed<DrawEvent>('a draw', async (send, signal) => {
		const outcome = await drawLocked(actingIn(locals, at), Number(params.id), {
			onProgress: (progress) => send({ type: 'progress', ...progress }),
			signal
		});
		send(outcome.ok ? { type: 'done' } : { type: 'refused', refusal: outcome });
	});
};
