import { error } from '@sveltejs/kit';
import { readPhoto } from '$lib/server/field/photo';
import type { RequestHandler } from './$types';

/** A photo of a record, for whom the row policies let see it. */
export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	const photo = await readPhoto(db, county.code, params.hash);
	if (!photo) error(404, 'no such photo');
	return new Response(new Uint8Array(photo.bytes), {
		headers: { 'content-type': photo.type, 'cache-control': 'private, no-store' }
	});
};
