// Signing in through an OpenID Connect provider: the linked account gets in, and whatever is not exactly as it should be
// is refused.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeAccount, createAccount, stepAccount, type By } from '../../src/lib/server/account';
import { createAuth, type Auth } from '../../src/lib/server/auth';
import { needsSecondFactor } from '../../src/lib/server/access';
import type { Database } from '../../src/lib/server/db/database';
import { readVisitor } from '../../src/lib/server/session';
import { isElevated, type Caller } from '../../src/lib/server/sign-in';
import { beginSignOn, failedPath, finishSignOn } from '../../src/lib/server/sign-on';
import { freshDatabase } from '../support/database';
import { OidcProvider, type Answer } from '../support/oidc-provider';
import { value } from '../support/value';

const baseURL = 'http://fairlot.test';
const by: By = { actor: 'operator', at: new Date('2026-03-02T02:00:00Z'), address: null };
const provider = new OidcProvider();
let db: Database;
let auth: Auth;
let account: string;
let from = 0;
let caller: Caller;

beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county('350125', '永泰县', 4549, false)`.execute(db);
	await provider.start();
	auth = createAuth(db, {
		secret: 's'.repeat(40),
		baseURL,
		oidc: {
			...{ issuer: provider.issuer, clientId: provider.client.id, clientSecret: provider.client.secret },
			name: '统一认证'
		}
	});
	const details = {
		username: 'linked',
		name: '张三',
		roles: ['leader' as const],
		office: null,
		subject: 's-1'
	};
	account = value(await createAccount(db, details, by)).id;
});
afterAll(() => provider.stop());
beforeEach(() => void (caller = { cookie: null, address: `10.1.0.${++from}`, agent: 'test' }));

const withCookies = (headers: Headers, before = ''): string =>
	[before, ...headers.getSetCookie().map((line) => line.split(';')[0])].filter(Boolean).join('; ');

/** The browser's way to the provider and back: the query it returns with, and the cookies it then has. */
async function there(answer: Partial<Answer>, next = '/plans') {
	provider.will(answer);
	const begun = await beginSignOn(auth, next, caller);
	if (!begun.ok) throw new Error(begun.reason);
	const response = await fetch(begun.url, { redirect: 'manual' });
	expect(response.status, await response.text()).toBe(302);
	const back = new URL(response.headers.get('location')!);
	expect(back.origin + back.pathname).toBe(`${baseURL}/sign-in/return`);
	return { search: back.search, cookie: withCookies(begun.headers) };
}
const finish = (search: string, cookie: string | null) => finishSignOn(auth, search, { ...caller, cookie });
async function through(answer: Partial<Answer>, next?: string) {
	const { search, cookie } = await there(answer, next);
	return finish(search, cookie);
}
const visitor = async (headers: Headers) =>
	(await readVisitor(auth, db, withCookies(headers), new Date())).visitor;
const accounts = () => db.selectFrom('auth.user').select('id').execute();
const sessions = () => db.selectFrom('auth.session').select('id').execute();

describe('the linked account gets in', () => {
	it.each(['RS256', 'ES256'] as const)('with a token signed by %s', async (algorithm) => {
		const result = await through({ subject: 's-1', algorithm });
		expect(provider.complaints).toEqual([]);
		expect(result).toMatchObject({ ok: true, to: '/plans' });
		const inside = (await visitor(result.headers))!;
		expect(inside).toMatchObject({ id: account, username: 'linked', roles: ['leader'] });
		// The provider's password is not ours: what cannot be undone asks again.
		expect(isElevated(inside, new Date())).toBe(false);
		expect(inside.secondFactorGiven).toBe(false);
	});

	it('whatever address the provider has of them, or none', async () => {
		expect((await through({ subject: 's-1', email: null })).ok).toBe(true);
		expect((await through({ subject: 's-1', email: 'other@sso.example' })).ok).toBe(true);
		const row = await db.selectFrom('auth.user').select(['email', 'name']).executeTakeFirstOrThrow();
		expect(row).toEqual({ email: 'linked@account.invalid', name: '张三' });
		const kept = await db
			.selectFrom('auth.account')
			.where('provider_id', '=', 'oidc')
			.select(['access_token', 'refresh_token', 'id_token'])
			.executeTakeFirstOrThrow();
		expect(Object.values(kept)).toEqual([null, null, null]);
	});

	it('as an admin, with the second factor still to come', async () => {
		const details = { name: '张三', office: null, subject: 's-1' };
		value(await changeAccount(db, account, { ...details, roles: ['system_admin'] }, by));
		const inside = (await visitor((await through({ subject: 's-1' })).headers))!;
		expect(needsSecondFactor(inside, { guests: false, demonstration: false })).toBe(true);
		expect(inside.secondFactorGiven).toBe(false);
		value(await changeAccount(db, account, { ...details, roles: ['leader'] }, by));
	});

	it('by the signed token alone: userinfo has no say', async () => {
		const result = await through({ subject: 's-1', userinfoSubject: 's-2', email: null });
		expect((await visitor(result.headers))?.id).toBe(account);
	});

	it('and returns to a path of this site only', async () => {
		for (const next of ['https://elsewhere.example/', '//elsewhere.example/', 'javascript:alert(1)'])
			expect(await through({ subject: 's-1' }, next)).toMatchObject({ ok: true, to: '/' });
	});
});

describe('refused', () => {
	it.each<[string, Partial<Answer>]>([
		['somebody nobody linked', { subject: 's-2' }],
		['somebody with the address of an account', { subject: 's-2', email: 'linked@account.invalid' }],
		['the subject of another issuer', { subject: 's-1', claims: { iss: 'https://other.example' } }],
		['a token without issuer', { subject: 's-1', claims: { iss: null } }],
		['a token for another client', { subject: 's-1', claims: { aud: 'another' } }],
		['a token with another nonce', { subject: 's-1', claims: { nonce: 'of another sign-in' } }],
		['a token without nonce', { subject: 's-1', claims: { nonce: null } }],
		['an expired token', { subject: 's-1', claims: { exp: Math.floor(Date.now() / 1000) - 120 } }],
		['a token of tomorrow', { subject: 's-1', claims: { nbf: Math.floor(Date.now() / 1000) + 86_400 } }],
		['a token signed by another key', { subject: 's-1', token: 'other_key' }],
		['a token signed by another key, ES256', { subject: 's-1', token: 'other_key', algorithm: 'ES256' }],
		['an unsigned token', { subject: 's-1', token: 'unsigned' }],
		['no token', { subject: 's-1', token: 'none' }],
		['a token without subject', { subject: 's-1', claims: { sub: null } }],
		['cancelled at the provider', { subject: 's-1', error: 'access_denied' }]
	])('%s', async (_, answer) => {
		const before = [await accounts(), await sessions()];
		const result = await through(answer);
		expect({ ok: result.ok, to: result.to }).toEqual({ ok: false, to: failedPath });
		expect(await visitor(result.headers)).toBeNull();
		expect([await accounts(), await sessions()]).toEqual(before);
	});

	it('a way back with another state, without state, or of another browser', async () => {
		for (const change of [
			(query: URLSearchParams) => query.set('state', 'x'.repeat(32)),
			(query: URLSearchParams) => query.delete('state'),
			(query: URLSearchParams) => query.set('code', 'guessed')
		]) {
			const { search, cookie } = await there({ subject: 's-1' });
			const query = new URLSearchParams(search);
			change(query);
			expect((await finish(`?${query}`, cookie)).ok).toBe(false);
		}
		const { search } = await there({ subject: 's-1' });
		expect((await finish(search, null)).ok).toBe(false);
		const other = await there({ subject: 's-1' });
		expect((await finish(search, other.cookie)).ok).toBe(false);
	});

	it('the same way back a second time', async () => {
		const { search, cookie } = await there({ subject: 's-1' });
		expect((await finish(search, cookie)).ok).toBe(true);
		expect((await finish(search, cookie)).ok).toBe(false);
	});

	it('a disabled account', async () => {
		value(await stepAccount(db, account, 'disable', by));
		expect((await through({ subject: 's-1' })).ok).toBe(false);
		value(await stepAccount(db, account, 'enable', by));
		expect((await through({ subject: 's-1' })).ok).toBe(true);
	});

	it('a provider that does not answer', async () => {
		const gone = createAuth(db, {
			...{ secret: 's'.repeat(40), baseURL },
			oidc: { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', name: '' }
		});
		expect(await beginSignOn(gone, '/plans', caller)).toEqual({ ok: false, reason: 'sign_on' });
	});

	describe('a provider whose discovery names another issuer than the one configured', () => {
		const discovered = 'https://other.example';
		const fresh = () =>
			createAuth(db, {
				...{ secret: 's'.repeat(40), baseURL },
				oidc: {
					...{ issuer: provider.issuer, clientId: provider.client.id, name: '' },
					clientSecret: provider.client.secret
				}
			});

		it('before anybody is sent there, with both names in the log', async () => {
			provider.will({ discovered });
			const said = vi.spyOn(console, 'error').mockReturnValue();
			expect(await beginSignOn(fresh(), '/plans', caller)).toEqual({ ok: false, reason: 'sign_on_issuer' });
			expect(said.mock.calls.flat().join()).toContain(`${provider.issuer}, but its discovery document`);
			expect(said.mock.calls.flat().join()).toContain(discovered);
			said.mockRestore();
		});

		it('on the way back too, although its token agrees with its discovery', async () => {
			const { search, cookie } = await there({ subject: 's-1', claims: { iss: discovered } });
			provider.will({ discovered });
			const before = await sessions();
			expect((await finishSignOn(fresh(), search, { ...caller, cookie })).ok).toBe(false);
			expect(await sessions()).toEqual(before);
		});
	});
});
