import { error, fail, redirect } from '@sveltejs/kit';
import { message, superValidate } from 'sveltekit-superforms';
import { valibot } from 'sveltekit-superforms/adapters';
import { trialForm, type PlanProblem } from '$lib/schema/draw';
import { actorOf } from '$lib/server/account';
import { readPlan, townshipNames } from '$lib/server/plan';
import { previewPlan } from '$lib/server/preview';
import { holdTrial } from '$lib/server/trial';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county } }) => {
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');
	const { size, sampleSize, problem } = await previewPlan(db, county.code, plan, new Date());
	return {
		plan: { id: plan.id, name: plan.name, kind: plan.kind },
		size,
		sampleSize,
		problem,
		townships: await townshipNames(db, county.code),
		form: await superValidate<{ digits: string; again: string }, PlanProblem>(valibot(trialForm))
	};
};

export const actions: Actions = {
	/** Without script in the browser: the same draw, without progress. */
	default: async ({ params, request, locals }) => {
		const { db, county } = locals;
		const form = await superValidate<{ digits: string; again: string }, PlanProblem>(
			request,
			valibot(trialForm)
		);
		if (!form.valid) return fail(400, { form });
		const plan = await readPlan(db, county.code, params.id);
		if (!plan) error(404, 'no such plan');
		const outcome = await holdTrial(db, county, plan, form.data.digits, new Date(), {
			actor: actorOf(locals)
		});
		if (!outcome.ok) return message(form, outcome.problem, { status: 400 });
		redirect(303, `/draws/${outcome.draw}`);
	}
};
