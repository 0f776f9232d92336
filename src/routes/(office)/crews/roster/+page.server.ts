import { dayInChina } from '$lib/core/calendar/year';
import { decisionForm } from '$lib/schema/ceremony';
import { absenceForm } from '$lib/schema/crew-draw';
import { may } from '$lib/server/access';
import { stepAction } from '$lib/server/ceremony/action';
import { decideRecusal, listRecusals, setAbsence } from '$lib/server/crew/people';
import { readRoster } from '$lib/server/crew/roster';
import { speaksFor, waysOf } from '$lib/server/crew/speaking';
import { listTownships } from '$lib/server/selection';
import { recusalAction } from '../recusal-action';
import { fortnight } from './fortnight';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const days = fortnight(url.searchParams.get('from'), dayInChina(new Date()));
	return {
		days,
		inspectors: await readRoster(db, county.code, days[0]!, days.at(-1)!),
		townships: Object.fromEntries(
			(await listTownships(db, county.code)).map(({ code, name }) => [code, name])
		),
		cases: await listRecusals(db, county.code),
		me: user?.id ?? '',
		mayRoster: user !== null && may(user, 'roster'),
		mayDecide: user !== null && may(user, 'approve'),
		/** Whose people one speaks for; null: everybody's. */
		office: speaksFor(user),
		ways: waysOf(user)
	};
};

export const actions: Actions = {
	absence: stepAction(
		absenceForm,
		(acting, { away, ...given }, _, { locals }) =>
			setAbsence(acting, { ...given, away: away === 'true' }, speaksFor(locals.user)),
		{ back: true }
	),
	recusal: recusalAction,
	decide: stepAction(decisionForm, (acting, { id, decision }) => decideRecusal(acting, id, decision), {
		back: true
	})
};
