import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { numberOf } from '$lib/server/portal/address';
import { readPosting } from '$lib/server/portal/postings';
import { drawnProof } from '$lib/server/portal/proof';
import type { RequestHandler } from './$types';

/** posting.json: the document whose digest stands on the page, byte for byte. proof.json: that its target was drawn. */
export const GET: RequestHandler = async ({ params, locals: { portal: db, county } }) => {
	const number = numberOf(params.number);
	const found = await readPosting(db, county.code, number, new Date());
	if (!found) error(404, m.public_posting_none());
	if ('gone' in found) error(410, m.public_gone_title({ number }));
	const answer = (body: string) =>
		new Response(body, {
			headers: {
				'content-type': 'application/json',
				'content-disposition': `attachment; filename="posting-${number}-${params.file}"`
			}
		});
	if (params.file === 'posting.json') return answer(found.posting.text);
	const drawn = params.file === 'proof.json' ? await drawnProof(db, county.code, number) : null;
	if (!drawn) error(404, m.portal_no_file());
	return answer(`${JSON.stringify(drawn, null, '\t')}\n`);
};
