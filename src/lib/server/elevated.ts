// Commit, draw, void and publish cannot be undone: whoever does them has given the password (and code) within ten minutes.
import { redirect } from '@sveltejs/kit';
import type { Visitor } from './session';
import { isElevated } from './sign-in';

/** Call it first in such an action. Sends to /account/confirm and from there back to the page of the action. */
export function requireElevated(
	{ locals, url }: { locals: { user: Visitor | null }; url: URL },
	at: Date
): Visitor {
	if (!locals.user) throw new Error('no account: the route of this action is missing from access.ts');
	if (isElevated(locals.user, at)) return locals.user;
	redirect(303, `/account/confirm?next=${encodeURIComponent(pageOf(url))}`);
}

/** The page a form action belongs to: its address without the action's name. */
export function pageOf(url: URL): string {
	const page = new URL(url);
	for (const key of [...page.searchParams.keys()]) if (key.startsWith('/')) page.searchParams.delete(key);
	return page.pathname + page.search;
}
