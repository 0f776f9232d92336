import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { publicCrewFile } from '$lib/server/portal-crews';
import type { RequestHandler } from './$types';

/** plan.json from the announcement on; crew.json and names.csv when the batch is closed. */
export const GET: RequestHandler = async ({ params: { seq, file }, locals: { portal: db, county } }) => {
	const number = /^[1-9][0-9]{0,8}$/.test(seq) ? Number(seq) : 0;
	const body = await publicCrewFile(db, county.code, number, file);
	if (body === null) error(404, m.portal_no_file());
	return new Response(body, {
		headers: {
			'content-type': file.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json',
			'content-disposition': `attachment; filename="crew-${number}-${file}"`,
			'cache-control': 'public, max-age=3600'
		}
	});
};
