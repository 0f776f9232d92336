import { env } from '$env/dynamic/private';
import { error } from '@sveltejs/kit';
import { parseAddress } from '$lib/server/tiles';
import type { RequestHandler } from './$types';

/** 天地图 layers in Web Mercator: vector and imagery base, and their annotations. */
const layers = new Set(['vec', 'cva', 'img', 'cia']);

/** Fetched here, so that the token never reaches a browser: neither in an address nor in an error. */
export const GET: RequestHandler = async ({ params, fetch }) => {
	const address = parseAddress(params.z, params.x, params.y);
	if (!env.TIANDITU_TOKEN || !layers.has(params.layer) || !address) error(404, 'no such tile');
	const query = new URLSearchParams({
		SERVICE: 'WMTS',
		REQUEST: 'GetTile',
		VERSION: '1.0.0',
		LAYER: params.layer,
		STYLE: 'default',
		TILEMATRIXSET: 'w',
		FORMAT: 'tiles',
		TILEMATRIX: String(address.z),
		TILEROW: String(address.y),
		TILECOL: String(address.x),
		tk: env.TIANDITU_TOKEN
	});
	let answer: Response;
	try {
		answer = await fetch(`https://t${address.x % 8}.tianditu.gov.cn/${params.layer}_w/wmts?${query}`, {
			signal: AbortSignal.timeout(8000)
		});
	} catch {
		error(502, 'tianditu.gov.cn did not answer');
	}
	const type = answer.headers.get('content-type') ?? '';
	if (!answer.ok || !type.startsWith('image/')) error(502, 'tianditu.gov.cn gave no image');
	return new Response(answer.body, {
		headers: { 'Content-Type': type, 'Cache-Control': 'private, max-age=604800' }
	});
};
