// The application's role on the ledger: it reads and it appends, and there is nothing else it can do.
import { sql, type Transaction } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { checkpoint } from '../../src/lib/server/checkpoint';
import type { Database } from '../../src/lib/server/db/database';
import type { DB } from '../../src/lib/server/db/schema';
import { append } from '../../src/lib/server/ledger';
import { freshDatabase } from '../support/database';

const ROLE = sql.raw('fairlot_app');
const key = { ok: true, seed: new Uint8Array(32).fill(1), trusted: [] } as const;
const entry = { type: 'test', at: '2026-03-01T00:00:00Z', actor: 'tester' };

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county('350125', '测试县', 4549, true)`.execute(db);
	await db.transaction().execute((trx) => append(trx, '350125', entry));
});
const becomeRole = async (trx: Transaction<DB>) => {
	await sql`SET LOCAL ROLE ${ROLE}`.execute(trx);
	await sql`SELECT set_config('fairlot.roles', 'system_admin,planner', true)`.execute(trx);
};
/** Runs as the role, in a transaction of its own. */
const asRole = (statement: string) =>
	db.transaction().execute(async (trx) => {
		await becomeRole(trx);
		return sql.raw(statement).execute(trx);
	});

const tables = ['entry', 'head', 'checkpoint', 'tile', 'cosignature'];
const column: Record<string, string> = {
	entry: 'at',
	head: 'seq',
	checkpoint: 'at',
	tile: 'root',
	cosignature: 'at'
};

test.each([
	...tables.flatMap((table) => [
		`UPDATE ledger.${table} SET ${column[table]} = ${column[table]}`,
		`DELETE FROM ledger.${table}`,
		`TRUNCATE ledger.${table} CASCADE`,
		`INSERT INTO ledger.${table} SELECT * FROM ledger.${table}`,
		`ALTER TABLE ledger.${table} DISABLE TRIGGER ALL`,
		`ALTER TABLE ledger.${table} DISABLE TRIGGER no_truncate`,
		`ALTER TABLE ledger.${table} OWNER TO CURRENT_USER`,
		`LOCK TABLE ledger.${table} IN ACCESS EXCLUSIVE MODE`,
		`DROP TABLE ledger.${table} CASCADE`
	]),
	'ALTER TRIGGER append_only ON ledger.entry RENAME TO gone',
	'DROP TRIGGER append_only ON ledger.entry',
	'CREATE TRIGGER mine BEFORE INSERT ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse()',
	'ALTER TABLE ledger.entry DROP CONSTRAINT entry_check',
	'ALTER FUNCTION ledger.append SECURITY INVOKER',
	"CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
	'CREATE TABLE ledger.mine ()',
	'SET LOCAL session_replication_role = replica'
])('as the role, %s is refused', async (statement) => {
	await expect(asRole(statement)).rejects.toThrow(/permission denied|must be owner/);
});

test('as the role, appending, checkpoints and reading work', async () => {
	await db.transaction().execute(async (trx) => {
		await becomeRole(trx);
		const seq = await append(trx, '350125', entry);
		expect(seq).toBe(2);
		expect(await checkpoint(trx, '350125', key, new Date(entry.at))).toMatchObject({
			ok: true,
			fresh: true,
			checkpoint: { size: 2 }
		});
	});
	const { rows } = await asRole('SELECT seq FROM ledger.entry ORDER BY seq');
	expect(rows).toEqual([{ seq: 1 }, { seq: 2 }]);
});

test('the public role cannot even read', async () => {
	const asPublic = (statement: string) =>
		db.transaction().execute(async (trx) => {
			await sql`SET LOCAL ROLE fairlot_portal`.execute(trx);
			return sql.raw(statement).execute(trx);
		});
	await expect(asPublic('SELECT 1 FROM ledger.entry')).rejects.toThrow(/permission denied/);
	await expect(asPublic("SELECT ledger.append('350125', '{}')")).rejects.toThrow(/permission denied/);
});
