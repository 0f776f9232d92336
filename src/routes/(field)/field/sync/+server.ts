import { json } from '@sveltejs/kit';
import { isHex } from '$lib/core/bytes/hex';
import { BATCH_MOST } from '$lib/server/field/chain';
import { askedBy, refusedWith } from '$lib/server/field/request';
import { sync, type Brought } from '$lib/server/field/sync';
import type { RequestHandler } from './$types';

const BYTES_MOST = 1024 * 1024;

export const POST: RequestHandler = async (event) => {
	const asked = await askedBy(event);
	if (!asked.ok) return asked.response;
	const text = await event.request.text();
	if (text.length > BYTES_MOST) return refusedWith('too_large', 413);
	const brought = read(text);
	if (!brought) return refusedWith('form', 400);
	const outcome = await sync(asked.acting, brought, event.locals.keys.ledger);
	if (!outcome.ok) return refusedWith(outcome.reason);
	const { receipt, refused, have } = outcome;
	return json({ receipt, refused, have, now: asked.acting.at.toISOString() });
};

function read(text: string): Brought | null {
	let given: Partial<Brought> | null;
	try {
		given = JSON.parse(text) as Partial<Brought> | null;
	} catch {
		return null;
	}
	const { device, now, events, photos } = given ?? {};
	if (typeof device !== 'string' || typeof now !== 'string' || Number.isNaN(Date.parse(now))) return null;
	if (!Array.isArray(events) || events.length > BATCH_MOST) return null;
	if (!Array.isArray(photos) || photos.length > 1000 || !photos.every((hash) => isHex(hash, 32))) return null;
	return { device, now, events, photos };
}
