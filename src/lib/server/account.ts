// Accounts: made by the security admin with a one-time password, never by signing up, never deleted. Every change is one
// transaction with its event and, where a county is registered, its ledger entry (ids and roles, no names).
import { randomUUID } from 'node:crypto';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { sql, type Transaction } from 'kysely';
import type { AccountDetails, NewAccount } from '../schema/account';
import { claimGuess, forgiveGuess, unlock } from './attempt';
import { changeOne } from './db/change-one';
import type { Database } from './db/database';
import type { DB } from './db/schema';
import { append } from './ledger';
import { oneTimePassword, passwordProblem, type PasswordProblem } from './password';
import type { Visitor } from './session';

/** Who does it, when, from where. */
export interface By {
	actor: string;
	at: Date;
	address: string | null;
}

export type AccountProblem = { ok: false; field: string; reason: string };

/** The actor of a ledger entry. Only someone signed in gets as far as a change. */
export function actorOf({ user }: { user: Visitor | null }): string {
	if (!user) throw new Error('a change without an account: its route is missing from access.ts');
	return user.id;
}

type Detail = Record<string, string | string[] | null>;

/** Notes what happened to an account; a change also goes to the ledger, last in its transaction. */
async function record(
	trx: Transaction<DB>,
	type: string,
	account: string,
	{ actor, at, address }: By,
	detail: Detail = {}
): Promise<void> {
	await trx
		.insertInto('auth.event')
		.values({ at, type, account, actor, address, detail: JSON.stringify(detail) })
		.execute();
	const county = await trx.selectFrom('app.county').select('code').orderBy('code').executeTakeFirst();
	if (county) await append(trx, county.code, { type, at: at.toISOString(), actor, account, ...detail });
}

/** A sign-in or sign-out: an event, no ledger entry. */
export const recordEvent = (db: Database, type: string, account: string, { actor, at, address }: By) =>
	db.insertInto('auth.event').values({ at, type, account, actor, address }).execute();

/** Makes an account. Without a password it gets a one-time one, to be changed at the first sign-in. */
export async function createAccount(
	db: Database,
	{ username, name, roles, office, subject, inspector }: NewAccount,
	by: By,
	options: { password?: string; demo?: boolean } = {}
): Promise<{ ok: true; id: string; password: string } | AccountProblem> {
	const password = options.password ?? oneTimePassword();
	const hash = await hashPassword(password);
	return db.transaction().execute(async (trx) => {
		const taken = await trx
			.selectFrom('auth.user')
			.select('id')
			.where('username', '=', username)
			.executeTakeFirst();
		if (taken) return { ok: false, field: 'username', reason: 'taken' } as const;
		const problem =
			(await officeProblem(trx, office)) ??
			(await subjectProblem(trx, null, subject)) ??
			(await inspectorProblem(trx, null, inspector ?? null));
		if (problem) return problem;
		const id = randomUUID();
		await trx
			.insertInto('auth.user')
			.values({
				...{ id, username, name, office, email: `${username}@account.invalid`, role: roles.join(',') },
				...{ must_change_password: options.password === undefined, demo: options.demo ?? false },
				...{ created_at: by.at, updated_at: by.at, inspector: inspector ?? null }
			})
			.execute();
		await setCredential(trx, id, hash, by.at);
		await setSubject(trx, id, subject, by.at);
		await record(trx, 'account.created', id, by, { roles, office, ...(inspector ? { inspector } : {}) });
		return { ok: true, id, password } as const;
	});
}

