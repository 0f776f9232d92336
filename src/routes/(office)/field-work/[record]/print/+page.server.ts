import { error } from '@sveltejs/kit';
import { readRecord } from '$lib/server/field/reading';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county } }) => {
	const read = await readRecord(db, county.code, params.record, new Date());
	if (!read) error(404, 'no such record');
	return read;
};
