import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { superiorForm } from '$lib/schema/superior-draw';
import { actorOf } from '$lib/server/account';
import { importSuperior } from '$lib/server/superior-draw';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const given = Object.fromEntries(await request.formData()) as Record<string, string>;
		const parsed = v.safeParse(superiorForm, given);
		if (!parsed.success) {
			const [issue] = parsed.issues;
			return fail(400, {
				given,
				problem: { field: v.getDotPath(issue) ?? '', message: issue.message },
				unknown: null
			});
		}
		const outcome = await importSuperior(
			locals.db,
			locals.county.code,
			parsed.output,
			actorOf(locals),
			new Date()
		);
		if (!outcome.ok) return fail(400, { given, problem: null, unknown: outcome.unknown });
		redirect(303, `/draws/superior/${outcome.draw}`);
	}
};
