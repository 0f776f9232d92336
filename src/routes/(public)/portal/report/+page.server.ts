import { fail } from '@sveltejs/kit';
import { formOf, reportForm } from '$lib/schema/portal';
import { takeReport } from '$lib/server/portal/report';
import { oftenText } from '../form-text';
import type { Actions } from './$types';

export const csr = false;

export const actions: Actions = {
	default: async ({ request, locals, getClientAddress }) => {
		const form = formOf(reportForm, await request.formData());
		if (!form.ok) return fail(400, { receipt: null, wrong: form.wrong, given: form.given, often: null });
		const taken = await takeReport(
			{ db: locals.accounts, county: locals.county.code, address: getClientAddress(), at: new Date() },
			form.output
		);
		const none = {} as Record<string, string>;
		if (!taken.ok)
			return fail(429, { receipt: null, wrong: none, given: form.output, often: oftenText(taken.until) });
		return { receipt: taken.receipt, wrong: none, given: none, often: null };
	}
};
