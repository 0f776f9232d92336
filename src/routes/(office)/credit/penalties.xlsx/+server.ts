import { dayInChina } from '$lib/core/calendar/year';
import { publicRecords } from '$lib/server/credit/outbox';
import { recordSheet } from '$lib/server/credit/sheet';
import type { RequestHandler } from './$types';

/** 双公示 of every penalty that is public, to be looked at or reported by hand. */
export const GET: RequestHandler = async ({ locals: { db, county } }) =>
	new Response(await recordSheet(await publicRecords(db, county.code)), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="penalties-${dayInChina(new Date())}.xlsx"`,
			'cache-control': 'private, no-store'
		}
	});
