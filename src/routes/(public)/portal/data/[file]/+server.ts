import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { textStream } from '$lib/server/draw-files';
import { publicPostings } from '$lib/server/portal/list';
import { postingsCsv, postingsGeojson } from '$lib/server/portal/open-data';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params: { file }, url, locals: { portal: db, county } }) => {
	const at = new Date();
	const answer = (body: BodyInit, type: string) =>
		new Response(body, {
			headers: { 'content-type': type, 'content-disposition': `attachment; filename="${county.code}-${file}"` }
		});
	if (file === 'postings.csv')
		return answer(textStream(postingsCsv(db, county.code, at)), 'text/csv; charset=utf-8');
	if (file === 'postings.geojson')
		return answer(
			JSON.stringify(postingsGeojson(await publicPostings(db, county.code, at), url.origin)),
			'application/geo+json'
		);
	error(404, m.portal_no_file());
};
