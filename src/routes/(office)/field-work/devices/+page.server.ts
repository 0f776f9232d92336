import { fail } from '@sveltejs/kit';
import { deviceForm } from '$lib/schema/field';
import { listDevices, revokeDevice } from '$lib/server/field/device';
import { actingOf, fieldsOf, parsed } from '../refusal';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county } }) => ({
	devices: await listDevices(db, county.code)
});

export const actions: Actions = {
	revoke: async (event) => {
		const form = parsed(deviceForm, await fieldsOf(event.request));
		if (form.ok && (await revokeDevice(actingOf(event), form.output.device))) return { problem: null };
		return fail(400, { problem: 'no_device' });
	}
};
