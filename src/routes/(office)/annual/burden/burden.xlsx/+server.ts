import { m } from '$lib/i18n/paraglide/messages';
import { burdenSheet } from '$lib/server/burden/sheet';
import { burdenColumns, burdenPage } from '$lib/server/burden/listing';
import { burdenQuery } from '../burden-query';
import { columnText } from '../burden-text';
import type { RequestHandler } from './$types';

/** The rows of the page as it is asked for, all of them, with a 合计 row. */
export const GET: RequestHandler = async ({ url, locals: { db, county } }) => {
	const query = { ...burdenQuery(url), page: null };
	const { rows } = await burdenPage(db, county.code, query, new Date());
	const sheet = await burdenSheet(rows, {
		title: m.annual_burden_title({ year: query.year }),
		total: m.annual_burden_total(),
		columns: burdenColumns.map(columnText)
	});
	return new Response(new Uint8Array(sheet), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="burden-${query.year}.xlsx"`,
			'cache-control': 'private, no-store'
		}
	});
};
