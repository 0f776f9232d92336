import { describe, expect, it } from 'vitest';
import { routeFiles } from '../../../tests/support/route-files';
import { roles, type Role } from '../schema/account';
import { accessTo, decide, homeOf, permissions, routes, safeNext, type Asked } from './access';
import type { Visitor } from './session';

const onDisk = routeFiles();

/** Every request the application could answer. */
const requests: Asked[] = onDisk.flatMap(({ id, page, methods, actions }) => [
	...(page && !methods.includes('GET') ? [{ route: id, method: 'GET', action: null }] : []),
	...methods.map((method) => ({ route: id, method, action: null })),
	...actions.map((action) => ({ route: id, method: 'POST', action: action === 'default' ? null : action }))
]);

const visitor = (change: Partial<Visitor> = {}): Visitor => ({
	id: 'a',
	username: 'someone',
	name: '某人',
	roles: [],
	office: null,
	demo: false,
	mustChangePassword: false,
	secondFactorEnrolled: true,
	secondFactorGiven: true,
	elevatedUntil: null,
	session: 's',
	...change
});
const real = { guests: false, demonstration: false };
const trial = { guests: true, demonstration: true };
const name = ({ route, method, action }: Asked) => `${method} ${route}${action ? `?/${action}` : ''}`;

describe('the table of routes', () => {
	it('lists every method and form action on disk', () => {
		expect(requests.filter((asked) => accessTo(asked) === undefined).map(name)).toEqual([]);
	});

	it('lists nothing that is not there', () => {
		const known = new Set(requests.map(name));
		const listed = Object.entries(routes).flatMap(([route, { actions = {}, ...methods }]) => [
			...Object.keys(methods).map((method) => ({ route, method, action: null })),
			...Object.keys(actions).map((action) => ({
				route,
				method: 'POST',
				action: action === 'default' ? null : action
			}))
		]);
		expect(listed.map(name).filter((one) => !known.has(one))).toEqual([]);
	});

	it('refuses what it does not list', () => {
		const all = visitor({ roles: [...roles] });
		expect(decide({ route: '/nowhere', method: 'GET', action: null }, all, real)).toEqual({
			ok: false,
			reason: 'unlisted'
		});
		expect(decide({ route: '/(office)/plans', method: 'DELETE', action: null }, all, real).ok).toBe(false);
		expect(decide({ route: '/(office)/plans/new', method: 'POST', action: 'other' }, all, real).ok).toBe(
			false
		);
		expect(decide({ route: '/(office)/plans/new', method: 'POST', action: 'toString' }, all, real).ok).toBe(
			false
		);
		expect(decide({ route: 'constructor', method: 'GET', action: null }, all, real).ok).toBe(false);
	});
});

describe('who may', () => {
	it.each(roles)('%s: what the permissions say, and nothing else', (role) => {
		for (const asked of requests) {
			const access = accessTo(asked);
			const allowed =
				access === 'public' ||
				access === 'session' ||
				access === 'account' ||
				(access !== undefined && (permissions[access] as readonly Role[]).includes(role));
			expect([name(asked), decide(asked, visitor({ roles: [role] }), real).ok]).toEqual([
				name(asked),
				allowed
			]);
		}
	});

	it('keeps the three administrators apart', () => {
		const holders = (role: Role) =>
			Object.entries(permissions).filter(([, held]) => (held as readonly Role[]).includes(role));
		expect(holders('audit_admin').map(([permission]) => permission)).toEqual([
			'ledger_read',
			'audit',
			'accounts_read'
		]);
		expect(holders('security_admin').map(([permission]) => permission)).toEqual([
			'field_devices',
			'accounts_read',
			'accounts_change'
		]);
		expect(holders('system_admin').some(([permission]) => permission.startsWith('accounts'))).toBe(false);
	});

	it('lets nobody in without a session, but a guest of the embedded demonstration may read', () => {
		for (const asked of requests) {
			const access = accessTo(asked);
			expect(decide(asked, null, real).ok).toBe(access === 'public');
			expect(decide(asked, null, trial).ok).toBe(access === 'public' || access === 'read');
		}
	});
});

describe('a session that is not complete', () => {
	const ask = (route: string) => ({ route, method: 'GET', action: null });
	const planner = { roles: ['planner'] as Role[] };

	it('with a one-time password reaches only the own account', () => {
		const who = visitor({ ...planner, mustChangePassword: true });
		expect(decide(ask('/(office)/plans'), who, real)).toEqual({ ok: false, reason: 'password_change' });
		expect(decide(ask('/(office)/account'), who, real).ok).toBe(true);
	});

	it('without the second factor its role needs reaches only the own account, except in a demonstration', () => {
		const who = visitor({ ...planner, secondFactorEnrolled: false, secondFactorGiven: false });
		expect(decide(ask('/(office)/plans'), who, real)).toEqual({ ok: false, reason: 'second_factor' });
		expect(decide(ask('/(office)/account'), who, real).ok).toBe(true);
		expect(decide(ask('/(office)/plans'), who, trial).ok).toBe(true);
		expect(decide(ask('/(office)/plans'), { ...who, roles: ['leader'] }, real).ok).toBe(true);
	});

	it('whose enrolled second factor was not given reaches only its confirmation, everywhere', () => {
		const who = visitor({ ...planner, secondFactorGiven: false });
		for (const situation of [real, trial]) {
			expect(decide(ask('/(office)/account'), who, situation)).toEqual({
				ok: false,
				reason: 'second_factor'
			});
			expect(decide(ask('/(office)/account/confirm'), who, situation).ok).toBe(true);
		}
	});
});

it('starts everyone at what they may see', () => {
	expect(homeOf(null)).toBe('/map');
	for (const role of roles) {
		const route = `/(office)${homeOf({ roles: [role] })}`;
		expect(decide({ route, method: 'GET', action: null }, visitor({ roles: [role] }), real).ok).toBe(true);
	}
});

it('returns only to paths of this site', () => {
	expect(safeNext('/map?x=1')).toBe('/map?x=1');
	for (const bad of [
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'javascript:1',
		'',
		null,
		'/a\nb'
	])
		expect(safeNext(bad)).toBe('');
});
