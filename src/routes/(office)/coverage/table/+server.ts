import { encodeCoverage } from '$lib/core/coverage/table';
import { coverageTable, coverageVersion } from '$lib/server/coverage';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db, county }, request }) => {
	const at = new Date();
	const etag = `"${await coverageVersion(db, county.code, at)}"`;
	const headers = {
		ETag: etag,
		'Cache-Control': 'private, no-cache',
		'Content-Type': 'application/octet-stream'
	};
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
	return new Response(encodeCoverage(await coverageTable(db, county.code, at)), { headers });
};
