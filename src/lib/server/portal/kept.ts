// Answers of the portal already made, in memory: without an account everybody sees the same, in their language and theme,
// until a posting changes (list.ts) or a minute is over.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Database } from '../db/database';
import { postingMark } from './list';

interface Kept {
	status: number;
	headers: [string, string][];
	plain: Buffer<ArrayBuffer>;
	/** null: too small to gain by it. */
	gzip: Buffer<ArrayBuffer> | null;
	etag: string;
}

/** FAIRLOT_PORTAL_CACHE_MB, 32 unless told; 0 keeps none. */
const maxBytes = Number(process.env.FAIRLOT_PORTAL_CACHE_MB ?? 32) * 1024 * 1024;
/** What depends on the day is made anew after a minute. */
const KEPT_MS = 60_000;
const FAILED_MS = 1000;

/** What everybody may read and nobody is named in. */
const routes = /^\/\(public\)\/portal($|\/(results|targets|items|map|data|feed))/;

const kept = new LRUCache<string, Kept, () => Promise<Response>>({
	maxSize: Math.max(1, maxBytes),
	ttl: KEPT_MS,
	sizeCalculation: ({ plain, gzip }) => plain.byteLength + (gzip?.byteLength ?? 0) + 500,
	fetchMethod: async (_key, _stale, { context, options }) => {
		const made = await madeOf(await context());
		if (made.status !== 200 && made.status !== 410) options.ttl = FAILED_MS;
		return made;
	}
});

async function madeOf(response: Response): Promise<Kept> {
	const plain = Buffer.from(await response.arrayBuffer());
	const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
	const headers = [...response.headers].filter(([name]) => name !== 'etag' && name !== 'content-length');
	return {
		...{ status: response.status, headers, plain, etag },
		gzip: plain.byteLength > 1000 ? gzipSync(plain) : null
	};
}

export interface Asker {
	route: string | null;
	request: Request;
	url: URL;
	db: Database;
	county: string;
	/** Language and theme. */
	look: string;
	/** Nobody is signed in, and it is the page itself that is asked for. */
	open: boolean;
	at: Date;
}

/** The answer to a reader without account, made once however many ask for it at a time; anything else as it is made. */
export async function keptAnswer(asker: Asker, make: () => Promise<Response>): Promise<Response> {
	const { route, request, url, db, county, look, open, at } = asker;
	const keepable = open && request.method === 'GET' && maxBytes > 0 && !url.searchParams.has('lang');
	if (!keepable || route === null || !routes.test(route)) return make();
	const key = [county, await postingMark(db, county, at), look, url.pathname + url.search].join(' ');
	const made = (await kept.fetch(key, { context: make })) ?? (await madeOf(await make()));
	const headers = new Headers(made.headers);
	headers.set('vary', 'Cookie, Accept-Language, Accept-Encoding');
	if (made.status !== 200 && made.status !== 410)
		return new Response(made.plain, { status: made.status, headers });
	headers.set('etag', made.etag);
	headers.set('cache-control', 'public, max-age=30');
	if (request.headers.get('if-none-match')?.replace(/^W\//, '') === made.etag)
		return new Response(null, { status: 304, headers });
	const zipped = made.gzip && request.headers.get('accept-encoding')?.includes('gzip');
	if (zipped) headers.set('content-encoding', 'gzip');
	return new Response(zipped ? made.gzip : made.plain, { status: made.status, headers });
}
