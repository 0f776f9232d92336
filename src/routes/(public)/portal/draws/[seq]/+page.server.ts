import { error } from '@sveltejs/kit';
import { readPublicDraw } from '$lib/server/portal-draw';
import { verifierHashes } from '$lib/server/verifier';
import { m } from '$lib/i18n/paraglide/messages';
import { commitmentForm } from '../commitment-form';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { portal: db, county }, params, url }) => {
	const seq = /^[1-9][0-9]{0,8}$/.test(params.seq) ? Number(params.seq) : 0;
	const shown = await readPublicDraw(db, county.code, seq, new Date());
	if (!shown) error(404, m.portal_no_such());
	return {
		...shown,
		given: commitmentForm(url.searchParams.get('c')),
		verifier: await verifierHashes()
	};
};
