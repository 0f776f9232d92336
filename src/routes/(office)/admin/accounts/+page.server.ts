import { env } from '$env/dynamic/private';
import { fail, type Action, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { accountDetails, newAccount } from '$lib/schema/account';
import { may } from '$lib/server/access';
import { actorOf, changeAccount, createAccount, stepAccount, type AccountStep } from '$lib/server/account';
import { listAccounts, listEvents, listOffices } from '$lib/server/account-reading';
import { byOf } from '$lib/server/caller';
import { requireElevated } from '$lib/server/elevated';
import { isElevated } from '$lib/server/sign-in';
import { listRefusals, refusalReasons } from '$lib/server/refusal';
import type { Actions, PageServerLoad } from './$types';

const tabs = ['accounts', 'refusals', 'events'] as const;

export const load: PageServerLoad = async ({ locals: { accounts: db, county, user }, url }) => {
	const tab = tabs.find((known) => known === url.searchParams.get('tab')) ?? 'accounts';
	const reason = refusalReasons.find((known) => known === url.searchParams.get('reason')) ?? null;
	const who = url.searchParams.get('who');
	return {
		tab,
		reason,
		reasons: refusalReasons,
		who,
		accounts: await listAccounts(db),
		offices: await listOffices(db, county.code),
		refusals: tab === 'refusals' ? await listRefusals(db, { reason, who }, 500) : [],
		events: tab === 'events' ? await listEvents(db, 200) : [],
		mine: user?.id ?? '',
		mayChange: user !== null && may(user, 'accounts_change'),
		confirmed: user !== null && isElevated(user, new Date()),
		signOn: Boolean(env.FAIRLOT_OIDC_ISSUER)
	};
};

/** The form's fields, and who does it: confirmed within ten minutes, since a new password opens an account. */
async function read(event: RequestEvent) {
	const at = new Date();
	requireElevated(event, at);
	const form = await event.request.formData();
	const given = { ...Object.fromEntries(form), roles: form.getAll('roles') };
	return { given, id: String(form.get('id') ?? ''), by: byOf(event, actorOf(event.locals), at) };
}

/** The first thing wrong, as the field and its code. */
const problemOf = (issue: v.BaseIssue<unknown>) => ({
	field: v.getDotPath(issue)?.split('.')[0] ?? '',
	reason: issue.message
});

const step =
	(name: AccountStep): Action =>
	async (event) => {
		const { id, by } = await read(event);
		const result = await stepAccount(event.locals.accounts, id, name, by);
		if (!result.ok) return fail(400, { id, problem: result });
		return { id, done: true, password: result.password };
	};

export const actions = {
	create: async (event) => {
		const { given, by } = await read(event);
		const parsed = v.safeParse(newAccount, given);
		if (!parsed.success) return fail(400, { id: '', problem: problemOf(parsed.issues[0]) });
		const result = await createAccount(event.locals.accounts, parsed.output, by);
		if (!result.ok) return fail(400, { id: '', problem: result });
		return { id: result.id, done: true, password: result.password };
	},
	change: async (event) => {
		const { given, id, by } = await read(event);
		const parsed = v.safeParse(accountDetails, given);
		if (!parsed.success) return fail(400, { id, problem: problemOf(parsed.issues[0]) });
		const result = await changeAccount(event.locals.accounts, id, parsed.output, by);
		if (!result.ok) return fail(400, { id, problem: result });
		return { id, done: true, password: null };
	},
	disable: step('disable'),
	enable: step('enable'),
	password: step('password'),
	factor: step('factor'),
	revoke: step('revoke')
} satisfies Actions;
