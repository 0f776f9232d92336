// What the account pages show: accounts, their sessions, and what happened to them.
import { sql } from 'kysely';
import { rolesOf } from '../schema/account';
import type { Database } from './db/database';

/** Every account, disabled ones last. subject: its name at the single sign-on. */
export async function listAccounts(db: Database) {
	const rows = await db
		.selectFrom('auth.user as u')
		.leftJoin('auth.account as s', (join) =>
			join.onRef('s.user_id', '=', 'u.id').on('s.provider_id', '=', 'oidc')
		)
		.select(['u.id', 'u.username', 'u.name', 'u.role', 'u.office', 'u.banned', 'u.demo', 's.account_id'])
		.select(['u.two_factor_enabled', 'u.must_change_password', 'u.inspector'])
		.select((eb) =>
			eb
				.selectFrom('auth.event as e')
				.select((e) => e.fn.max('e.at').as('at'))
				.whereRef('e.account', '=', 'u.id')
				.where('e.type', '=', 'session.opened')
				.as('signed_in_at')
		)
		.orderBy('u.banned')
		.orderBy('u.username')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		username: row.username,
		name: row.name,
		roles: rolesOf(row.role),
		office: row.office,
		subject: row.account_id,
		inspector: row.inspector,
		disabled: row.banned,
		demo: row.demo,
		secondFactor: row.two_factor_enabled,
		mustChangePassword: row.must_change_password,
		signedInAt: row.signed_in_at
	}));
}

/** One's own live sessions, the latest used first. */
export const listSessions = (db: Database, account: string, at: Date) =>
	db
		.selectFrom('auth.session')
		.select(['id', 'ip_address as address', 'user_agent as agent', 'created_at as since'])
		.select('updated_at as seen')
		.where('user_id', '=', account)
		.where('expires_at', '>', at)
		.orderBy('updated_at', 'desc')
		.execute();

/** The latest events with the names of those concerned. */
export const listEvents = (db: Database, limit: number) =>
	db
		.selectFrom('auth.event as e')
		.leftJoin('auth.user as u', 'u.id', 'e.account')
		.leftJoin('auth.user as a', 'a.id', 'e.actor')
		.select(['e.id', 'e.at', 'e.type', 'u.username', 'e.address'])
		.select(sql<string>`coalesce(a.username, e.actor)`.as('by'))
		.select(sql<string | null>`e.detail ->> 'roles'`.as('roles'))
		.orderBy('e.id', 'desc')
		.limit(limit)
		.execute();

export const listOffices = (db: Database, county: string) =>
	db.selectFrom('app.office').select(['code', 'name']).where('county', '=', county).orderBy('code').execute();