/** Name, roles, office and single sign-on subject. Nobody changes their own roles; one security admin stays. */
export async function changeAccount(
	db: Database,
	id: string,
	{ name, roles, office, subject, inspector }: AccountDetails,
	by: By
): Promise<{ ok: true } | AccountProblem> {
	return db.transaction().execute(async (trx) => {
		const before = await lock(trx, id);
		if (!before) return { ok: false, field: 'account', reason: 'unknown' } as const;
		const changed = before.role !== roles.join(',');
		if (changed && id === by.actor) return { ok: false, field: 'roles', reason: 'own' } as const;
		if (!roles.includes('security_admin') && (await lastSecurityAdmin(trx, id)))
			return { ok: false, field: 'roles', reason: 'last_security_admin' } as const;
		const problem =
			(await officeProblem(trx, office)) ??
			(await subjectProblem(trx, id, subject)) ??
			(await inspectorProblem(trx, id, inspector ?? null));
		if (problem) return problem;
		const tied: Record<string, string | null> = inspector === undefined ? {} : { inspector };
		await changeOne(
			trx
				.updateTable('auth.user')
				.set({ name, office, role: roles.join(','), updated_at: by.at, ...tied })
				.where('id', '=', id)
		);
		await setSubject(trx, id, subject, by.at);
		await record(trx, changed ? 'account.roles' : 'account.changed', id, by, { roles, office, ...tied });
		return { ok: true } as const;
	});
}

export type AccountStep = 'disable' | 'enable' | 'password' | 'factor' | 'revoke';

/**
 * disable: no more sign-in; enable: again; password: a new one-time password, and no longer locked; factor: the second factor is lost, enrol
 * anew; revoke: signs out. All but enable end every session of the account.
 */
export async function stepAccount(
	db: Database,
	id: string,
	step: AccountStep,
	by: By
): Promise<{ ok: true; password: string | null } | AccountProblem> {
	const password = step === 'password' ? oneTimePassword() : null;
	const hash = password === null ? null : await hashPassword(password);
	return db.transaction().execute(async (trx) => {
		const account = await lock(trx, id);
		if (!account) return { ok: false, field: 'account', reason: 'unknown' } as const;
		if (step === 'disable' && id === by.actor) return { ok: false, field: 'account', reason: 'own' } as const;
		if (step === 'disable' && (await lastSecurityAdmin(trx, id)))
			return { ok: false, field: 'account', reason: 'last_security_admin' } as const;
		if (step !== 'enable') await trx.deleteFrom('auth.session').where('user_id', '=', id).execute();
		if (step === 'factor') await trx.deleteFrom('auth.two_factor').where('user_id', '=', id).execute();
		if (hash !== null) {
			await setCredential(trx, id, hash, by.at);
			await unlock(trx, account.username);
		}
		await changeOne(
			trx
				.updateTable('auth.user')
				.set({
					updated_at: by.at,
					...(step === 'disable' || step === 'enable' ? { banned: step === 'disable' } : {}),
					...(step === 'factor' ? { two_factor_enabled: false } : {}),
					...(step === 'password' ? { must_change_password: true } : {})
				})
				.where('id', '=', id)
		);
		await record(trx, `account.${step}`, id, by);
		return { ok: true, password } as const;
	});
}

/** One's own new password; the other sessions end. */
export async function changePassword(
	db: Database,
	visitor: Visitor,
	{ current, next }: { current: string; next: string },
	by: By
): Promise<
	| { ok: true }
	| { ok: false; field: 'current' | 'next'; reason: PasswordProblem | 'wrong' | 'same' | 'locked' }
> {
	const address = by.address ?? '';
	const guess = await claimGuess(db, visitor.username, address, by.at);
	if (!guess.allowed) return { ok: false, field: 'current', reason: 'locked' };
	if (!(await passwordMatches(db, visitor.id, current)))
		return { ok: false, field: 'current', reason: 'wrong' };
	await forgiveGuess(db, visitor.username, address, by.at);
	const problem = passwordProblem(next, visitor.username);
	if (problem) return { ok: false, field: 'next', reason: problem };
	if (next === current) return { ok: false, field: 'next', reason: 'same' };
	const hash = await hashPassword(next);
	await db.transaction().execute(async (trx) => {
		await lock(trx, visitor.id);
		await setCredential(trx, visitor.id, hash, by.at);
		await changeOne(
			trx
				.updateTable('auth.user')
				.set({ must_change_password: false, updated_at: by.at })
				.where('id', '=', visitor.id)
		);
		await trx
			.deleteFrom('auth.session')
			.where('user_id', '=', visitor.id)
			.where('id', '<>', visitor.session)
			.execute();
		await record(trx, 'account.password_changed', visitor.id, by);
	});
	return { ok: true };
}

