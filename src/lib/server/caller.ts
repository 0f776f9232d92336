import type { RequestEvent } from '@sveltejs/kit';
import type { By } from './account';
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
