import { error } from '@sveltejs/kit';
import { freezeForm } from '$lib/schema/ceremony';
import { stepAction } from '$lib/server/ceremony/action';
import { freezeDraw } from '$lib/server/ceremony/freeze';
import { listWitnesses } from '$lib/server/ceremony/reading';
import { settingsOf } from '$lib/server/ceremony/settings';
import { readPlan } from '$lib/server/plan';
import { previewPlan } from '$lib/server/preview';
import { rulesOn } from '$lib/server/rule';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	params,
	locals: { db, county, embedded, demonstration, user }
}) => {
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');
	const at = new Date();
	const { size, sampleSize, problem, excluded } = await previewPlan(db, county.code, plan, at);
	const keys = ['notice_minutes', 'reveal_hours', 'close_days'] as const;
	const rules = await rulesOn(db, county.code, keys, at);
	return {
		rules,
		missing: keys.filter((key) => rules[key] === null),
		plan: { id: plan.id, name: plan.name, kind: plan.kind },
		...{ size, sampleSize, problem, excluded, embedded },
		/** Who tries it out does not wait. */
		notice: demonstration || county.demo || embedded ? 0 : (rules.notice_minutes ?? 0),
		witnesses: (await listWitnesses(db)).filter(({ id }) => id !== user?.id)
	};
};

export const actions: Actions = {
	default: stepAction(
		freezeForm,
		async (acting, form, _, { params }) => {
			const plan = await readPlan(acting.db, acting.county.code, params.id ?? '');
			if (!plan) error(404, 'no such plan');
			return freezeDraw(acting, plan, settingsOf(form, acting.at));
		},
		{ to: ({ draw }) => `/draws/${draw}/ceremony` }
	)
};
