import { may } from '$lib/server/access';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	county: locals.county,
	...{ embedded: locals.embedded, training: locals.training },
	/** Who is signed in; null: a guest of the demonstration. */
	account: locals.user && {
		name: locals.user.name,
		username: locals.user.username,
		roles: locals.user.roles
	},
	/** Whether the pages of the work open at all; administrators of accounts have their own. */
	reads: !locals.user || may(locals.user, 'read'),
	ledger: locals.user !== null && may(locals.user, 'ledger_read')
});
