import { isPlatform } from '$lib/core/credit/message';
import { may } from '$lib/server/access';
import { listMessages, messageStates, platformStates } from '$lib/server/credit/reading';
import { retryAction } from './retry-action';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
	const { db, county, embedded, user, credit: settings } = locals;
	const at = new Date();
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const platform = asked('platform');
	const query = {
		platform: isPlatform(platform) ? platform : null,
		state: messageStates.find((state) => state === asked('state')) ?? null,
		text: asked('q').trim().slice(0, 100),
		page: Math.trunc(Number(asked('page'))) || 1
	};
	return {
		query,
		platforms: await platformStates(db, county, { settings, embedded, at }),
		list: await listMessages(db, county.code, query, at),
		demo: county.demo,
		mayRetry: user !== null && may(user, 'publish')
	};
};

export const actions: Actions = { retry: retryAction };
