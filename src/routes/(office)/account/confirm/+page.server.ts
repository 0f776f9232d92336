import { fail, redirect } from '@sveltejs/kit';
import { safeNext } from '$lib/server/access';
import { callerOf, recordRefused } from '$lib/server/caller';
import { confirm, confirmationNeeds } from '$lib/server/sign-in';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { accounts: db, user }, url }) => {
	const next = safeNext(url.searchParams.get('next')) || '/';
	if (!user) redirect(303, '/sign-in');
	return {
		next,
		needs: await confirmationNeeds(db, user),
		/** The session lacks its second factor altogether: this finishes the sign-in. */
		pending: user.secondFactorEnrolled && !user.secondFactorGiven,
		username: user.username
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { auth, accounts: db, user } = event.locals;
		if (!user) redirect(303, '/sign-in');
		const at = new Date();
		const form = await event.request.formData();
		const given = { password: String(form.get('password') ?? ''), code: String(form.get('code') ?? '') };
		const result = await confirm(auth, db, user, given, callerOf(event), at);
		if (result.ok) redirect(303, safeNext(event.url.searchParams.get('next')) || '/');
		await recordRefused(event, result.reason === 'locked' ? 'locked' : 'sign_in_failed', at);
		return fail(401, { reason: result.reason, until: result.until });
	}
};
