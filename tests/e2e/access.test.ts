// Every refusal over HTTP, against the built server: wrong role, no session, ended session, missing second factor,
// replayed form, cross-site request; and the whole matrix of roles and routes.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
	accessTo,
	guestPermissions,
	permissions,
	type Access,
	type Asked
} from '../../src/lib/server/access';
import { demoAccounts } from '../../src/lib/server/demo-accounts';
import type { Role } from '../../src/lib/schema/account';
import type { RefusalReason } from '../../src/lib/server/refusal';
import { routeFiles } from '../support/route-files';
import { signedIn, Visit } from '../support/sign-in';
import { totp } from '../support/totp';

const origin = inject('origin');
/** On the embedded database a visitor without account may read. */
const guests = !process.env.TEST_DATABASE_URL;

const parameters: Record<string, string> = {
	draw: '1',
	uscc: '91350100M000100Y43',
	z: '14',
	x: '13605',
	y: '6990'
};
/** A path of a route: nothing that exists is needed, since access is decided before anything is looked up. */
const pathOf = (route: string) =>
	route
		.replace(/\/\([^)]*\)/g, '')
		.replace('/plans/[id]', '/plans/00000000-0000-4000-8000-000000000000')
		// Of nobody's townships: what is another office's is refused by itself.
		.replace('/results/[id]', '/results/99999999')
		.replace('/draws/[id]/[file]', '/draws/1/manifest.json')
		.replace('[layer]', 'townships')
		.replace(/\[([^\]]+)\]/g, (_, name: string) => parameters[name] ?? '1') || '/';

/** What each request of the application needs; signing out is tested by itself. */
const requests = routeFiles().flatMap(({ id, page, methods, actions }) =>
	[
		...(page && !methods.includes('GET') ? [{ route: id, method: 'GET', action: null }] : []),
		...methods.map((method) => ({ route: id, method, action: null })),
		...actions.map((action) => ({ route: id, method: 'POST', action: action === 'default' ? null : action }))
	].filter(({ route }) => route !== '/(public)/sign-out')
);
const needing = (wanted: (access: Access) => boolean) =>
	requests.filter((asked) => {
		const access = accessTo(asked);
		return access !== undefined && wanted(access);
	});
const isPermission = (access: Access): boolean => access in permissions;

/** The status of a request made as a program does, so that a refusal is a status and not a redirect. */
async function statusOf(visit: Visit, { route, method, action }: Asked): Promise<number> {
	const path = pathOf(route ?? '') + (action === null ? '' : `?/${action}`);
	const response = await visit.ask(path, {
		method,
		headers: { accept: 'application/json' },
		...(['GET', 'HEAD'].includes(method) ? {} : { body: new URLSearchParams() })
	});
	await response.body?.cancel();
	return response.status;
}
const nameOf = ({ route, method, action }: Asked) =>
	`${method} ${route}${action === null ? '' : `?/${action}`}`;
/** Those that were refused, eight asked at a time. */
const refusedTo = async (visit: Visit, asked: Asked[]) => {
	const statuses = new Map<Asked, number>();
	const left = [...asked];
	const worker = async () => {
		for (let one = left.shift(); one; one = left.shift()) statuses.set(one, await statusOf(visit, one));
	};
	await Promise.all(Array.from({ length: 8 }, worker));
	return asked.filter((one) => [401, 403].includes(statuses.get(one)!)).map(nameOf);
};

/** One session for each account, for all tests that do not end it: an address may sign in twenty times in ten seconds. */
const sessions = new Map<string, Promise<Visit>>();
function visitOf(username: string): Promise<Visit> {
	const known = sessions.get(username) ?? signedIn(origin, username);
	sessions.set(username, known);
	return known;
}

/** The requests refused for a reason, as the audit admin reads them. */
const refusals = async (reason: RefusalReason, who = '') => {
	const of = who && `&who=${who}`;
	const page = await (
		await (await visitOf('audit')).page(`/admin/accounts?tab=refusals&reason=${reason}${of}`)
	).text();
	return [...page.matchAll(/<td><code>([^<]*)<\/code>/g)].map(([, request]) => request);
};

