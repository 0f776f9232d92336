import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '$lib/i18n/paraglide/messages';
import { planSpec, type PlanSpec } from '$lib/schema/plan';
import { readPlan, specOf, townshipNames } from '$lib/server/plan';
import type { PageServerLoad } from './$types';

/** The plan as saved (`plan`), or as it stands in a form (`spec`, JSON). */
export const load: PageServerLoad = async ({ url, locals: { db, county } }) => {
	const id = url.searchParams.get('plan');
	const saved = id === null ? null : await readPlan(db, county.code, id);
	if (id !== null && !saved) error(404, 'no such plan');
	const parsed = v.safeParse(planSpec, saved ? specOf(saved) : written(url.searchParams.get('spec')));
	if (!parsed.success) error(400, m.study_no_plan());
	return {
		plan: saved?.id ?? null,
		name: saved?.name ?? null,
		spec: parsed.output satisfies PlanSpec,
		townships: await townshipNames(db, county.code)
	};
};

function written(text: string | null): unknown {
	try {
		return JSON.parse(text ?? 'null');
	} catch {
		return null;
	}
}
