import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { actorOf } from '$lib/server/account';
import { numberOf, qrPath } from '$lib/server/portal/address';
import { issueWord, partyOfResult } from '$lib/server/result/party-word';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, county } }) => {
	const id = numberOf(params.id);
	const subject = await partyOfResult(db, county.code, id);
	if (!subject) error(404);
	const address = `${url.origin}/portal/party`;
	return { id, ...subject, address, qr: qrPath(address) };
};

export const actions: Actions = {
	default: async ({ params, locals }) => {
		const { db, county } = locals;
		const subject = await partyOfResult(db, county.code, numberOf(params.id));
		if (!subject?.party) error(409, m.public_word_none());
		const acting = { db, county: county.code, actor: actorOf(locals), at: new Date() };
		const issued = await issueWord(acting, subject.party);
		if (!issued.ok) error(409, m.public_word_none());
		return { word: issued.word, expiresAt: issued.expiresAt };
	}
};
