import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { excludedCsv, frameCsv, openingsCsv, textStream } from '$lib/server/draw-files';
import { publicManifest, publicOpenings, publicPlan } from '$lib/server/portal-draw';
import { publicExcluded, publicFrame, publicFrameRows, publicProofs } from '$lib/server/portal-files';
import type { RequestHandler } from './$types';

/**
 * plan.json from the announcement on; manifest.json and proofs.json once the list is open; frame.csv and excluded.csv
 * then too, where the frame may be public, with openings.csv: who was drawn, by code. What is not public is not there.
 */
export const GET: RequestHandler = async ({ params, locals: { portal: db, county } }) => {
	const { file } = params;
	const seq = /^[1-9][0-9]{0,8}$/.test(params.seq) ? Number(params.seq) : 0;
	const of = [db, county.code, seq] as const;
	const answer = (body: BodyInit | null) =>
		body === null
			? error(404, m.portal_no_file())
			: new Response(body, {
					headers: {
						'content-type': file.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json',
						'content-disposition': `attachment; filename="draw-${seq}-${file}"`,
						'cache-control': 'public, max-age=3600'
					}
				});
	switch (file) {
		case 'plan.json':
			return answer(await publicPlan(...of));
		case 'manifest.json':
			return answer(await publicManifest(...of));
		case 'proofs.json': {
			const proofs = await publicProofs(...of);
			return answer(proofs && JSON.stringify(proofs, null, '\t'));
		}
		case 'frame.csv':
		case 'excluded.csv': {
			const frame = await publicFrame(...of);
			if (frame?.commas) error(409, m.portal_csv_comma());
			if (!frame) return answer(null);
			return answer(
				file === 'frame.csv'
					? textStream(frameCsv(publicFrameRows(...of)))
					: excludedCsv(await publicExcluded(...of))
			);
		}
		case 'openings.csv': {
			const openings = await publicOpenings(...of);
			return answer(openings.length === 0 ? null : openingsCsv(openings));
		}
		default:
			return answer(null);
	}
};
