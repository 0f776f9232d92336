import { fail } from '@sveltejs/kit';
import { takeRescue } from '$lib/server/field/rescue';
import { refusedStatus } from '$lib/server/caller';
import { actingOf } from '../refusal';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async (event) => {
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File) || file.size === 0) return fail(400, { problem: 'no_file', event: null });
		const outcome = await takeRescue(actingOf(event), new Uint8Array(await file.arrayBuffer()));
		if (!outcome.ok)
			return fail(await refusedStatus(event, outcome.reason), {
				problem: outcome.reason,
				event: outcome.event
			});
		return { counts: outcome.counts };
	}
};