describe('the matrix of roles and routes', () => {
	const inLog = (asked: Asked[]) => asked.map((one) => nameOf(one).replace(/\/\([^)]*\)/g, '')).sort();

	// One account a role: the notary is a second witness.
	const each = demoAccounts.filter(({ username }) => username !== 'notary');
	it.each(each)('$role: allowed, refused, recorded', async ({ username, role }) => {
		const visit = await visitOf(username);
		const asked = needing(isPermission);
		const expected = asked.filter(
			(one) => !(permissions[accessTo(one) as keyof typeof permissions] as readonly Role[]).includes(role)
		);
		expect(await refusedTo(visit, asked)).toEqual(expected.map(nameOf));
		const noted = new Set(await refusals('wrong_role', username));
		expect(inLog(expected).filter((one) => !noted.has(one))).toEqual([]);
	});

	it('nobody: the public routes, and in a demonstration what a guest may read', async () => {
		const visit = new Visit(origin);
		const open = (access: Access) =>
			access === 'public' || (guests && (guestPermissions as readonly Access[]).includes(access));
		const asked = requests.filter(({ route }) => route !== '/(public)/sign-in');
		const expected = asked.filter((one) => !open(accessTo(one)!));
		expect(await refusedTo(visit, asked)).toEqual(expected.map(nameOf));
		const noted = new Set(await refusals('no_session'));
		expect(inLog(expected).filter((one) => !noted.has(one))).toEqual([]);
	});

	it('own account: open to whoever is signed in', async () => {
		const visit = await visitOf('partner');
		const asked = needing((access) => access === 'account' || access === 'session');
		expect(await refusedTo(visit, asked)).toEqual([]);
	});

	it('refuses methods and actions nobody listed', async () => {
		const planner = await visitOf('planner');
		expect(await statusOf(planner, { route: '/plans', method: 'DELETE', action: null })).toBe(403);
		expect(await statusOf(planner, { route: '/plans/new', method: 'POST', action: 'toString' })).toBe(403);
		expect(await statusOf(planner, { route: '/nowhere', method: 'GET', action: null })).toBe(404);
	});
});

describe('refused, and recorded', () => {
	it('wrong role: a page, its data and a form', async () => {
		const leader = await visitOf('leader');
		const page = await leader.page('/plans/new');
		expect(page.status).toBe(403);
		expect(await page.text()).toMatch(/角色|role/);
		const data = await leader.ask('/plans/new/__data.json');
		expect(data.status).toBe(403);
		expect((await leader.form('/plans/new')).status).toBe(403);
		expect(await refusals('wrong_role')).toEqual(
			expect.arrayContaining(['GET /plans/new', 'POST /plans/new'])
		);
	});

	it('no session: a page leads to the sign-in and back, its data too, a program gets 401', async () => {
		const nobody = new Visit(origin);
		const page = await nobody.page('/plans/new?kind=land_parcel');
		expect(page.status).toBe(303);
		expect(page.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fplans%2Fnew%3Fkind%3Dland_parcel/);
		const data = (await (await nobody.ask('/plans/new/__data.json')).json()) as {
			type: string;
			location: string;
		};
		expect(data).toMatchObject({ type: 'redirect', location: expect.stringMatching(/^\/sign-in/) as string });
		const form = await nobody.form('/plans/new?/default');
		expect(form.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fplans%2Fnew/);
		const run = '/plans/00000000-0000-4000-8000-000000000000/draw/run';
		expect((await nobody.ask(run, { method: 'POST', body: '{}' })).status).toBe(401);
		expect(await refusals('no_session')).toContain('POST /plans/[id]/draw/run');
	});

	it('a session that was ended elsewhere', async () => {
		const kept = await signedIn(origin, 'publisher');
		const lost = await signedIn(origin, 'publisher');
		expect((await lost.page('/plans')).status).toBe(200);
		const shown = await (await kept.page('/account')).text();
		for (const [, session = ''] of shown.matchAll(/name="session" value="([^"]+)"/g))
			await kept.form('/account?/revoke', { session });
		const page = await lost.page('/account');
		expect(page.headers.get('location')).toBe('/sign-in?next=%2Faccount&note=ended');
		expect((await kept.page('/account')).status).toBe(200);
	});

	it('a form sent again after signing out', async () => {
		const planner = await signedIn(origin, 'planner');
		const cookie = planner.cookie;
		const reached = await planner.form('/plans/new', { name: '' });
		expect(reached.status).toBe(400);
		expect((await planner.form('/sign-out')).headers.get('location')).toBe('/sign-in');
		const again = await new Visit(origin).form('/plans/new', { name: '' }, { cookie });
		expect(again.status).toBe(303);
		expect(again.headers.get('location')).toBe('/sign-in?next=%2Fplans%2Fnew&note=ended');
	});

	it('from another site, form or not', async () => {
		const planner = await visitOf('planner');
		const elsewhere = { origin: 'https://elsewhere.example' };
		for (const type of [
			'application/x-www-form-urlencoded',
			'multipart/form-data; boundary=x',
			'text/plain'
		]) {
			const headers = { 'content-type': type, accept: 'text/html' };
			for (const from of [elsewhere, { origin: 'null' }]) {
				const sent = planner.ask('/plans/new', {
					method: 'POST',
					headers: { ...headers, ...from },
					body: ''
				});
				expect((await sent).status, `${type} ${from.origin}`).toBe(403);
			}
		}
		expect(await refusals('cross_site')).toContain('POST /plans/new');
		const json = (headers: Record<string, string>) =>
			planner.ask('/plans/preview', {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: '{}'
			});
		expect((await json(elsewhere)).status).toBe(403);
		expect((await json({ origin: 'null' })).status).toBe(403);
		expect((await json({})).status).toBe(400);
		expect(await refusals('cross_site')).toContain('POST /plans/preview');
	});

	it('a wrong password, and says no more than that', async () => {
		const text = async (username: string) => {
			const response = await new Visit(origin).signIn(username, 'not the password');
			expect(response.status).toBe(401);
			expect(response.headers.getSetCookie().join()).not.toContain('session_token=');
			return (await response.text()).match(/role="alert"[\s\S]*?<\/div>\s*<\/div>/)?.[0];
		};
		const known = await text('head');
		expect(known).toBeDefined();
		expect(await text('no_such_account')).toBe(known);
		expect(await refusals('sign_in_failed')).toContain('POST /sign-in?/password');
	});
});

