// Who is asking: the session cookie, read through better-auth, as a visitor with roles. And the way our forms ask
// better-auth: a request made here, with the address set by us, its cookies handed to the browser.
import { parseSetCookieHeader } from 'better-auth/cookies';
import type { Cookies } from '@sveltejs/kit';
import { rolesOf, type Role } from '../schema/account';
import { absoluteMs, addressHeader, type Auth } from './auth';
import type { Database } from './db/database';

export interface Visitor {
	id: string;
	username: string;
	name: string;
	roles: Role[];
	office: string | null;
	demo: boolean;
	mustChangePassword: boolean;
	/** Whether the account has a second factor, and whether its code was given in this session. */
	secondFactorEnrolled: boolean;
	secondFactorGiven: boolean;
	/** Until then what cannot be undone needs no new confirmation. */
	elevatedUntil: Date | null;
	session: string;
}

/** The visitor of a session cookie, or null; headers: the cookie's new age, when it moved. */
export async function readVisitor(
	auth: Auth,
	db: Database,
	cookie: string | null,
	at: Date
): Promise<{ visitor: Visitor | null; headers: Headers }> {
	if (!cookie?.includes('fairlot.session_token=')) return { visitor: null, headers: new Headers() };
	const { response, headers } = await auth.api.getSession({
		headers: new Headers({ cookie }),
		returnHeaders: true
	});
	if (!response) return { visitor: null, headers };
	const { user, session } = response;
	if (at.getTime() - session.createdAt.getTime() > absoluteMs) {
		await db.deleteFrom('auth.session').where('id', '=', session.id).execute();
		return { visitor: null, headers };
	}
	const visitor: Visitor = {
		id: user.id,
		username: user.username ?? '',
		name: user.name,
		roles: rolesOf(user.role),
		office: user.office ?? null,
		demo: user.demo,
		// Whoever came by the single sign-on has given no password here, and is not asked for a new one until they do:
		// every other session was confirmed when it was opened.
		mustChangePassword: user.mustChangePassword && session.elevatedUntil != null,
		secondFactorEnrolled: user.twoFactorEnabled ?? false,
		secondFactorGiven: session.secondFactor,
		elevatedUntil: session.elevatedUntil ?? null,
		session: session.id
	};
	return { visitor: user.banned ? null : visitor, headers };
}

const RECENT_MS = 2000;
const RECENT_MOST = 1000;
type Read = ReturnType<typeof readVisitor>;
const recent = new WeakMap<Auth, Map<string, { read: Read; atMs: number }>>();

/**
 * The visitor as read within the last two seconds, else read now. For tiles only, which come thirty at a time: one whose
 * session was ended meanwhile sees tiles for those two seconds and nothing else. Reads under way are shared.
 */
export async function recentVisitor(auth: Auth, db: Database, cookie: string | null, at: Date): Read {
	if (cookie === null) return readVisitor(auth, db, cookie, at);
	let known = recent.get(auth);
	if (!known) recent.set(auth, (known = new Map()));
	const found = known.get(cookie);
	if (found && Math.abs(at.getTime() - found.atMs) < RECENT_MS)
		return { visitor: (await found.read).visitor, headers: new Headers() };
	if (known.size >= RECENT_MOST) known.clear();
	const read = readVisitor(auth, db, cookie, at);
	known.set(cookie, { read, atMs: at.getTime() });
	// Nobody is remembered as not signed in, and a failure not at all.
	const forget = () => known.delete(cookie);
	read.then(({ visitor }) => visitor ?? forget(), forget);
	return read;
}

/** Asks better-auth over its own HTTP interface, so that its rate limit counts the request. */
export function askAuth(
	auth: Auth,
	path: string,
	{
		cookie,
		address,
		body,
		agent
	}: { cookie: string | null; address: string; body?: object; agent?: string | null }
): Promise<Response> {
	const origin = auth.options.baseURL;
	const headers = new Headers({ origin, [addressHeader]: address });
	if (cookie) headers.set('cookie', cookie);
	if (agent) headers.set('user-agent', agent);
	if (body) headers.set('content-type', 'application/json');
	const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
	return auth.handler(new Request(`${origin}/api/auth${path}`, init));
}

/** Hands better-auth's cookies to the browser. Whether they are secure depends on how the browser came. */
export function passCookies(cookies: Cookies, headers: Headers, secure: boolean): void {
	for (const line of headers.getSetCookie()) {
		for (const [name, cookie] of parseSetCookieHeader(line)) {
			const maxAge = cookie['max-age'];
			cookies.set(name, cookie.value, {
				path: '/',
				httpOnly: true,
				sameSite: 'lax',
				secure,
				...(maxAge === undefined ? {} : { maxAge })
			});
		}
	}
}
