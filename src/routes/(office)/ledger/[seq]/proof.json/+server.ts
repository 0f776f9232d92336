import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { inclusion } from '$lib/server/ledger-proof';
import type { RequestHandler } from './$types';

/** That this entry is in the last signed checkpoint; checked before it is handed out. */
export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	if (!/^[1-9][0-9]{0,14}$/.test(params.seq)) error(404, m.ledger_proof_no_entry());
	const proof = await inclusion(db, county.code, Number(params.seq));
	if (!proof.ok) {
		if (proof.reason === 'broken') error(500, m.ledger_proof_broken());
		if (proof.reason === 'no_entry') error(404, m.ledger_proof_no_entry());
		error(409, m.ledger_proof_not_covered());
	}
	return new Response(`${JSON.stringify(proof, null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json',
			'content-disposition': `attachment; filename="proof-${county.code}-${params.seq}.json"`,
			'cache-control': 'private, no-store'
		}
	});
};