/** An object of a page's data that has this value in a field, as its fields; SvelteKit sends them in one flat list. */
async function inData(visit: Visit, path: string, field: string, wanted: string) {
	const { nodes } = (await (await visit.ask(`${path}/__data.json`)).json()) as {
		nodes: ({ data?: unknown[] } | null)[];
	};
	for (const { data = [] } of nodes.map((node) => node ?? {}))
		for (const entry of data) {
			if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
			const place = (entry as Record<string, number>)[field];
			if (place === undefined || data[place] !== wanted) continue;
			return Object.fromEntries(Object.entries(entry).map(([name, at]) => [name, data[at as number]]));
		}
	throw new Error(`${path}: nothing with ${field} ${wanted}`);
}

describe('a session that is taken away', () => {
	it.each(['revoke', 'disable'])('loses pages at once and tiles within two seconds: %s', async (step) => {
		const lost = await signedIn(origin, 'publisher');
		const tile = () => lost.ask('/tiles/townships/10/850/440.mvt');
		expect((await lost.page('/plans')).status).toBe(200);
		expect([200, 204, 404]).toContain((await tile()).status);
		const security = await visitOf('security');
		const { id } = await inData(security, '/admin/accounts', 'username', 'publisher');
		expect((await security.form(`/admin/accounts?/${step}`, { id: String(id) })).status).toBe(200);
		const taken = Date.now();
		try {
			// In a demonstration a guest may still look; what needs an account is gone in any case.
			if (!guests) expect((await lost.page('/plans')).headers.get('location')).toMatch(/^\/sign-in/);
			expect((await lost.page('/account')).headers.get('location')).toMatch(/^\/sign-in/);
			expect((await lost.form('/plans/new')).headers.get('location')).toMatch(/^\/sign-in/);
			if (step === 'disable') expect((await lost.signIn('publisher')).status).toBe(401);
			if (guests) return;
			while ((await tile()).status !== 401 && Date.now() - taken < 5000)
				await new Promise((wait) => setTimeout(wait, 100));
			expect(Date.now() - taken).toBeLessThan(2500);
		} finally {
			if (step === 'disable') await security.form('/admin/accounts?/enable', { id: String(id) });
		}
	});
});

