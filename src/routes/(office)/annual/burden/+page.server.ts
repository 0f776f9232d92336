import { burdenPage } from '$lib/server/burden/listing';
import { thisYear } from '../year-of';
import { burdenQuery } from './burden-query';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, county } }) => {
	const query = burdenQuery(url);
	return { query, thisYear: thisYear(), table: await burdenPage(db, county.code, query, new Date()) };
};
