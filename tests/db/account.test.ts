import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewAccount } from '../../src/lib/schema/account';
import {
	actorOf,
	changeAccount,
	changePassword,
	createAccount,
	stepAccount,
	type By
} from '../../src/lib/server/account';
import { claimGuess, forgiveGuess } from '../../src/lib/server/attempt';
import { createAuth, type Auth } from '../../src/lib/server/auth';
import { authSettings } from '../../src/lib/server/auth-settings';
import type { Database } from '../../src/lib/server/db/database';
import { createDemoAccounts, demoAccounts } from '../../src/lib/server/demo-accounts';
import { oneTimePassword, passwordProblem } from '../../src/lib/server/password';
import { recordRefusal } from '../../src/lib/server/refusal';
import { beginEnrolment, finishEnrolment } from '../../src/lib/server/second-factor';
import { readVisitor, type Visitor } from '../../src/lib/server/session';
import { confirm, giveCode, isElevated, signIn, type Caller } from '../../src/lib/server/sign-in';
import { freshDatabase } from '../support/database';
import { totp } from '../support/totp';
import { value } from '../support/value';

let db: Database;
let auth: Auth;
const county = '350125';
const by: By = { actor: 'operator', at: new Date('2026-03-02T02:00:00Z'), address: null };
const password = 'Correct-Horse-9';
const minutes = (n: number) => new Date(Date.now() + n * 60_000);

// Every test its own address, so that neither the counts nor the rate limit of one reach the next.
let from = 0;
let caller: Caller;
const withCookies = (headers: Headers): Caller => ({
	...caller,
	cookie: headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ')
});

beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county(${county}, '永泰县', 4549, true)`.execute(db);
	auth = createAuth(db, { secret: 's'.repeat(40), baseURL: 'http://fairlot.test', oidc: null });
});
beforeEach(() => void (caller = { cookie: null, address: `10.0.0.${++from}`, agent: 'test' }));

async function make(username: string, change: Partial<NewAccount> = {}, given: string | null = password) {
	const details = { username, name: '张三', roles: [], office: null, subject: null, ...change };
	return value(await createAccount(db, details, by, given === null ? {} : { password: given }));
}

async function visitorOf(username: string, given = password): Promise<{ visitor: Visitor; caller: Caller }> {
	const result = value(await signIn(auth, db, { username, password: given }, caller, new Date()));
	const inside = withCookies(result.headers);
	const { visitor } = await readVisitor(auth, db, inside.cookie, new Date());
	if (!visitor) throw new Error('no session');
	return { visitor, caller: inside };
}

const ledgerEntries = async () => {
	const rows = await db.selectFrom('ledger.entry').select('bytes').orderBy('seq').execute();
	return rows.map(({ bytes }) => JSON.parse(bytes.toString()) as Record<string, unknown>);
};

describe('passwords', () => {
	it.each([
		['elevenchars', 'short'],
		['Kurz1!', 'short'],
		['aaaaaaaaaaaaaa', 'plain'],
		['my-zhangsan-password', 'username'],
		[`aB1${'x'.repeat(126)}`, 'long'],
		['twelve-chars', null],
		['Ten-Chars9', null],
		['正确的马电池订书钉十二字', null]
	])('%s: %s', (text, problem) => expect(passwordProblem(text, 'zhangsan')).toBe(problem));

	it('made by us satisfy the policy and never repeat', () => {
		const made = Array.from({ length: 200 }, oneTimePassword);
		expect(new Set(made).size).toBe(200);
		expect(made.every((one) => passwordProblem(one, 'zhangsan') === null)).toBe(true);
	});

	it('are stored as a salted hash only', async () => {
		const { id } = await make('hashed');
		const { password: stored } = await db
			.selectFrom('auth.account')
			.select('password')
			.where('user_id', '=', id)
			.executeTakeFirstOrThrow();
		expect(stored).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
		expect(stored).not.toContain(password);
	});

	it('a one-time password must be changed; changing it ends the other sessions', async () => {
		const made = await make('newcomer', {}, null);
		const first = await visitorOf('newcomer', made.password);
		expect(first.visitor.mustChangePassword).toBe(true);
		const second = await visitorOf('newcomer', made.password);
		const now = { ...by, at: new Date(), address: caller.address };
		const wrong = await changePassword(db, second.visitor, { current: 'not this one', next: password }, now);
		expect(wrong).toMatchObject({ ok: false, field: 'current', reason: 'wrong' });
		const same = { current: made.password, next: made.password };
		expect(await changePassword(db, second.visitor, same, now)).toMatchObject({
			field: 'next',
			reason: 'same'
		});
		const weak = await changePassword(db, second.visitor, { current: made.password, next: 'short' }, now);
		expect(weak).toMatchObject({ field: 'next', reason: 'short' });
		const done = await changePassword(db, second.visitor, { current: made.password, next: password }, now);
		expect(done).toEqual({ ok: true });
		expect((await readVisitor(auth, db, first.caller.cookie, new Date())).visitor).toBeNull();
		const still = (await readVisitor(auth, db, second.caller.cookie, new Date())).visitor;
		expect(still?.mustChangePassword).toBe(false);
	});
});

describe('guessing', () => {
	it('locks the account for 15 minutes after five failures, right password or not', async () => {
		await make('target');
		const at = new Date('2026-03-02T02:00:00Z');
		const guess = (text: string, when = at) =>
			signIn(auth, db, { username: 'target', password: text }, caller, when);
		for (let k = 1; k < 5; k++)
			expect(await guess('wrong password')).toMatchObject({ reason: 'wrong', until: null });
		const until = new Date('2026-03-02T02:15:00Z');
		expect(await guess('wrong password')).toMatchObject({ reason: 'locked', until });
		expect(await guess(password)).toMatchObject({ ok: false, reason: 'locked', until });
		// Trying on does not extend it, and another address does not get round it.
		const elsewhere = { ...caller, address: '10.9.9.9' };
		const late = new Date('2026-03-02T02:14:59Z');
		expect(await signIn(auth, db, { username: 'TARGET ', password }, elsewhere, late)).toMatchObject({
			reason: 'locked',
			until
		});
		expect((await guess(password, new Date('2026-03-02T02:15:01Z'))).ok).toBe(true);
	});

	it('says the same about an account that does not exist', async () => {
		const guess = () => signIn(auth, db, { username: 'nobody', password: 'wrong password' }, caller, by.at);
		for (let k = 1; k < 5; k++) expect(await guess()).toEqual({ ok: false, reason: 'wrong', until: null });
		expect(await guess()).toMatchObject({ reason: 'locked' });
	});

	it('counts guesses that arrive at once: five get through, not twenty', async () => {
		const all = await Promise.all(
			Array.from({ length: 20 }, () => claimGuess(db, 'at_once', caller.address, by.at))
		);
		expect(all.filter(({ allowed }) => allowed)).toHaveLength(5);
	});

	it('locks an address after fifty failures against different names', async () => {
		const allowed = [];
		for (let k = 0; k < 52; k++)
			allowed.push((await claimGuess(db, `name${k}`, caller.address, by.at)).allowed);
		expect(allowed.indexOf(false)).toBe(50);
	});

	it('starts anew after the right password', async () => {
		for (let round = 0; round < 3; round++) {
			for (let k = 0; k < 4; k++) await claimGuess(db, 'careless', caller.address, by.at);
			await forgiveGuess(db, 'careless', caller.address, by.at);
		}
		expect(await claimGuess(db, 'careless', caller.address, by.at)).toEqual({
			allowed: true,
			lockedUntil: null
		});
	});
});

describe('sessions', () => {
	it('end when idle for 30 minutes, after 12 hours in any case, and when the account is disabled', async () => {
		const { id } = await make('worker', { roles: ['leader'] });
		const read = async (given: Caller, at = new Date()) =>
			(await readVisitor(auth, db, given.cookie, at)).visitor;

		const idle = await visitorOf('worker');
		const row = await db
			.selectFrom('auth.session')
			.select('expires_at')
			.where('id', '=', idle.visitor.session)
			.executeTakeFirstOrThrow();
		expect(Math.round((row.expires_at.getTime() - Date.now()) / 60_000)).toBe(30);
		await db
			.updateTable('auth.session')
			.set({ expires_at: minutes(-1) })
			.where('id', '=', idle.visitor.session)
			.execute();
		expect(await read(idle.caller)).toBeNull();

		const long = await visitorOf('worker');
		expect(await read(long.caller, minutes(12 * 60 - 1))).not.toBeNull();
		expect(await read(long.caller, minutes(12 * 60 + 1))).toBeNull();
		expect(await read(long.caller)).toBeNull();

		const last = await visitorOf('worker');
		await stepAccount(db, id, 'disable', by);
		expect(await read(last.caller)).toBeNull();
		const again = await signIn(auth, db, { username: 'worker', password }, caller, new Date());
		expect(again).toMatchObject({ ok: false, reason: 'wrong' });
		await stepAccount(db, id, 'enable', by);
		expect((await visitorOf('worker')).visitor.roles).toEqual(['leader']);
	});

	it('are not opened by a cookie with another signature', async () => {
		await make('signed');
		const { caller: inside } = await visitorOf('signed');
		const forged = inside.cookie?.replace(/(session_token=[^.]+\.)..../, '$1AAAA') ?? '';
		expect(forged).not.toBe(inside.cookie);
		expect((await readVisitor(auth, db, forged, new Date())).visitor).toBeNull();
	});

	it('carry a confirmation for ten minutes', async () => {
		await make('chair', { roles: ['planner'] });
		const { visitor, caller: inside } = await visitorOf('chair');
		expect(isElevated(visitor, minutes(9))).toBe(true);
		expect(isElevated(visitor, minutes(11))).toBe(false);
		const later = minutes(60);
		const ask = (given: string) => confirm(auth, db, visitor, { password: given, code: '' }, inside, later);
		expect(await ask('wrong password')).toMatchObject({ ok: false, reason: 'wrong' });
		expect(await ask(password)).toEqual({ ok: true });
		const confirmed = (await readVisitor(auth, db, inside.cookie, new Date())).visitor;
		expect(confirmed && isElevated(confirmed, minutes(69))).toBe(true);
		expect(confirmed && isElevated(confirmed, minutes(71))).toBe(false);
	});
});

describe('the second factor', () => {
	it('once enrolled is asked at every sign-in and confirmation; a backup code works once', async () => {
		await make('careful', { roles: ['witness'] });
		const first = await visitorOf('careful');
		const asking = { auth, db, visitor: first.visitor, caller: first.caller, at: new Date() };
		expect(await beginEnrolment(asking, 'wrong password')).toMatchObject({ ok: false, reason: 'wrong' });
		const begun = value(await beginEnrolment(asking, password));
		const { uri, key, backupCodes, picture } = begun.enrolment;
		expect(uri).toContain('otpauth://totp/Fairlot:careful?secret=');
		expect(picture).toMatch(/^<svg/);
		expect(await finishEnrolment(asking, '000000', by)).toMatchObject({ ok: false, reason: 'wrong' });
		const finished = value(await finishEnrolment(asking, totp(key), by));
		const enrolled = (await readVisitor(auth, db, withCookies(finished.headers).cookie, new Date())).visitor;
		expect(enrolled).toMatchObject({ secondFactorEnrolled: true, secondFactorGiven: true });

		// The password alone opens nothing.
		const half = value(await signIn(auth, db, { username: 'careful', password }, caller, new Date()));
		expect(half.step).toBe('code');
		const pending = withCookies(half.headers);
		expect((await readVisitor(auth, db, pending.cookie, new Date())).visitor).toBeNull();
		expect(await giveCode(auth, '000000', pending)).toMatchObject({ ok: false, reason: 'wrong' });
		const whole = value(await giveCode(auth, totp(key), pending));
		const inside = withCookies(whole.headers);
		const { visitor } = await readVisitor(auth, db, inside.cookie, new Date());
		if (!visitor) throw new Error('no session');
		expect(visitor.secondFactorGiven).toBe(true);

		// Another address: the codes of this one are used up for half a minute.
		const elsewhere = { ...inside, address: '10.8.8.8' };
		const ask = (code = '') => confirm(auth, db, visitor, { password, code }, elsewhere, new Date());
		expect(await ask()).toMatchObject({ ok: false });
		expect(await ask(backupCodes[0])).toEqual({ ok: true });
		expect(await ask(backupCodes[0])).toMatchObject({ ok: false });
	});
});

describe('managing accounts', () => {
	it('notes every change with an event and a ledger entry that holds no personal data', async () => {
		const before = (await ledgerEntries()).length;
		const { id } = await make('noted', { roles: ['planner'], name: '李四' });
		const details = { name: '李四', roles: ['planner', 'leader'] as const, office: null, subject: null };
		expect(await changeAccount(db, id, { ...details, roles: [...details.roles] }, by)).toEqual({ ok: true });
		for (const step of ['password', 'factor', 'revoke', 'disable', 'enable'] as const)
			expect((await stepAccount(db, id, step, by)).ok).toBe(true);
		const entries = (await ledgerEntries()).slice(before);
		expect(entries.map(({ type }) => type)).toEqual(
			['created', 'roles', 'password', 'factor', 'revoke', 'disable', 'enable'].map(
				(type) => `account.${type}`
			)
		);
		expect(entries[1]).toEqual({
			...{ type: 'account.roles', at: '2026-03-02T02:00:00.000Z', actor: 'operator', account: id },
			...{ roles: ['planner', 'leader'], office: null }
		});
		expect(JSON.stringify(entries)).not.toMatch(/李四|noted/);
		const events = await db.selectFrom('auth.event').select('type').where('account', '=', id).execute();
		expect(events).toHaveLength(7);
	});

	it('refuses a name in use, an unknown office, a role that does not exist', async () => {
		await make('twice');
		const details = { name: '王五', roles: [], office: null, subject: null };
		expect(await createAccount(db, { ...details, username: 'twice' }, by)).toMatchObject({
			field: 'username'
		});
		const placed = { ...details, username: 'placed', office: 'nowhere' };
		expect(await createAccount(db, placed, by)).toMatchObject({ field: 'office', reason: 'unknown' });
		const invented = sql`UPDATE auth.user SET role = 'planner,owner' WHERE username = 'twice'`;
		await expect(invented.execute(db)).rejects.toThrow(/check/);
	});

	it('lets nobody change their own roles, and keeps a last security admin', async () => {
		const one = await make('guard_one', { roles: ['security_admin'] });
		const details = { name: '赵六', office: null, subject: null };
		const self = { ...by, actor: one.id };
		expect(await changeAccount(db, one.id, { ...details, roles: ['planner'] }, self)).toMatchObject({
			reason: 'own'
		});
		expect(await stepAccount(db, one.id, 'disable', self)).toMatchObject({ reason: 'own' });
		expect(await changeAccount(db, one.id, { ...details, roles: [] }, by)).toMatchObject({
			reason: 'last_security_admin'
		});
		const two = await make('guard_two', { roles: ['security_admin'] });
		// Each disables the other at the same time: one of them stays.
		const results = await Promise.all([
			stepAccount(db, one.id, 'disable', { ...by, actor: two.id }),
			stepAccount(db, two.id, 'disable', { ...by, actor: one.id })
		]);
		expect(results.filter(({ ok }) => ok)).toHaveLength(1);
	});

	it('makes one demo account for each role, once', async () => {
		await createDemoAccounts(db, by.at);
		await createDemoAccounts(db, by.at);
		const rows = await db.selectFrom('auth.user').select('role').where('demo', '=', true).execute();
		expect(rows.map(({ role }) => role).sort()).toEqual(demoAccounts.map(({ role }) => role).sort());
		expect(new Set(rows.map(({ role }) => role)).size).toBe(11);
	});

	it('names who acts, and never nobody', () => {
		expect(() => actorOf({ user: null })).toThrow(/access/);
	});
});

it('keeps the same refusal of a minute in one row', async () => {
	const refusal = {
		reason: 'wrong_role',
		account: 'a',
		address: '10.1.1.1',
		method: 'GET',
		route: '/x',
		action: ''
	} as const;
	for (let second = 0; second < 90; second += 10)
		await recordRefusal(db, refusal, new Date(by.at.getTime() + second * 1000));
	const rows = await db.selectFrom('auth.refusal').select('times').orderBy('minute').execute();
	expect(rows.map(({ times }) => times)).toEqual([6, 3]);
});

describe('settings', () => {
	const folder = '/nowhere';
	it('say what is missing', () => {
		expect(() => authSettings({}, false, folder)).toThrow(/FAIRLOT_SECRET is not set/);
		expect(() => authSettings({ FAIRLOT_SECRET: 'short' }, false, folder)).toThrow(/32 characters/);
		const env = { FAIRLOT_SECRET: 'x'.repeat(32), FAIRLOT_OIDC_ISSUER: 'https://sso.example/' };
		expect(() => authSettings(env, false, folder)).toThrow(
			/FAIRLOT_OIDC_CLIENT_ID, FAIRLOT_OIDC_CLIENT_SECRET/
		);
		const whole = { ...env, FAIRLOT_OIDC_CLIENT_ID: 'a', FAIRLOT_OIDC_CLIENT_SECRET: 'b' };
		expect(() => authSettings(whole, false, folder)).toThrow(/ORIGIN/);
		const { oidc, baseURL } = authSettings({ ...whole, ORIGIN: 'https://fairlot.example' }, false, folder);
		expect({ issuer: oidc?.issuer, baseURL }).toEqual({
			issuer: 'https://sso.example',
			baseURL: 'https://fairlot.example'
		});
	});
});
