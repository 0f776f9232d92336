// A dead letter tried again, from the list or from its own page.
import { fail, type RequestEvent } from '@sveltejs/kit';
import type { FieldProblem } from '$lib/core/credit/record';
import { actorOf } from '$lib/server/account';
import { retry, type RetryReason } from '$lib/server/credit/outbox';

export const telling = ({ locals }: RequestEvent) => ({
	...{ county: locals.county.code, actor: actorOf(locals), at: new Date() }
});

export interface RetryProblem {
	reason: RetryReason;
	problems: FieldProblem[];
}

export async function retryAction(event: RequestEvent) {
	const given = String((await event.request.formData()).get('id'));
	const id = /^[1-9][0-9]{0,8}$/.test(given) ? Number(given) : 0;
	const outcome = await retry(event.locals.db, telling(event), id);
	if (outcome.ok) return { done: 'retried' as const, problem: null };
	const problem: RetryProblem = { reason: outcome.reason, problems: outcome.problems ?? [] };
	return fail(400, { done: null, problem });
}
