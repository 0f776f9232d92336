import { redirect } from '@sveltejs/kit';
import { recordEvent } from '$lib/server/account';
import { byOf, callerOf } from '$lib/server/caller';
import { askAuth, passCookies } from '$lib/server/session';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { locals, cookies, url } = event;
	const response = await askAuth(locals.auth, '/sign-out', { ...callerOf(event), body: {} });
	passCookies(cookies, response.headers, url.protocol === 'https:');
	if (locals.user)
		await recordEvent(
			locals.accounts,
			'session.closed',
			locals.user.id,
			byOf(event, locals.user.id, new Date())
		);
	redirect(303, '/sign-in');
};
