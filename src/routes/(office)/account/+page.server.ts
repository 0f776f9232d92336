import { error, fail, type RequestEvent } from '@sveltejs/kit';
import { changePassword, recordEvent } from '$lib/server/account';
import { listOffices, listSessions } from '$lib/server/account-reading';
import { may, needsSecondFactor } from '$lib/server/access';
import { byOf, callerOf } from '$lib/server/caller';
import { noCounty } from '$lib/server/county';
import {
	beginEnrolment,
	enrolmentOf,
	finishEnrolment,
	giveUpFactor,
	type Asking
} from '$lib/server/second-factor';
import { passCookies } from '$lib/server/session';
import { confirmationNeeds } from '$lib/server/sign-in';
import { actorOf } from '$lib/server/account';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { accounts: db, county, user, demonstration } = locals;
	if (!user) error(401);
	const office = (await listOffices(db, county.code)).find(({ code }) => code === user.office);
	const mustEnrol = needsSecondFactor(user, { guests: false, demonstration }) && !user.secondFactorEnrolled;
	return {
		account: {
			username: user.username,
			name: user.name,
			roles: user.roles,
			office: office?.name ?? user.office,
			secondFactor: user.secondFactorEnrolled,
			mustChangePassword: user.mustChangePassword
		},
		hasPassword: (await confirmationNeeds(db, user)).password,
		mustEnrol,
		/** Whether nothing stands between them and the set-up of a new deployment. */
		setUp: county === noCounty && may(user, 'setup') && !user.mustChangePassword && !mustEnrol,
		session: user.session,
		sessions: await listSessions(db, user.id, new Date())
	};
};

function askingOf(event: RequestEvent, at: Date): Asking {
	const { auth, accounts: db, user } = event.locals;
	if (!user) error(401);
	return { auth, db, visitor: user, caller: callerOf(event), at };
}
const text = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions: Actions = {
	password: async (event) => {
		const at = new Date();
		const { db, visitor } = askingOf(event, at);
		const form = await event.request.formData();
		const given = { current: text(form, 'current'), next: text(form, 'next') };
		const result = await changePassword(db, visitor, given, byOf(event, visitor.id, at));
		if (!result.ok) return fail(400, { about: 'password' as const, problem: result });
		return { about: 'password' as const, done: true };
	},
	enrol: async (event) => {
		const password = text(await event.request.formData(), 'password');
		const result = await beginEnrolment(askingOf(event, new Date()), password);
		if (!result.ok) return fail(400, { about: 'factor' as const, failure: result });
		return { about: 'factor' as const, enrolment: result.enrolment };
	},
	verify: async (event) => {
		const asking = askingOf(event, new Date());
		const form = await event.request.formData();
		const result = await finishEnrolment(
			asking,
			text(form, 'code'),
			byOf(event, asking.visitor.id, asking.at)
		);
		if (result.ok) {
			passCookies(event.cookies, result.headers, event.url.protocol === 'https:');
			return { about: 'factor' as const, done: true };
		}
		const enrolment = enrolmentOf(text(form, 'uri'), asking.visitor.username, text(form, 'codes').split(' '));
		return fail(400, { about: 'factor' as const, failure: result, enrolment });
	},
	disable: async (event) => {
		const asking = askingOf(event, new Date());
		const password = text(await event.request.formData(), 'password');
		const result = await giveUpFactor(asking, password, byOf(event, asking.visitor.id, asking.at));
		if (!result.ok) return fail(400, { about: 'factor' as const, failure: result });
		passCookies(event.cookies, result.headers, event.url.protocol === 'https:');
		return { about: 'factor' as const, done: true };
	},
	revoke: async (event) => {
		const { accounts: db } = event.locals;
		const actor = actorOf(event.locals);
		const id = text(await event.request.formData(), 'session');
		await db.deleteFrom('auth.session').where('id', '=', id).where('user_id', '=', actor).execute();
		await recordEvent(db, 'session.revoked', actor, byOf(event, actor, new Date()));
		return { about: 'sessions' as const, done: true };
	}
};
