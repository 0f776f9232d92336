import { error } from '@sveltejs/kit';
import { readSuperior } from '$lib/server/superior-draw';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county } }) => {
	const known = /^[1-9][0-9]{0,8}$/.test(params.id);
	const draw = known ? await readSuperior(db, county.code, Number(params.id)) : null;
	if (!draw) error(404, 'no such list');
	return { draw };
};
