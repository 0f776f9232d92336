import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { numberOf, postingAddress } from '$lib/server/portal/address';
import { publicPostings } from '$lib/server/portal/list';
import { appealsOf, readPosting } from '$lib/server/portal/postings';
import { drawnProof, isSubstitute } from '$lib/server/portal/proof';
import { qrPath } from '$lib/ui/qr-path';
import type { PageServerLoad } from './$types';

/** What was withdrawn, or whose time is over, answers 410 with its tombstone: search engines forget it, paper finds it. */
export const load: PageServerLoad = async ({ params, url, locals: { portal: db, county } }) => {
	const at = new Date();
	const number = numberOf(params.number);
	const found = await readPosting(db, county.code, number, at);
	if (!found) error(404, m.public_posting_none());
	if ('gone' in found) error(410, { message: m.public_gone_title({ number }), tombstone: found.gone });
	const { text: _, ...posting } = found.posting;
	const { seq, document } = posting;
	const [drawn, appeals, postings] = await Promise.all([
		drawnProof(db, county.code, number),
		appealsOf(db, county.code, number),
		publicPostings(db, county.code, at)
	]);
	const address = postingAddress(url.origin, number);
	return {
		posting,
		appeals,
		related: postings.filter((row) => row.result === posting.result && row.number !== number),
		substitute: !drawn && seq !== null && (await isSubstitute(db, county.code, seq, document.target.code)),
		drawn: drawn && {
			...{ seq: drawn.seq, selectedRoot: drawn.selectedRoot, commitment: drawn.proof.commitment },
			...{ serial: drawn.proof.row.serial, steps: drawn.proof.proof.length }
		},
		address,
		qr: qrPath(address)
	};
};
