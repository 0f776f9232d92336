import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { dayInChina } from '$lib/core/calendar/year';
import { readCertificates } from '$lib/server/portal/certificates';
import type { PageServerLoad } from './$types';

export const csr = false;

const texts = {
	unknown: m.public_certificates_unknown,
	over: m.public_certificates_over,
	withdrawn: m.public_certificates_withdrawn
};

export const load: PageServerLoad = async ({ params, locals: { portal, county }, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
	const at = new Date();
	const shown = await readCertificates(portal, county.code, params.token, dayInChina(at));
	if (!shown.ok) error(shown.reason === 'unknown' ? 404 : 410, texts[shown.reason]());
	return { ...shown, at };
};