/** A draw frozen under one witness, as forms without script make it: its number. */
async function frozenDraw(planner: Visit, name: string): Promise<string> {
	const made = await planner.form('/plans/new', {
		...{ name, kind: 'mining_right', area: '', areaRule: 'intersects', sizeBy: 'number' },
		...{ ratioPercent: '5', sampleSize: '20', minPerTownship: '0', h3Resolution: '7', grid: '1' },
		...{ substitutes: '1', weightA: '0.5', weightB: '1', weightC: '2', weightD: '4', weightBlacklist: '4' }
	});
	const plan = made.headers.get('location') ?? '';
	expect(plan).toMatch(/^\/plans\/[0-9a-f-]{36}$/);
	const witness = await inData(planner, `${plan}/ceremony`, 'username', 'witness');
	const frozen = await planner.form(`${plan}/ceremony`, {
		...{ level: 'L1', witness1: String(witness.id), body1: '局办公室', noticeMinutes: '0' },
		...{ revealHours: '24', closeDays: '30' }
	});
	const draw = /^\/draws\/(\d+)\/ceremony/.exec(frozen.headers.get('location') ?? '')?.[1] ?? '';
	expect(draw, await frozen.text()).not.toBe('');
	return draw;
}

describe('papers of a draw', () => {
	const paper = async (visit: Visit, draw: string, file: string) =>
		(await visit.ask(`/draws/${draw}/filing/${file}`)).status;

	it('are not there for what is no draw, no ceremony or no paper', async () => {
		const leader = await visitOf('leader');
		for (const draw of ['0', '1', '99999', 'x']) {
			expect(await paper(leader, draw, 'filing.docx'), draw).toBe(404);
			expect((await leader.page(`/draws/${draw}/filing`)).status, draw).toBe(404);
		}
		expect(await paper(leader, '1', 'constructor')).toBe(404);
	});

	it('come in their order: none before the commitment, no list before the draw', async () => {
		const planner = await visitOf('planner');
		const draw = await frozenDraw(planner, '文书次序');
		const papers = ['commitment', 'filing', 'sealed', 'notices', 'approvals'];
		const statuses = () => Promise.all(papers.map((name) => paper(planner, draw, `${name}.docx`)));
		expect(await statuses()).toEqual([409, 409, 409, 409, 409]);
		const act = (action: string, more = {}) => planner.form(`/draws/${draw}/ceremony?/${action}`, more);
		expect((await act('announce')).status).toBeLessThan(400);
		expect(await statuses()).toEqual([200, 409, 409, 409, 409]);
		expect((await act('abort', { reason: '仅为核对文书次序' })).status).toBeLessThan(400);
		expect(await statuses()).toEqual([200, 409, 409, 409, 409]);
		// The public has no papers, only the portal.
		expect(await paper(new Visit(origin), draw, 'commitment.docx')).toBe(guests ? 200 : 401);
	});
});

