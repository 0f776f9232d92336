import { json } from '@sveltejs/kit';
import { PIECE_MOST, photoState, putPhoto, readPhoto } from '$lib/server/field/photo';
import { askedFrom, refusedWith } from '$lib/server/field/request';
import type { RequestHandler } from './$types';

export const HEAD: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	if (!asked.ok) return asked.response;
	const state = await photoState(asked.acting.db, asked.acting.county, event.params.hash);
	if (!state) return refusedWith('unknown_photo', 404);
	const headers = { 'x-have': String(state.have), 'x-size': String(state.size) };
	return new Response(null, { headers: { ...headers, 'x-complete': state.complete ? '1' : '0' } });
};

/** A photo that is there whole, for another phone of the crew. */
export const GET: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	if (!asked.ok) return asked.response;
	const photo = await readPhoto(asked.acting.db, asked.acting.county, event.params.hash);
	if (!photo) return refusedWith('unknown_photo', 404);
	const headers = { 'Content-Type': photo.type, 'Cache-Control': 'private, no-store' };
	return new Response(new Uint8Array(photo.bytes), { headers });
};

export const PUT: RequestHandler = async (event) => {
	const asked = await askedFrom(event);
	if (!asked.ok) return asked.response;
	const from = Number(event.url.searchParams.get('from') ?? '0');
	if (!Number.isSafeInteger(from) || from < 0) return refusedWith('form', 400);
	if (Number(event.request.headers.get('content-length') ?? 0) > PIECE_MOST)
		return refusedWith('too_large', 413);
	const bytes = new Uint8Array(await event.request.arrayBuffer());
	if (bytes.length > PIECE_MOST) return refusedWith('too_large', 413);
	// Also what is sent without a Content-Type: its body is not read.
	if (bytes.length === 0) return refusedWith('form', 400);
	const outcome = await putPhoto(asked.acting, asked.device.id, event.params.hash, from, bytes);
	if (outcome.ok) {
		const { have, size, complete } = outcome;
		return json({ have, size, complete });
	}
	if (outcome.reason === 'gap') return json({ reason: 'gap', have: outcome.have }, { status: 409 });
	return refusedWith(outcome.reason, outcome.reason === 'altered' ? 422 : 404);
};
