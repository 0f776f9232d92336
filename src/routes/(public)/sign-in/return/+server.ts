import { redirect } from '@sveltejs/kit';
import { callerOf } from '$lib/server/caller';
import { askAuth, passCookies } from '$lib/server/session';
import type { RequestHandler } from './$types';

/** Where the government sign-on returns to. better-auth checks state, nonce and token; only linked accounts get in. */
export const GET: RequestHandler = async (event) => {
	const response = await askAuth(event.locals.auth, `/callback/oidc${event.url.search}`, callerOf(event));
	passCookies(event.cookies, response.headers, event.url.protocol === 'https:');
	const to = new URL(response.headers.get('location') ?? '/sign-in?note=sign_on', event.url);
	// A path of this site only; whatever went wrong is said on the sign-in page.
	if (to.origin !== event.url.origin || to.pathname.startsWith('/api/auth'))
		redirect(303, '/sign-in?note=sign_on');
	redirect(303, to.pathname + to.search);
};
