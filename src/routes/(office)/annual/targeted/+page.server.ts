import { outcomeForm, targetedForm } from '$lib/schema/annual';
import { may } from '$lib/server/access';
import { actorOf } from '$lib/server/account';
import { addTargeted, closeTargeted, listTargeted } from '$lib/server/annual/targeted';
import { dayInChina } from '$lib/core/calendar/year';
import { fieldsOf, parsed, refused } from '../refusal';
import { thisYear, yearAsked } from '../year-of';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const year = yearAsked(url);
	const page = Math.trunc(Number(url.searchParams.get('page'))) || 1;
	return {
		...{ year, thisYear: thisYear(), today: dayInChina(new Date()) },
		list: await listTargeted(db, county.code, year, page),
		mayRegister: user !== null && may(user, 'targeted')
	};
};

const acting = ({ locals }: RequestEvent) => ({
	...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at: new Date() }
});

export const actions: Actions = {
	register: async (event) => {
		const given = await fieldsOf(event.request);
		const form = parsed(targetedForm, given);
		const outcome = form.ok ? await addTargeted(acting(event), form.output) : form;
		return outcome.ok ? { form: 'register', problem: null, given: {} } : refused('register', outcome, given);
	},
	close: async (event) => {
		const given = await fieldsOf(event.request);
		const form = parsed(outcomeForm, given);
		const outcome = form.ok ? await closeTargeted(acting(event), form.output) : form;
		return outcome.ok ? { form: 'close', problem: null, given: {} } : refused('close', outcome, given);
	}
};
