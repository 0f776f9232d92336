import { error } from '@sveltejs/kit';
import { listReceived } from '$lib/server/credit/reading';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county } }) => {
	if (!county.demo) error(404, 'no such page');
	return { received: await listReceived(db, county.code) };
};
