import { json } from '@sveltejs/kit';
import { receiptKey } from '$lib/core/field/receipt';
import { formatVerifierKey } from '$lib/core/ledger/note';
import { enrolDevice } from '$lib/server/field/device';
import { askedBy, refusedWith } from '$lib/server/field/request';
import type { RequestHandler } from './$types';

/** Enrols the phone that asks: see src/lib/core/field/README.md. */
export const POST: RequestHandler = async (event) => {
	const asked = await askedBy(event);
	if (!asked.ok) return asked.response;
	const { keys, county } = event.locals;
	if (!keys.ledger.ok) return refusedWith('no_key');
	const given = (await event.request.json().catch(() => null)) as { name?: unknown } | null;
	const name = typeof given?.name === 'string' ? given.name.trim().slice(0, 80) : '';
	if (name === '') return refusedWith('form', 400);
	const device = await enrolDevice(asked.acting, asked.inspector, name);
	const { code, name: person } = asked.inspector;
	return json(
		{
			...{ device, key: formatVerifierKey(receiptKey(county.code, keys.ledger.seed)) },
			...{ inspector: { code, name: person }, county: { code: county.code, name: county.name } },
			now: asked.acting.at.toISOString()
		},
		{ status: 201 }
	);
};
