import { fail } from '@sveltejs/kit';
import { may } from '$lib/server/access';
import { caseNumber, openCases } from '$lib/server/result/case-export';
import { takeReplies } from '$lib/server/result/case-import';
import { actingIn } from '../result-action';
import type { Actions, PageServerLoad } from './$types';

const BYTES = 4 << 20;

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => ({
	cases: (await openCases(db, county.code)).map((one) => ({
		...{ number: caseNumber(county.code, one.result), result: one.result, name: one.target.name },
		...{ party: one.party?.name ?? null, checkedOn: one.checkedOn, attached: one.record !== null },
		reply: one.reply
	})),
	mayExchange: user !== null && may(user, 'case_exchange')
});

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const file = data.get('file');
		const refuse = (reason: string, field = '') => fail(400, { problem: { reason, field }, taken: null });
		if (!(file instanceof File) || file.size === 0 || file.size > BYTES) return refuse('file');
		const dry = data.get('dry') !== null;
		const outcome = await takeReplies(actingIn(event), await file.text(), dry);
		if (!outcome.ok) return refuse(outcome.reason, outcome.field);
		const { platform, replies } = outcome;
		return { problem: null, taken: { dry, file: file.name, platform, replies } };
	}
};
