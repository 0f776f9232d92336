import { error } from '@sveltejs/kit';
import { listDraws } from '$lib/server/draw-reading';
import { readPlan, townshipNames } from '$lib/server/plan';
import { previewPlan } from '$lib/server/preview';
import { encodeArea, type Area } from '$lib/map/area-param';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county } }) => {
	const plan = await readPlan(db, county.code, params.id);
	if (!plan) error(404, 'no such plan');
	const { area, ...rest } = plan;
	const outline = area && (JSON.parse(area) as { coordinates: Area }).coordinates;
	return {
		plan: { ...rest, area: outline ? encodeArea(outline) : null },
		preview: await previewPlan(db, county.code, plan, new Date()),
		townships: await townshipNames(db, county.code),
		draws: await listDraws(db, county.code, plan.id)
	};
};
