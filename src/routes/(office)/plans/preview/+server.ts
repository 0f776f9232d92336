import { error, json } from '@sveltejs/kit';
import * as v from 'valibot';
import { planSpec } from '$lib/schema/plan';
import { planOf, scopeError } from '$lib/server/plan';
import { previewPlan } from '$lib/server/preview';
import type { RequestHandler } from './$types';

/** What the plan in the body would mean now. Nothing is written. */
export const POST: RequestHandler = async ({ request, locals: { db, county } }) => {
	const body: unknown = await request.json().catch(() => null);
	const parsed = v.safeParse(planSpec, body);
	if (!parsed.success) error(400, 'the plan is incomplete');
	const plan = planOf(parsed.output);
	const wrong = await scopeError(db, county.code, plan);
	if (wrong) error(400, `${wrong.field}: ${wrong.reason}`);
	return json(await previewPlan(db, county.code, plan, new Date(), request.signal));
};
