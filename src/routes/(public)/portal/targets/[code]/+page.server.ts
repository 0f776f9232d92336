import { callsOfTarget } from '$lib/server/portal/postings';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ params, locals: { portal: db, county } }) => {
	const code = params.code.trim().normalize('NFC').slice(0, 64);
	return { code, calls: await callsOfTarget(db, county.code, code) };
};