/** Notes that the second factor was enrolled or given up. */
export const recordFactor = (db: Database, id: string, enrolled: boolean, by: By) =>
	db
		.transaction()
		.execute((trx) => record(trx, enrolled ? 'account.enrolled' : 'account.unenrolled', id, by));

/** False for a wrong password, and for an account that has none (single sign-on only). */
export async function passwordMatches(db: Database, id: string, password: string): Promise<boolean> {
	const row = await db
		.selectFrom('auth.account')
		.select('password')
		.where('user_id', '=', id)
		.where('provider_id', '=', 'credential')
		.executeTakeFirst();
	return row?.password ? verifyPassword({ hash: row.password, password: password.slice(0, 256) }) : false;
}

/** The account, once no other change of an account is under way: who is left to manage them must not change meanwhile. */
async function lock(trx: Transaction<DB>, id: string) {
	await sql`SELECT pg_advisory_xact_lock(hashtext('auth.user'))`.execute(trx);
	return trx.selectFrom('auth.user').select(['role', 'username']).where('id', '=', id).executeTakeFirst();
}

/** Whether no other enabled account could manage accounts. */
async function lastSecurityAdmin(trx: Transaction<DB>, id: string): Promise<boolean> {
	const rows = await trx
		.selectFrom('auth.user')
		.select('id')
		.where('banned', '=', false)
		.where(sql<boolean>`'security_admin' = ANY (string_to_array(role, ','))`)
		.execute();
	return rows.length === 1 && rows[0]?.id === id;
}

async function officeProblem(trx: Transaction<DB>, office: string | null): Promise<AccountProblem | null> {
	if (office === null) return null;
	const found = await trx
		.selectFrom('app.office')
		.select('code')
		.where('code', '=', office)
		.executeTakeFirst();
	return found ? null : { ok: false, field: 'office', reason: 'unknown' };
}

/** One account for each row of the directory. */
async function inspectorProblem(
	trx: Transaction<DB>,
	id: string | null,
	inspector: string | null
): Promise<AccountProblem | null> {
	if (inspector === null) return null;
	const { rows } = await sql<{ known: boolean }>`SELECT app.knows_inspector(${inspector}) AS known`.execute(
		trx
	);
	if (!rows[0]?.known) return { ok: false, field: 'inspector', reason: 'unknown' };
	const held = await trx
		.selectFrom('auth.user')
		.select('id')
		.where('inspector', '=', inspector)
		.executeTakeFirst();
	return held && held.id !== id ? { ok: false, field: 'inspector', reason: 'taken' } : null;
}

async function subjectProblem(
	trx: Transaction<DB>,
	id: string | null,
	subject: string | null
): Promise<AccountProblem | null> {
	if (subject === null) return null;
	const found = await trx
		.selectFrom('auth.account')
		.select('user_id')
		.where('provider_id', '=', 'oidc')
		.where('account_id', '=', subject)
		.executeTakeFirst();
	return found && found.user_id !== id ? { ok: false, field: 'subject', reason: 'taken' } : null;
}

async function setCredential(trx: Transaction<DB>, id: string, password: string, at: Date): Promise<void> {
	await trx
		.insertInto('auth.account')
		.values({
			...{ id: randomUUID(), user_id: id, provider_id: 'credential', account_id: id },
			...{ password, created_at: at, updated_at: at }
		})
		.onConflict((conflict) =>
			conflict.columns(['user_id', 'provider_id']).doUpdateSet({ password, updated_at: at })
		)
		.execute();
}

/** The subject under which the government sign-on knows this account; null: none. */
async function setSubject(trx: Transaction<DB>, id: string, subject: string | null, at: Date): Promise<void> {
	await trx.deleteFrom('auth.account').where('user_id', '=', id).where('provider_id', '=', 'oidc').execute();
	if (subject === null) return;
	await trx
		.insertInto('auth.account')
		.values({
			...{ id: randomUUID(), user_id: id, provider_id: 'oidc', account_id: subject },
			...{ created_at: at, updated_at: at }
		})
		.execute();
}
