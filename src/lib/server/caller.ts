import type { RequestEvent } from '@sveltejs/kit';
import type { By } from './account';
import type { Database } from './db/database';
import { recordRefusal, type RefusalReason } from './refusal';
import type { Visitor } from './session';
import type { Caller } from './sign-in';

/** Where this request comes from, for better-auth and the counting of guesses. */
export const callerOf = (event: Pick<RequestEvent, 'request' | 'getClientAddress'>): Caller => ({
	cookie: event.request.headers.get('cookie'),
	address: event.getClientAddress(),
	agent: event.request.headers.get('user-agent')
});

/** Who does what this request asks, for the record. */
export const byOf = (event: Pick<RequestEvent, 'getClientAddress'>, actor: string, at: Date): By => ({
	actor,
	at,
	address: event.getClientAddress()
});

/** The form action a request names, null for none. */
export const actionOf = (url: URL): string | null =>
	[...url.searchParams.keys()].find((key) => key.startsWith('/'))?.slice(1) ?? null;

type Asking = Pick<RequestEvent, 'request' | 'route' | 'url' | 'getClientAddress'> & {
	locals: { accounts: Database; user: Visitor | null };
};

/** The refusal of this request, as sent. */
export const recordRefused = (event: Asking, reason: RefusalReason, at: Date): Promise<void> => {
	const { locals, request, route, url } = event;
	return recordRefusal(
		locals.accounts,
		{
			reason,
			account: locals.user?.id ?? '',
			address: event.getClientAddress(),
			method: request.method,
			route: route.id ?? url.pathname,
			action: (actionOf(url) ?? '').slice(0, 64)
		},
		at
	);
};

/** The status of a step that was refused: what is another office's is recorded too. */
export async function refusedStatus(event: Asking, reason: string): Promise<400 | 403> {
	if (reason !== 'other_office') return 400;
	await recordRefused(event, 'wrong_office', new Date());
	return 403;
}
