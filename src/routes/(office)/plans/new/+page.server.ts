import { fail, redirect } from '@sveltejs/kit';
import { getHexagonAreaAvg } from 'h3-js';
import * as v from 'valibot';
import { setError, superValidate } from 'sveltekit-superforms';
import { valibot } from 'sveltekit-superforms/adapters';
import { dayInChina } from '$lib/core/calendar/year';
import { targetKinds } from '$lib/core/model';
import { m } from '$lib/i18n/paraglide/messages';
import { areaRules, planForm, planSpec, type PlanForm, type PlanSpec } from '$lib/schema/plan';
import { actorOf } from '$lib/server/account';
import { planOf, savePlan, scopeError, townshipNames } from '$lib/server/plan';
import { suggestedPlan } from '$lib/server/plan-suggestion';
import { previewPlan } from '$lib/server/preview';
import { kindText } from '../plan-text';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county }, url }) => {
	const at = new Date();
	const kind = targetKinds.find((known) => known === url.searchParams.get('kind')) ?? 'mining_right';
	const year = dayInChina(at).slice(0, 4);
	const { values, missing } = await suggestedPlan(db, county.code, kind, at);
	const initial: PlanForm = {
		...values,
		name: m.draw_plan_name_suggested({ year, kind: kindText(kind) }),
		kind,
		area: url.searchParams.get('area') ?? '',
		areaRule: areaRules.find((known) => known === url.searchParams.get('rule')) ?? 'intersects'
	};
	const given = specIn(url);
	if (given) Object.assign(initial, given);
	const form = await superValidate(initial, valibot(planForm), { errors: false });
	const unreadable = (await superValidate(initial, valibot(planForm))).errors.area !== undefined;
	if (unreadable) form.data.area = '';
	const first = await previewPlan(db, county.code, planOf(form.data), at);
	if (!given) Object.assign(form.data, first.suggested, { sampleSize: Math.max(1, first.sampleSize) });
	return {
		form,
		year,
		unreadable,
		missing,
		townships: await townshipNames(db, county.code),
		preview: given ? first : await previewPlan(db, county.code, planOf(form.data), at),
		cellAreasKm2: [4, 5, 6, 7, 8, 9].map((resolution) => ({
			resolution,
			area: getHexagonAreaAvg(resolution, 'km2')
		}))
	};
};

/** Values decided elsewhere, in a simulation for one. */
function specIn(url: URL): PlanSpec | null {
	try {
		const parsed = v.safeParse(planSpec, JSON.parse(url.searchParams.get('spec') ?? 'null'));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const { db, county } = locals;
		const form = await superValidate(request, valibot(planForm));
		if (!form.valid) return fail(400, { form });
		const plan = planOf(form.data);
		const wrong = await scopeError(db, county.code, plan);
		if (wrong?.field === 'area') return setError(form, 'area', 'area_empty');
		if (wrong) return setError(form, 'townships._errors', `unknown:${wrong.code}`);
		redirect(303, `/plans/${await savePlan(db, county.code, plan, new Date(), actorOf(locals))}`);
	}
};
