import { json } from '@sveltejs/kit';
import { eventsAfter } from '$lib/server/field/inbox';
import { askedFrom } from '$lib/server/field/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	if (!asked.ok) return asked.response;
	const { acting, inspector, device } = asked;
	const after = Number(event.url.searchParams.get('after'));
	const from = Number.isSafeInteger(after) && after > 0 ? after : 0;
	return json(
		await eventsAfter(acting.db, acting.county, { inspector: inspector.code, device: device.id, after: from })
	);
};
