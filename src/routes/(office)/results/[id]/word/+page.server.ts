import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { asHead } from '$lib/server/access';
import { actorOf } from '$lib/server/account';
import { refusedStatus } from '$lib/server/caller';
import { numberOf } from '$lib/server/portal/address';
import { issueWord, partyOfResult } from '$lib/server/result/party-word';
import { qrPath } from '$lib/ui/qr-path';
import type { Actions, PageServerLoad } from './$types';

/** A head gives words to parties of their own townships. */
async function subjectOf(event: RequestEvent<{ id: string }>) {
	const { db, county, user } = event.locals;
	const id = numberOf(event.params.id);
	const subject = await partyOfResult(db, county.code, id);
	if (!subject) error(404);
	if (user && asHead(user, 'word_issue') && subject.office !== user.office)
		error(await refusedStatus(event, 'other_office'), m.result_why_other_office());
	return { id, ...subject };
}

export const load: PageServerLoad = async (event) => {
	const address = `${event.url.origin}/portal/party`;
	return { ...(await subjectOf(event)), address, qr: qrPath(address) };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals } = event;
		const { party } = await subjectOf(event);
		if (party === null) error(409, m.public_word_none());
		const { db, county } = locals;
		const acting = { db, county: county.code, actor: actorOf(locals), at: new Date() };
		const issued = await issueWord(acting, party);
		if (!issued.ok) error(409, m.public_word_none());
		return { word: issued.word, expiresAt: issued.expiresAt };
	}
};
