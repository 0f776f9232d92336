import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { m } from '$lib/i18n/paraglide/messages';
import { hasList } from '$lib/schema/filing';
import { loadFiling } from '$lib/server/document/filing-facts';
import { annexNote, crewNote, filingHashes, filingLetter } from '$lib/server/document/filing-text';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, county }, url }) => {
	if (!/^[1-9][0-9]{0,8}$/.test(params.id)) error(404, m.document_no_such_draw());
	const loaded = await loadFiling(db, county, Number(params.id), url.origin, new Date());
	if (!loaded.ok && loaded.reason === 'no_such_draw') error(404, m.document_no_such_draw());
	if (!loaded.ok) error(409, m.document_not_announced());
	const { facts } = loaded;
	if (!hasList(facts)) error(409, m.document_not_drawn());
	return {
		facts,
		letter: filingLetter(facts),
		annexes: { note: annexNote, crewsNote: crewNote, hashes: filingHashes(facts) },
		qr: renderSVG(facts.portal, { border: 4, ecc: 'M' })
	};
};
