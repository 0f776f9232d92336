import { fail } from '@sveltejs/kit';
import { platformNames } from '$lib/core/credit/message';
import { may } from '$lib/server/access';
import { platformFor } from '$lib/server/credit/platform';
import { listReconciliations, messagesOf } from '$lib/server/credit/reading';
import { reconcile } from '$lib/server/credit/reconciliation';
import { telling } from '../retry-action';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user } }) => {
	const reports = await listReconciliations(db, county.code);
	const keys = reports.flatMap(({ missing, different }) => [...missing, ...different]);
	return {
		reports,
		messages: await messagesOf(db, county.code, keys),
		mayReconcile: user !== null && may(user, 'publish')
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { db, county, embedded, credit } = event.locals;
		let asked = 0;
		for (const name of platformNames) {
			const given = telling(event);
			const platform = platformFor(credit, name, { db, county, embedded, at: given.at });
			if (!platform?.list) continue;
			await reconcile(db, given, name, platform.list);
			asked++;
		}
		return asked > 0 ? { done: true } : fail(400, { done: false });
	}
};
