import { fail } from '@sveltejs/kit';
import { answerForm, type ResultProblem } from '$lib/schema/result';
import { may } from '$lib/server/access';
import { answerAppeal, listAppeals, type AnswerOutcome } from '$lib/server/result/appeal';
import { actingIn, fieldsOf, parsed } from '../result-action';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const all = url.searchParams.get('show') === 'all';
	const page = Math.trunc(Number(url.searchParams.get('page'))) || 1;
	return {
		all,
		list: await listAppeals(db, county.code, new Date(), { all, page }),
		mayAnswer: user !== null && may(user, 'appeal_answer')
	};
};

export const actions: Actions = {
	answer: async (event) => {
		const given = await fieldsOf(event.request);
		const form = parsed(answerForm, given);
		const outcome: AnswerOutcome | ResultProblem = form.ok
			? await answerAppeal(actingIn(event), form.output)
			: form;
		return outcome.ok
			? { form: 'answer', problem: null, given: {} }
			: fail(400, { form: 'answer', problem: outcome, given });
	}
};
