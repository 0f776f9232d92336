import { json } from '@sveltejs/kit';
import { receiptKey } from '$lib/core/field/receipt';
import { formatVerifierKey } from '$lib/core/ledger/note';
import { messagesOf, recordStates } from '$lib/server/field/inbox';
import { packsOf } from '$lib/server/field/pack';
import { askedFrom } from '$lib/server/field/request';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	const { keys, county } = event.locals;
	const key = keys.ledger.ok ? formatVerifierKey(receiptKey(county.code, keys.ledger.seed)) : null;
	if (!asked.ok) {
		if (!('reason' in asked) || asked.reason !== 'revoked') return asked.response;
		const { inspector, acting } = asked.asked;
		const id = event.url.searchParams.get('device');
		const nothing = { packs: [], messages: [], records: [] };
		const { code, name } = inspector;
		return json({
			...{ device: { id, revoked: true }, inspector: { code, name }, now: acting.at.toISOString(), key },
			...nothing
		});
	}
	const { acting, inspector, device } = asked;
	const packs = await packsOf(acting, inspector, county);
	return json({
		...{
			device: { id: device.id, revoked: false },
			inspector: { code: inspector.code, name: inspector.name }
		},
		...{ now: acting.at.toISOString(), key, packs },
		messages: await messagesOf(acting.db, county.code, inspector.code),
		records: await recordStates(acting.db, county.code, inspector.code)
	});
};
