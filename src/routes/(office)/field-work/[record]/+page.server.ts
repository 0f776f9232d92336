import { error, fail } from '@sveltejs/kit';
import { giveBackForm } from '$lib/schema/field';
import { may } from '$lib/server/access';
import { decideRecord, type Decision } from '$lib/server/field/decide';
import { readRecord } from '$lib/server/field/reading';
import { actingOf, fieldsOf, parsed } from '../refusal';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county, user } }) => {
	const read = await readRecord(db, county.code, params.record, new Date());
	if (!read) error(404, 'no such record');
	return {
		...read,
		mayReview: user !== null && may(user, 'field_review'),
		mayProve: user !== null && may(user, 'ledger_read')
	};
};

async function decide(event: RequestEvent, decision: Decision) {
	const outcome = await decideRecord(actingOf(event), event.params.record, decision);
	if (!outcome.ok) return fail(400, { problem: { ...outcome, field: 'reason' } });
	return { to: decision.to, results: outcome.results.length };
}

export const actions: Actions = {
	/** outcome:TARGET: what the record leaves open. */
	accept: async (event) => {
		const given = Object.entries(await fieldsOf(event.request));
		const outcomes = Object.fromEntries(
			given.flatMap(([name, value]) => (name.startsWith('outcome:') ? [[name.slice(8), value]] : []))
		);
		return decide(event, { to: 'accepted', outcomes });
	},
	giveBack: async (event) => {
		const form = parsed(giveBackForm, await fieldsOf(event.request));
		if (!form.ok) return fail(400, { problem: { ...form, target: '' } });
		return decide(event, { to: 'returned', reason: form.output.reason });
	}
};
