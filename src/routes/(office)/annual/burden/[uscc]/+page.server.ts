import { error } from '@sveltejs/kit';
import { burdenProof } from '$lib/server/burden/listing';
import { yearAsked } from '../../year-of';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, county } }) => {
	const at = new Date();
	const proof = /^[0-9A-Z]{18}$/.test(params.uscc)
		? await burdenProof(db, county.code, yearAsked(url), params.uscc, at)
		: null;
	if (!proof) error(404, 'no such party');
	return { proof, at, county: county.name, demo: county.demo };
};
