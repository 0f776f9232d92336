import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { m } from '$lib/i18n/paraglide/messages';
import { confirmForm, paperForm } from '$lib/schema/ceremony';
import { may } from '$lib/server/access';
import { stepAction } from '$lib/server/ceremony/action';
import { confirmPaper, recordPaper } from '$lib/server/ceremony/paper';
import { readCeremony } from '$lib/server/ceremony/reading';
import { loadFiling } from '$lib/server/document/filing-facts';
import type { Actions, PageServerLoad } from './$types';

/** The sheet to finish a ceremony on, and afterwards the place where what it says is typed in and confirmed. */
export const load: PageServerLoad = async ({ params, locals: { db, county, user }, url }) => {
	if (!/^[1-9][0-9]{0,8}$/.test(params.id)) error(404, m.document_no_such_draw());
	const id = Number(params.id);
	const at = new Date();
	const loaded = await loadFiling(db, county, id, url.origin, at);
	if (!loaded.ok && loaded.reason === 'no_such_draw') error(404, m.document_no_such_draw());
	if (!loaded.ok) error(409, m.document_not_announced());
	const ceremony = await readCeremony(db, county.code, id);
	if (!ceremony) error(404, m.document_no_such_draw());
	return {
		facts: loaded.facts,
		ceremony,
		now: at,
		qr: renderSVG(loaded.facts.portal, { border: 2, ecc: 'M' }),
		me: user?.id ?? '',
		mayDraw: user !== null && may(user, 'draw')
	};
};

export const actions: Actions = {
	record: stepAction(paperForm, (acting, { digits1, digits2, ...given }, draw) =>
		recordPaper(acting, draw, {
			...{ reason: given.reason, cutAt: given.cutAt, drawnAt: given.drawnAt, signed: given.signed },
			...{ digits: [digits1, digits2].filter(Boolean), scan: given.scan || null, corrects: given.corrects }
		})
	),
	confirm: stepAction(confirmForm, (acting, given, draw) => confirmPaper(acting, draw, given))
};
