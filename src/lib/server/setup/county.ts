// The first county of a deployment, and the end of its trial. Each write is one transaction with its ledger entry.
import { sql, type Transaction } from 'kysely';
import { rolesOf } from '../../schema/account';
import type { CountyForm } from '../../schema/setup';
import { forgetCounty } from '../county';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { append } from '../ledger';

/** Who sets up, and when. */
export interface Setting {
	db: Database;
	county: string;
	actor: string;
	at: Date;
}
export type SetupProblem = { ok: false; field: string; reason: string; at?: string };

/** The ledger begins here, so the accounts made before are named in its first entry. */
export async function registerCounty(
	{ db, actor, at }: Omit<Setting, 'county'>,
	{ code, name, epsg, mode }: CountyForm
): Promise<{ ok: true } | SetupProblem> {
	const done = await db.transaction().execute(async (trx) => {
		const { rows } = await sql<{ registered: boolean }>`
			SELECT app.register_county(${code}, ${name}, ${epsg}::integer, ${mode === 'trial'}) AS registered`.execute(
			trx
		);
		if (!rows[0]?.registered) return false;
		await firstEntry(trx, { actor, at }, { code, name, epsg, trial: mode === 'trial' });
		return true;
	});
	forgetCounty();
	return done ? { ok: true } : { ok: false, field: 'code', reason: 'county_exists' };
}

/** A county registered from the command line, by the login that owns the tables. @throws when it is there already */
export const addCounty = (
	{ db, actor, at }: Omit<Setting, 'county'>,
	county: { code: string; name: string; epsg: number }
): Promise<void> =>
	db.transaction().execute(async (trx) => {
		const { code, name, epsg } = county;
		await sql`SELECT app.add_county(${code}, ${name}, ${epsg}::integer, false)`.execute(trx);
		await firstEntry(trx, { actor, at }, { ...county, trial: false });
	});

async function firstEntry(
	trx: Transaction<DB>,
	{ actor, at }: Pick<Setting, 'actor' | 'at'>,
	{ code, name, epsg, trial }: { code: string; name: string; epsg: number; trial: boolean }
): Promise<void> {
	const accounts = await trx.selectFrom('auth.user').select(['id', 'role']).orderBy('id').execute();
	await append(trx, code, {
		...{ type: 'county.registered', at: at.toISOString(), actor, county: code, name, epsg, trial },
		accounts: accounts.map(({ id, role }) => ({ account: id, roles: rolesOf(role) }))
	});
}

/** Whether the data of this county was made up by the program: then it can never count. */
export async function isMadeUp(db: Database, county: string): Promise<boolean> {
	const { rows } = await sql<{ made: boolean }>`SELECT EXISTS (SELECT FROM ledger.entry
		WHERE county = ${county} AND seq <= 20 AND position('"type":"demo.loaded"' IN convert_from(bytes, 'UTF8')) > 0)
		AS made`.execute(db);
	return rows[0]?.made ?? false;
}

/** From here on documents count, demo accounts are closed and administrators, planners and witnesses need two factors. */
export async function endTrial({ db, county, actor, at }: Setting): Promise<{ ok: true } | SetupProblem> {
	if (await isMadeUp(db, county)) return { ok: false, field: 'mode', reason: 'made_up' };
	const ended = await db.transaction().execute(async (trx) => {
		const row = await trx
			.updateTable('app.county')
			.set({ demo: false })
			.where('code', '=', county)
			.where('demo', '=', true)
			.returning('code')
			.executeTakeFirst();
		if (row) await append(trx, county, { type: 'county.trial_ended', at: at.toISOString(), actor, county });
		return row !== undefined;
	});
	forgetCounty();
	return ended ? { ok: true } : { ok: false, field: 'mode', reason: 'no_trial' };
}
