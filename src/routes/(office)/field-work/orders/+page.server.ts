import { fail } from '@sveltejs/kit';
import { dayInChina } from '$lib/core/calendar/year';
import { orderForm, rectifiedForm } from '$lib/schema/field';
import { may } from '$lib/server/access';
import { askAgain } from '$lib/server/field/ask-again';
import { listOrders, orderStates } from '$lib/server/result/orders';
import { rectify } from '$lib/server/result/step';
import { actingOf, fieldsOf, parsed } from '../refusal';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county, user } }) => {
	const at = new Date();
	const asked = url.searchParams;
	const state = orderStates.find((one) => one === asked.get('state')) ?? 'open';
	const office = asked.get('office') ?? '';
	const page = Math.trunc(Number(asked.get('page'))) || 1;
	return {
		...{ state, office, today: dayInChina(at) },
		list: await listOrders(db, county.code, at, { state, office, page }),
		mayRectify: user !== null && may(user, 'result_record'),
		mayAsk: user !== null && may(user, 'field_review')
	};
};

export const actions: Actions = {
	rectified: async (event) => {
		const form = parsed(rectifiedForm, await fieldsOf(event.request));
		if (!form.ok)
			return fail(400, { problem: { reason: form.field === 'on' ? 'day' : 'no_result', field: form.field } });
		const acting = actingOf(event);
		const { result, ...found } = form.output;
		if (found.on > dayInChina(acting.at)) return fail(400, { problem: { reason: 'day', field: 'on' } });
		const outcome = await rectify(acting, result, found);
		if (!outcome.ok) return fail(400, { problem: { reason: outcome.reason, field: 'on' } });
		return { done: 'rectified' as const };
	},
	ask: async (event) => {
		const form = parsed(orderForm, await fieldsOf(event.request));
		if (!form.ok) return fail(400, { problem: { reason: 'no_result', field: '' } });
		const outcome = await askAgain(actingOf(event), form.output);
		return outcome.ok
			? { done: 'asked' as const }
			: fail(400, { problem: { reason: outcome.reason, field: '' } });
	}
};
