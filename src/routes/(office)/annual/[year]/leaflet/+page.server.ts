import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { publishedPlan } from '$lib/server/annual/publication';
import { leafletOf } from '$lib/server/document/leaflet';
import { ruleOn } from '$lib/server/rule';
import { qrPath } from '$lib/ui/qr-path';
import { yearIn } from '../../year-of';
import type { PageServerLoad } from './$types';

/** From what the public may read of the plan, and nothing else. */
export const load: PageServerLoad = async ({ params, url, locals: { db, portal, county } }) => {
	const year = yearIn(params.year);
	const { publication } = await publishedPlan(portal, county.code, year);
	if (!publication) error(404, m.annual_leaflet_none({ year }));
	const cap = await ruleOn(db, county.code, 'year_cap', new Date(`${year}-01-01T12:00:00Z`));
	const address = `${url.origin}/portal/plan?year=${year}`;
	return {
		...{ year, address, qr: qrPath(address) },
		leaflet: leafletOf(publication.plan, cap?.value ?? null)
	};
};
