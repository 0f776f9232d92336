// The phone's pages without a network: every script and style of this version is kept at installation, with the empty
// shell of /field, which any address below it opens with. Data is never kept here: it lies sealed in IndexedDB.
// A new version waits until the pages of the old one are closed, so that no page loses scripts it has not loaded yet.
/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;
const kept = `fairlot-field-${version}`;
/** Fonts, by the characters that were shown. */
const shown = 'fairlot-fonts';
const scripts = build.filter((path) => /\.(js|css)$/.test(path));
const shell = '/field';

worker.addEventListener('install', (event) => {
	const keep = async () => {
		const cache = await caches.open(kept);
		await cache.addAll([...scripts, '/icon.svg', '/field.webmanifest']);
		await cache.put(shell, await fetch(shell, { cache: 'no-store' }));
	};
	event.waitUntil(keep());
});

worker.addEventListener('activate', (event) => {
	const forget = async () => {
		for (const name of await caches.keys())
			if (name.startsWith('fairlot-field-') && name !== kept) await caches.delete(name);
		await worker.clients.claim();
	};
	event.waitUntil(forget());
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
	if (request.mode === 'navigate' && /^\/field(\/|$)/.test(url.pathname)) event.respondWith(page(request));
	else if (url.pathname.startsWith('/_app/immutable/') || url.pathname === '/icon.svg')
		event.respondWith(asset(request));
});

/** From here at once: a valley without signal answers after a minute, or never. */
const page = async (request: Request) => (await caches.match(shell)) ?? fetch(request);

async function asset(request: Request): Promise<Response> {
	const here = await caches.match(request);
	if (here) return here;
	const answer = await fetch(request);
	if (answer.ok) await (await caches.open(shown)).put(request, answer.clone());
	return answer;
}

// Where the browser can, it wakes this when there is a network again; the open page does the work.
worker.addEventListener('sync', ((event: ExtendableEvent & { tag: string }) => {
	if (event.tag !== 'fairlot-field') return;
	const tell = async () => {
		for (const client of await worker.clients.matchAll()) client.postMessage('sync');
	};
	event.waitUntil(tell());
}) as EventListener);
