import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { listPublicCrews, publicDocument, publicNames, publicReplacements } from '$lib/server/portal-crews';
import { commitmentForm } from '../../draws/commitment-form';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { portal: db, county }, params, url }) => {
	const seq = /^[1-9][0-9]{0,8}$/.test(params.seq) ? Number(params.seq) : 0;
	const crews = (await listPublicCrews(db, county.code, new Date())).find((one) => one.seq === seq);
	if (!crews) error(404, m.portal_no_such());
	const document = await publicDocument(db, county.code, seq);
	return {
		crews,
		given: commitmentForm(url.searchParams.get('c')),
		opened: document && {
			...{ figures: document.figures, drawn: document.drawn ?? {}, size: document.plan.portfolio.size },
			names: await publicNames(db, county.code, seq),
			replacements: await publicReplacements(db, county.code, seq)
		}
	};
};
