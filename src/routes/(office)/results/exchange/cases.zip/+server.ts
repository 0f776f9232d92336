import { error } from '@sveltejs/kit';
import { exportCases } from '$lib/server/result/case-export';
import { actingIn } from '../../result-action';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const acting = actingIn(event);
	const zip = await exportCases(acting);
	if (!zip) error(404, 'no open case');
	return new Response(new Uint8Array(zip), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="cases-${acting.county}.zip"`,
			'cache-control': 'private, no-store'
		}
	});
};
