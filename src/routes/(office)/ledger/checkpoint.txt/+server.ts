import { error } from '@sveltejs/kit';
import { readCheckpoint } from '$lib/server/checkpoint';
import type { RequestHandler } from './$types';

/** The last signed checkpoint, or that of ?size=, with every cosigner's line: to be kept elsewhere. */
export const GET: RequestHandler = async ({ url, locals: { db, county } }) => {
	const given = url.searchParams.get('size');
	if (given !== null && !/^[1-9][0-9]{0,14}$/.test(given)) error(400, 'size: a number of entries is needed');
	const found = await readCheckpoint(db, county.code, given === null ? undefined : Number(given));
	if (!found) error(404, 'no such checkpoint');
	return new Response(found.note, {
		headers: {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': `attachment; filename="checkpoint-${county.code}-${found.size}.txt"`,
			'cache-control': 'private, no-store'
		}
	});
};
