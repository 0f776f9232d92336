import { error } from '@sveltejs/kit';
import { archiveOf } from '$lib/server/field/archive';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals: { db, county } }) => {
	const zip = await archiveOf(db, county.code, params.record);
	if (!zip) error(404, 'no such record');
	const name = `record-${params.record.replace(/[^0-9A-Za-z.-]/g, '_')}.zip`;
	return new Response(new Uint8Array(zip), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(`案卷-${params.record}.zip`)}`,
			'cache-control': 'private, no-store'
		}
	});
};
