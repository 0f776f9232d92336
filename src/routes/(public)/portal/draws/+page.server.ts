import { redirect } from '@sveltejs/kit';
import { listPublicDraws, seqOf } from '$lib/server/portal-draws';
import { listPublicCrews } from '$lib/server/portal-crews';
import { verifierHashes } from '$lib/server/verifier';
import type { PageServerLoad } from './$types';
import { commitmentForm } from './commitment-form';

/** ?c=: the commitment on a visitor's paper; it leads to its draw, or the page says that there is none. */
export const load: PageServerLoad = async ({ locals: { portal: db, county }, url }) => {
	const given = commitmentForm(url.searchParams.get('c'));
	if (given?.hash) {
		const seq = await seqOf(db, county.code, given.hash);
		if (seq !== null) redirect(303, `/portal/draws/${seq}?c=${given.hash}`);
	}
	return {
		...(await listPublicDraws(db, county.code, new Date())),
		crews: await listPublicCrews(db, county.code, new Date()),
		given,
		verifier: await verifierHashes()
	};
};
