// The government single sign-on (OpenID Connect): there and back. better-auth keeps state and nonce and checks the signed
// token; only an account that the security admin has linked to the subject gets in, nobody is made on the way.
import { safeNext } from './access';
import { sameIssuer, type Auth } from './auth';
import { askAuth } from './session';
import type { Caller } from './sign-in';

/** Where the sign-in page says that it did not work. */
export const failedPath = '/sign-in?note=sign_on';

/** sign_on: the provider does not answer; sign_on_issuer: who answers is not the configured one. */
export type SignOn =
	{ ok: true; url: string; headers: Headers } | { ok: false; reason: 'sign_on' | 'sign_on_issuer' };

/** The provider's page, and the cookies that bind the way back to this browser. */
export async function beginSignOn(auth: Auth, next: string | null, caller: Caller): Promise<SignOn> {
	const response = await askAuth(auth, '/sign-in/social', {
		...caller,
		body: { provider: 'oidc', callbackURL: safeNext(next) || '/', errorCallbackURL: failedPath }
	});
	const { url } = (await response.json().catch(() => ({}))) as { url?: string };
	if (!response.ok || !url) return { ok: false, reason: 'sign_on' };
	const found = await discoveredIssuer(auth);
	if (auth.issuer === null || !sameIssuer(found, auth.issuer)) {
		console.error(
			`single sign-on refused: FAIRLOT_OIDC_ISSUER is ${auth.issuer}, but its discovery document says the issuer is ${found}`
		);
		return { ok: false, reason: 'sign_on_issuer' };
	}
	return { ok: true, url, headers: response.headers };
}

/** What the discovery document says its issuer is (OpenID Connect Discovery 1.0, §4.3: it must be the configured one). */
async function discoveredIssuer(auth: Auth): Promise<string | undefined> {
	const { socialProviders } = await auth.$context;
	return socialProviders.find(({ id }) => id === 'oidc')?.issuer;
}

/** search: the query the provider sent the browser back with. to: a path of this site, whatever the state says. */
export async function finishSignOn(
	auth: Auth,
	search: string,
	caller: Caller
): Promise<{ ok: boolean; to: string; headers: Headers }> {
	const response = await askAuth(auth, `/callback/oidc${search}`, caller);
	const { origin } = new URL(auth.options.baseURL);
	const to = new URL(response.headers.get('location') ?? failedPath, origin);
	const inside = response.headers.getSetCookie().some((line) => /^fairlot\.session_token=[^;]/.test(line));
	const ok = inside && to.origin === origin && !to.pathname.startsWith('/api/auth');
	return { ok, to: ok ? to.pathname + to.search : failedPath, headers: response.headers };
}
