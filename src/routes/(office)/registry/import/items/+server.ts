// The items as a workbook: an import template with what is in it already.
import { itemBook } from '$lib/server/import/item-book';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) =>
	new Response(await itemBook(locals.db, locals.county.code), {
		headers: {
			'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'Content-Disposition': `attachment; filename="items.xlsx"; filename*=UTF-8''${encodeURIComponent('抽查事项.xlsx')}`
		}
	});
