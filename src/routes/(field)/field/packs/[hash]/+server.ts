import { readPackRow } from '$lib/server/field/pack';
import { askedFrom, refusedWith } from '$lib/server/field/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	if (!asked.ok) return asked.response;
	const { acting, inspector } = asked;
	const row = await readPackRow(acting.db, acting.county, event.params.hash);
	if (!row?.crew.includes(inspector.code)) return refusedWith('unknown_pack', 404);
	if (row.expires <= acting.at) return refusedWith('expired', 410);
	return new Response(new Uint8Array(row.bytes), {
		headers: {
			'Content-Type': 'application/json',
			ETag: `"${event.params.hash}"`,
			'Cache-Control': 'private, no-store'
		}
	});
};