describe('wrong office', () => {
	/** The demonstration's offices by their codes, with their townships; the head belongs to the first. */
	const offices = async (visit: Visit) => {
		const answer = await visit.ask('/ogc/collections/offices/items?f=json&limit=100');
		const { features } = (await answer.json()) as {
			features: { id: string; properties: { name: string; townships: string } }[];
		};
		return features
			.map(({ id, properties: { name, townships } }) => ({ id, name, townships: townships.split(',') }))
			.sort((a, b) => (a.id < b.id ? -1 : 1));
	};

	it("a head asks for and decides on the own office's targets only", async () => {
		const planner = await visitOf('planner');
		const [witness, head, leader] = [
			await visitOf('witness'),
			await visitOf('head'),
			await visitOf('leader')
		];
		const draw = await frozenDraw(planner, '只管本所');
		const step = async (visit: Visit, action: string, fields = {}) => {
			const answer = await visit.form(`/draws/${draw}/ceremony?/${action}`, fields);
			expect(answer.status, `${action}: ${await answer.text()}`).toBe(303);
		};
		const digits = '31415926535897932384';
		await step(planner, 'announce');
		await step(witness, 'digits', { digits, again: digits });
		await step(planner, 'draw');
		const { selected } = (await (await planner.ask(`/draws/${draw}/manifest.json`)).json()) as {
			selected: { serial: number; township: string }[];
		};
		const own = new Set((await offices(planner))[0]!.townships);
		const [here, elsewhere] = [true, false].map(
			(wanted) => selected.find(({ township }) => own.has(township) === wanted)!.serial
		);
		const ask = (visit: Visit, serial: number, evidence = '现场已停产') =>
			visit.form(`/draws/${draw}/substitutes?/ask`, {
				...{ serial: String(serial), reason: 'closed', evidence }
			});
		expect((await ask(head, elsewhere!)).status).toBe(403);
		expect(await refusals('wrong_office', 'head')).toContain('POST /draws/[id]/substitutes?/ask');
		expect((await ask(head, here!)).status).toBe(303);
		expect((await ask(planner, elsewhere!, '他所对象')).status).toBe(303);
		const { id } = await inData(planner, `/draws/${draw}/substitutes`, 'evidence', '他所对象');
		const decide = (visit: Visit) =>
			visit.form(`/draws/${draw}/substitutes?/decide`, { id: String(id), decision: 'approved' });
		expect((await decide(head)).status).toBe(403);
		expect(await refusals('wrong_office', 'head')).toContain('POST /draws/[id]/substitutes?/decide');
		expect((await decide(leader)).status).toBe(303);
	});

	it("a head says who is away of the own office's inspectors only", async () => {
		const head = await visitOf('head');
		const [own, other] = await offices(head);
		const away = async (office: string) => {
			const { code } = await inData(head, '/crews/roster', 'officeName', office);
			const days = { from: '2031-03-03', to: '2031-03-03' };
			return head.form('/crews/roster?/absence', {
				...{ inspector: String(code), ...days, away: 'true', reason: '培训' }
			});
		};
		expect((await away(other!.name)).status).toBe(403);
		expect(await refusals('wrong_office', 'head')).toContain('POST /crews/roster?/absence');
		expect((await away(own!.name)).status).toBe(303);
	});
});

describe('the second factor', () => {
	let key = '';
	beforeAll(async () => {
		const visit = await signedIn(origin, 'reviewer');
		const begun = await (await visit.form('/account?/enrol', { password: 'demo-county-2026' })).text();
		const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(begun)?.[1] ?? '';
		const uri = field('uri').replaceAll('&amp;', '&');
		key = new URL(uri).searchParams.get('secret') ?? '';
		const done = await visit.form('/account?/verify', { uri, codes: field('codes'), code: totp(key) });
		expect(done.status).toBe(200);
		return async () => {
			const again = new Visit(origin);
			await again.signIn('reviewer');
			await again.form('/sign-in?/code', { code: totp(key) });
			expect((await again.form('/account?/disable', { password: 'demo-county-2026' })).status).toBe(200);
		};
	});

	it('missing: the password alone opens nothing', async () => {
		const visit = new Visit(origin);
		const half = await visit.signIn('reviewer');
		expect(half.status).toBe(200);
		expect(await half.text()).toContain('name="code"');
		expect(visit.cookie).not.toContain('session_token');
		expect((await visit.page('/account')).headers.get('location')).toMatch(/^\/sign-in/);
		expect((await visit.form('/sign-in?/code', { code: '000000' })).status).toBe(401);
		expect((await visit.page('/account')).headers.get('location')).toMatch(/^\/sign-in/);
		const whole = await visit.form('/sign-in?/code', { code: totp(key) });
		expect(whole.status).toBe(303);
		expect((await visit.page('/account')).status).toBe(200);
	});

	it('a code without the password before it opens nothing', async () => {
		const visit = new Visit(origin);
		expect((await visit.form('/sign-in?/code', { code: totp(key) })).status).toBe(401);
		expect(visit.cookie).not.toContain('session_token');
	});
});

it('keeps the session cookie from scripts and other sites', async () => {
	const response = await new Visit(origin).signIn('leader');
	const line = response.headers.getSetCookie().find((one) => one.startsWith('fairlot.session_token='));
	expect(line).toMatch(/HttpOnly/i);
	expect(line).toMatch(/SameSite=Lax/i);
	const page = await (await visitOf('leader')).page('/account');
	expect(page.headers.get('cache-control')).toBe('private, no-store');
});

it('better-auth has no address of its own', async () => {
	for (const path of ['/api/auth/sign-in/username', '/api/auth/sign-up/email', '/api/auth/get-session'])
		expect((await new Visit(origin).ask(path)).status).toBe(404);
});
