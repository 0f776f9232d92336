import { standingColumns } from '$lib/core/credit/standing';
import { csvText } from '$lib/core/registry/csv';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () =>
	new Response(csvText([standingColumns]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="credit-standing.csv"'
		}
	});
