import { env } from '$env/dynamic/private';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { homeOf, safeNext } from '$lib/server/access';
import { callerOf, recordRefused } from '$lib/server/caller';
import { demoAccounts, demoPassword } from '$lib/server/demo-accounts';
import { passCookies } from '$lib/server/session';
import { giveCode, signIn, type SignInFailure } from '$lib/server/sign-in';
import { beginSignOn } from '$lib/server/sign-on';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	county: locals.county,
	embedded: locals.embedded,
	next: safeNext(url.searchParams.get('next')),
	note: url.searchParams.get('note'),
	signedIn: locals.user && { name: locals.user.name, home: homeOf(locals.user) },
	/** The name of the government sign-on, '' when it has none, null when there is no sign-on. */
	signOn: env.FAIRLOT_OIDC_ISSUER ? (env.FAIRLOT_OIDC_NAME ?? '') : null,
	demo: locals.demonstration ? demoAccounts.map(({ username, role }) => ({ username, role })) : [],
	demoPassword: locals.demonstration ? demoPassword : ''
});

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

async function withPassword(event: RequestEvent, username: string, password: string) {
	const { locals, url } = event;
	const at = new Date();
	const result = await signIn(locals.auth, locals.accounts, { username, password }, callerOf(event), at);
	if (!result.ok) return failed(event, result, 'password', username, at);
	if (locals.user) {
		await locals.accounts.deleteFrom('auth.session').where('id', '=', locals.user.session).execute();
		locals.user = null;
	}
	passCookies(event.cookies, result.headers, url.protocol === 'https:');
	if (result.step === 'code') return { step: 'code' as const, username: '', reason: null, until: null };
	return goOn(event);
}

const goOn = ({ url }: RequestEvent): never => redirect(303, safeNext(url.searchParams.get('next')) || '/');

async function failed(
	event: RequestEvent,
	{ reason, until }: SignInFailure,
	step: 'password' | 'code',
	username: string,
	at: Date
) {
	await recordRefused(event, reason === 'locked' ? 'locked' : 'sign_in_failed', at);
	const status = reason === 'busy' || reason === 'locked' ? 429 : 401;
	return fail(status, { step: reason === 'again' ? ('password' as const) : step, username, reason, until });
}

export const actions: Actions = {
	password: async (event) => {
		const form = await event.request.formData();
		return withPassword(event, text(form, 'username'), text(form, 'password'));
	},
	code: async (event) => {
		const code = text(await event.request.formData(), 'code');
		const result = await giveCode(event.locals.auth, code, callerOf(event));
		if (!result.ok) return failed(event, result, 'code', '', new Date());
		passCookies(event.cookies, result.headers, event.url.protocol === 'https:');
		return goOn(event);
	},
	/** One click in a demonstration: the account is named, its password is known. */
	demo: async (event) => {
		const username = text(await event.request.formData(), 'username');
		const known = event.locals.demonstration && demoAccounts.some((account) => account.username === username);
		return withPassword(event, username, known ? demoPassword : '');
	},
	oidc: async (event) => {
		const next = event.url.searchParams.get('next');
		const begun = await beginSignOn(event.locals.auth, next, callerOf(event));
		if (!begun.ok)
			return fail(502, { step: 'password' as const, username: '', reason: begun.reason, until: null });
		passCookies(event.cookies, begun.headers, event.url.protocol === 'https:');
		redirect(303, begun.url);
	}
};
