// The government single sign-on (OpenID Connect): there and back. better-auth keeps state and nonce and checks the signed
// token; only an account that the security admin has linked to the subject gets in, nobody is made on the way.
import { safeNext } from './access';
import type { Auth } from './auth';
import { askAuth } from './session';
import type { Caller } from './sign-in';

/** Where the sign-in page says that it did not work. */
export const failedPath = '/sign-in?note=sign_on';

/** The provider's page, and the cookies that bind the way back to this browser; null: it does not answer. */
export async function beginSignOn(
	auth: Auth,
	next: string | null,
	caller: Caller
): Promise<{ url: string; headers: Headers } | null> {
	const response = await askAuth(auth, '/sign-in/social', {
		...caller,
		body: { provider: 'oidc', callbackURL: safeNext(next) || '/', errorCallbackURL: failedPath }
	});
	const { url } = (await response.json().catch(() => ({}))) as { url?: string };
	return response.ok && url ? { url, headers: response.headers } : null;
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
