import { building } from '$app/environment';
import { m } from '$lib/i18n/paraglide/messages';
import { paraglideMiddleware } from '$lib/i18n/paraglide/server';
import { decide, may, needsCounty, type Asked, type Situation } from '$lib/server/access';
import { createAuth, type Auth } from '$lib/server/auth';
import { authSettings, BadSettings } from '$lib/server/auth-settings';
import { startCheckpointClock } from '$lib/server/checkpoint-clock';
import { currentCounty, noCounty } from '$lib/server/county';
import { startCreditClock } from '$lib/server/credit/clock';
import { creditSettings } from '$lib/server/credit/settings';
import { databaseFromEnvironment, openDatabase, type OpenDatabase } from '$lib/server/db/database';
import { authIdentity, portalIdentity, systemIdentity, visitorIdentity } from '$lib/server/db/identity';
import { createDemoAccounts, demoAccountsText } from '$lib/server/demo-accounts';
import { demoField } from '$lib/server/demo/field';
import { loadDemo } from '$lib/server/demo/load';
import { demoResults } from '$lib/server/demo/results';
import { pageOf } from '$lib/server/elevated';
import { actionOf, recordRefused } from '$lib/server/caller';
import type { RefusalReason } from '$lib/server/refusal';
import { ledgerKey } from '$lib/server/ledger-key';
import { keptAnswer } from '$lib/server/portal/kept';
import { passCookies, readVisitor, recentVisitor } from '$lib/server/session';
import { beginTraining } from '$lib/server/training';
import {
	error,
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';

let opened: OpenDatabase;
let portal: App.Locals['portal'];
let accounts: App.Locals['accounts'];
let auth: Auth;
let keys: App.Locals['keys'];
let credit: App.Locals['credit'];
/** Set by `npm run training`. */
const training = !building && process.env.FAIRLOT_TRAINING === '1';

export const init: ServerInit = async () => {
	if (building) return;
	const where = databaseFromEnvironment(process.env);
	const { credit: creditWays, ...settings } = settingsOrStop(where);
	credit = creditWays;
	opened = await openDatabase(where);
	portal = opened.as(portalIdentity);
	accounts = opened.as(authIdentity);
	auth = createAuth(accounts, settings);
	keys = {
		secret: settings.secret,
		ledger: ledgerKey(process.env, { embedded: opened.embedded, folder: where.folder }),
		escrow: process.env.FAIRLOT_ESCROW_KEY
	};
	if (!keys.ledger.ok) console.error(keys.ledger.message);
	// A trial starts with something to look at: an empty embedded database gets the demonstration county.
	if (opened.embedded) {
		const at = new Date();
		await loadDemo(opened.db, {
			at,
			onProgress: (stage, done, total) => console.error(`demonstration county: ${stage} ${done}/${total}`)
		});
		await createDemoAccounts(opened.db, at);
		await demoResults(opened.db, accounts, at);
		await demoField(opened.db, at);
		if (training) await beginTraining(opened.db, at);
		console.log(demoAccountsText());
	}
	const clock = keys.ledger.ok
		? startCheckpointClock(opened.as(systemIdentity), keys.ledger, {
				now: () => new Date(),
				log: console.error
			})
		: undefined;
	// On PostGIS `npm run -s worker` sends, on as many machines as there are.
	const sender = opened.embedded
		? startCreditClock(opened.as(systemIdentity), {
				...{ settings: credit, embedded: true, now: () => new Date(), log: console.error }
			})
		: undefined;
	// adapter-node emits this after the last request was answered.
	process.once(
		'sveltekit:shutdown',
		() => void Promise.all([clock?.stop(), sender?.stop()]).then(() => opened.close())
	);
};

function settingsOrStop({ url, folder }: { url?: string; folder: string }) {
	try {
		if (training && url) throw new BadSettings('the training sandbox has its own data: unset DATABASE_URL');
		return { ...authSettings(process.env, url === undefined, folder), credit: creditSettings(process.env) };
	} catch (problem) {
		if (!(problem instanceof BadSettings)) throw problem;
		console.error(`Fairlot cannot start: ${problem.message}`);
		process.exit(1);
	}
}

export const handle: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		// No text of the database can hold it.
		if (event.url.href.includes('%00')) error(400, m.shell_error_address());
		request.formData = () => formOf(request);
		const { locals } = event;
		const at = new Date();
		locals.accounts = accounts;
		locals.portal = portal;
		locals.embedded = opened.embedded;
		locals.county = await currentCounty(accounts, at);
		locals.training = training;
		locals.demonstration = locals.embedded || locals.county.demo;
		locals.locale = locale;
		locals.auth = auth;
		locals.keys = keys;
		locals.credit = credit;
		const read = event.route.id?.endsWith('.mvt') ? recentVisitor : readVisitor;
		const { visitor, headers } = await read(auth, accounts, request.headers.get('cookie'), at);
		passCookies(event.cookies, headers, event.url.protocol === 'https:');
		locals.user = visitor?.demo && !locals.demonstration ? null : visitor;
		locals.db = opened.as(visitorIdentity(locals.user, locals.embedded));
		await guard(event, { guests: locals.embedded, demonstration: locals.demonstration }, at);

		const chosen = event.cookies.get('theme');
		const theme = chosen === 'dark' || chosen === 'light' ? chosen : 'system';
		const answer = async () =>
			resolve(event, {
				transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%theme%', theme)
			});
		const { portal: db, county } = locals;
		const response = await keptAnswer(
			{
				...{ route: event.route.id, request, url: event.url, db, county: county.code, at },
				look: `${locale} ${theme}`,
				open: locals.user === null && !event.isDataRequest
			},
			answer
		);
		response.headers.set('X-Content-Type-Options', 'nosniff');
		response.headers.set('Referrer-Policy', 'same-origin');
		response.headers.set('X-Frame-Options', 'DENY');
		// What someone signed in saw does not stay in the browser.
		if (locals.user && response.headers.get('content-type')?.startsWith('text/html'))
			response.headers.set('Cache-Control', 'private, no-store');
		return response;
	});

