import { fail, redirect } from '@sveltejs/kit';
import { dayInChina } from '$lib/core/calendar/year';
import { resultForm, type ResultForm, type ResultProblem } from '$lib/schema/result';
import { boundTo } from '$lib/server/access';
import { refusedStatus } from '$lib/server/caller';
import { inspectorsOf, itemsOf, missingBatches, missingTargets } from '$lib/server/result/missing';
import { recordResult, type RecordOutcome } from '$lib/server/result/record';
import { actingIn, fieldsOf, parsed } from '../result-action';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
	const { db, county } = locals;
	const batches = await missingBatches(db, county.code);
	const batch = batches.find(({ draw }) => String(draw) === url.searchParams.get('draw')) ?? null;
	return {
		...{ batches, batch, today: dayInChina(new Date()) },
		target: url.searchParams.get('target') ?? '',
		targets: batch
			? await missingTargets(db, county.code, batch.draw, boundTo(locals.user, 'result_record'))
			: [],
		items: batch ? await itemsOf(db, county.code, batch.kind) : [],
		inspectors: batch ? await inspectorsOf(db, county.code) : []
	};
};

/** Lists come as JSON; what is none is an empty list, which the form refuses in its own words. */
function listOf(text: unknown): unknown[] {
	try {
		const list: unknown = JSON.parse(String(text));
		return Array.isArray(list) ? list : [];
	} catch {
		return [];
	}
}

export const actions: Actions = {
	default: async (event) => {
		const fields = await fieldsOf(event.request, ['inspectors']);
		const form = parsed(resultForm, { ...fields, findings: listOf(fields.findings) });
		const outcome: RecordOutcome | ResultProblem = form.ok ? await record(event, form.output) : form;
		if (!outcome.ok)
			return fail(await refusedStatus(event, outcome.reason), { problem: outcome as ResultProblem });
		redirect(303, `/results/${outcome.id}`);
	}
};

async function record(
	event: RequestEvent,
	{ inspectors: codes, ...form }: ResultForm
): Promise<RecordOutcome> {
	const { db, county, actor, at } = actingIn(event);
	const office = boundTo(event.locals.user, 'result_record');
	if (office !== null) {
		const own = await missingTargets(db, county, Number(form.draw), office);
		if (!own.some(({ code }) => code === form.target))
			return { ok: false, field: 'target', reason: 'other_office' };
	}
	const known = await inspectorsOf(db, county);
	const inspectors = known.filter(({ code }) => codes.includes(code));
	return db.transaction().execute((trx) =>
		recordResult(
			trx,
			county,
			{
				...{ ...form, source: 'paper', record: null },
				inspectors: inspectors.map(({ name, certificate }) => ({ name, certificate }))
			},
			actor,
			at
		)
	);
}
