import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { excludedCsv, frameCsv, frameJson, openingsCsv, textStream } from '$lib/server/draw-files';
import { excludedRows, frameRows, holdsComma, manifestText, readDraw } from '$lib/server/draw-reading';
import { openingsOf } from '$lib/server/pseudonyms';
import type { RequestHandler } from './$types';

const types = { json: 'application/json', csv: 'text/csv; charset=utf-8' };

/**
 * manifest.json (the canonical bytes), frame.csv, frame.json, excluded.csv: what a verifier reads; openings.csv: which
 * target each id of a frame under pseudonyms is, for the supervising body.
 */
export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	const id = Number(params.id);
	if (!/^[1-9][0-9]{0,8}$/.test(params.id) || !(await readDraw(db, county.code, id)))
		error(404, 'no such draw');
	const answer = (body: BodyInit, type: keyof typeof types) =>
		new Response(body, {
			headers: {
				'content-type': types[type],
				'content-disposition': `attachment; filename="draw-${id}-${params.file}"`,
				// A draw never changes.
				'cache-control': 'private, max-age=86400, immutable'
			}
		});
	if (params.file.endsWith('.csv') && (await holdsComma(db, county.code, id))) error(409, m.draw_csv_comma());
	switch (params.file) {
		case 'manifest.json':
			return answer((await manifestText(db, county.code, id)) ?? '', 'json');
		case 'frame.csv':
			return answer(textStream(frameCsv(frameRows(db, county.code, id))), 'csv');
		case 'frame.json':
			return answer(textStream(frameJson(frameRows(db, county.code, id))), 'json');
		case 'excluded.csv':
			return answer(excludedCsv(await excludedRows(db, county.code, id)), 'csv');
		case 'openings.csv': {
			const openings = await openingsOf(db, county.code, id);
			if (openings.size === 0) error(404, 'no such file');
			return answer(openingsCsv([...openings.values()]), 'csv');
		}
		default:
			error(404, 'no such file');
	}
};