/** A body that is not the form its header announces is the sender's fault, not ours. */
async function formOf(request: Request): Promise<FormData> {
	try {
		return await Request.prototype.formData.call(request);
	} catch (problem) {
		if (problem instanceof TypeError) error(400, m.shell_error_form());
		throw problem;
	}
}

/** Before any load, action or endpoint: returns when the request may go on, else records the refusal and throws. */
async function guard(event: RequestEvent, situation: Situation, at: Date): Promise<void> {
	const { locals, request, url } = event;
	const asked: Asked = { route: event.route.id, method: request.method, action: actionOf(url) };
	const verdict = crossSite(request, url)
		? ({ ok: false, reason: 'cross_site' } as const)
		: decide(asked, locals.user, situation);
	if (verdict.ok) return led(event, asked);
	await recordRefused(event, verdict.reason, at);
	refuse(event, verdict.reason);
}

/** While there is no county, whoever may set it up is led there, and nobody else has anything to work on. */
function led({ locals, request, isDataRequest }: RequestEvent, asked: Asked): void {
	if (locals.county !== noCounty || !needsCounty(asked)) return;
	const page = isDataRequest || request.headers.get('accept')?.includes('text/html');
	if (page && locals.user && may(locals.user, 'setup')) redirect(303, '/setup');
	error(503, m.setup_not_yet());
}

/** Browsers name the origin of whatever changes something; other programs carry no cookies of ours by accident. */
function crossSite(request: Request, url: URL): boolean {
	if (request.method === 'GET' || request.method === 'HEAD') return false;
	const origin = request.headers.get('origin');
	if (origin !== null) return origin !== url.origin;
	const site = request.headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin' && site !== 'none';
	// Neither header: an old browser may be sending a form of any site, a program sends what a form cannot.
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
	return ['', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'].includes(type);
}

/** A page leads on to where the visitor can do something about it; anything else gets the status and a sentence. */
function refuse(event: RequestEvent, reason: RefusalReason): never {
	const { request, url, locals } = event;
	const page =
		event.isDataRequest ||
		request.headers.has('x-sveltekit-action') ||
		request.headers.get('accept')?.includes('text/html');
	const next = encodeURIComponent(pageOf(url));
	if (reason === 'no_session') {
		if (!page) error(401, m.account_refused_no_session());
		const had = request.headers.get('cookie')?.includes('fairlot.session_token=');
		const note = had ? '&note=ended' : locals.embedded ? '&note=write' : '';
		redirect(303, `/sign-in?next=${next}${note}`);
	}
	if (page && reason === 'password_change') redirect(303, '/account');
	if (page && reason === 'second_factor')
		redirect(303, locals.user?.secondFactorEnrolled ? `/account/confirm?next=${next}` : '/account');
	const said: Partial<Record<RefusalReason, () => string>> = {
		wrong_role: m.account_refused_wrong_role,
		cross_site: m.account_refused_cross_site,
		password_change: m.account_refused_password_change,
		second_factor: m.account_refused_second_factor
	};
	error(403, (said[reason] ?? m.account_refused_unlisted)());
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status < 500) return { message };
	const id = crypto.randomUUID();
	console.error(`[${id}] ${event.request.method} ${event.url.pathname}`, error);
	return { message: 'Internal error', id };
};
