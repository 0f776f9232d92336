import { redirect } from '@sveltejs/kit';
import { callerOf, recordRefused } from '$lib/server/caller';
import { passCookies } from '$lib/server/session';
import { finishSignOn } from '$lib/server/sign-on';
import type { RequestHandler } from './$types';

/** Where the government sign-on returns to. What went wrong is said on the sign-in page and noted for the audit admin. */
export const GET: RequestHandler = async (event) => {
	const { locals, url, cookies } = event;
	const { ok, to, headers } = await finishSignOn(locals.auth, url.search, callerOf(event));
	passCookies(cookies, headers, url.protocol === 'https:');
	if (!ok) await recordRefused(event, 'sign_in_failed', new Date());
	redirect(303, to);
};
