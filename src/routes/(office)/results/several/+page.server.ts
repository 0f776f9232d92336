import { fail, type Action } from '@sveltejs/kit';
import type * as v from 'valibot';
import { severalClosingForm, severalForm } from '$lib/schema/result';
import { boundTo, may } from '$lib/server/access';
import { requireElevated } from '$lib/server/elevated';
import { post } from '$lib/server/result/post';
import { readSeveral, severalSteps, takeSeveral, type SeveralStep } from '$lib/server/result/several';
import { approve, close, type Acting, type StepOutcome } from '$lib/server/result/step';
import { actingIn, fieldsOf, parsed } from '../result-action';
import type { Actions, PageServerLoad } from './$types';

const needs = { approve: 'result_approve', post: 'publish', close: 'result_approve' } as const;

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const own = severalSteps.filter((step) => user !== null && may(user, needs[step]));
	const asked = severalSteps.find((step) => step === url.searchParams.get('step'));
	const step = asked ?? own[0] ?? 'approve';
	const office = boundTo(user, needs[step]);
	return {
		...{ step, me: user?.id ?? '', mayTake: own.includes(step) },
		list: await readSeveral(db, county.code, step, new Date(), office)
	};
};

const several = <S extends v.GenericSchema<Record<string, unknown>, { ids: number[] }>>(
	form: SeveralStep,
	schema: S,
	take: (given: v.InferOutput<S>) => (acting: Acting, id: number) => Promise<StepOutcome>
): Action => {
	return async (event) => {
		if (form === 'post') requireElevated(event, new Date());
		const given = await fieldsOf(event.request, ['ids']);
		const checked = parsed(schema, given);
		if (!checked.ok) return fail(400, { problem: checked, taken: null });
		return {
			problem: null,
			taken: await takeSeveral(actingIn(event), checked.output.ids, take(checked.output))
		};
	};
};

export const actions: Actions = {
	approve: several('approve', severalForm, () => approve),
	post: several('post', severalForm, () => post),
	close: several(
		'close',
		severalClosingForm,
		({ closing }) =>
			(acting, id) =>
				close(acting, id, closing)
	)
};
