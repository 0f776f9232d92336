import { building } from '$app/environment';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';
import { countyOf, noCounty, type County } from '$lib/server/county';
import { databaseFromEnvironment, openDatabase, type OpenDatabase } from '$lib/server/db/database';
import { loadDemo } from '$lib/server/demo/load';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';

let opened: OpenDatabase;

export const init: ServerInit = async () => {
	if (building) return;
	opened = await openDatabase(databaseFromEnvironment(process.env));
	// A trial starts with something to look at: an empty embedded database gets the demonstration county.
	if (opened.embedded) {
		await loadDemo(opened.db, {
			at: new Date(),
			onProgress: (stage, done, total) => console.error(`demonstration county: ${stage} ${done}/${total}`)
		});
	}
	// adapter-node emits this after the last request was answered.
	process.once('sveltekit:shutdown', () => void opened.close());
};

// Once registered, a county stays: it is read once.
let county: County | undefined;
async function currentCounty(): Promise<County> {
	if (county) return county;
	const found = await countyOf(opened.db);
	if (found !== noCounty) county = found;
	return found;
}

export const handle: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		event.locals.db = opened.db;
		event.locals.embedded = opened.embedded;
		event.locals.county = await currentCounty();
		event.locals.locale = locale;
		const theme = event.cookies.get('theme');
		const response = await resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%lang%', locale)
					.replace('%theme%', theme === 'dark' || theme === 'light' ? theme : 'system')
		});
		response.headers.set('X-Content-Type-Options', 'nosniff');
		response.headers.set('Referrer-Policy', 'same-origin');
		response.headers.set('X-Frame-Options', 'DENY');
		return response;
	});

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500) return { message };
	const id = crypto.randomUUID();
	console.error(`[${id}] ${event.request.method} ${event.url.pathname}`, error);
	return { message: 'Internal error', id };
};
