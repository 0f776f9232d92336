import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { append, recorded } from '../../src/lib/server/ledger';
import { freshDatabase } from '../support/database';

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county('350125', '测试县', 4549, true)`.execute(db);
});

const entry = (note: string) => ({ type: 'test', at: '2026-01-01T00:00:00Z', actor: 'tester', note });
const appendOne = (note: string) => db.transaction().execute((trx) => append(trx, '350125', entry(note)));

test('numbers are gapless under concurrent and rolled back transactions', async () => {
	const outcomes = await Promise.allSettled(
		Array.from({ length: 30 }, (_, k) =>
			db.transaction().execute(async (trx) => {
				await append(trx, '350125', entry(`n${k}`));
				if (k % 3 === 0) throw new Error('rolled back');
			})
		)
	);
	expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
	const rows = await db.selectFrom('ledger.entry').select('seq').orderBy('seq').execute();
	expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
});

test('the leaf hash is RFC 6962 over the canonical bytes', async () => {
	const seq = await appendOne('留痕');
	const row = await db
		.selectFrom('ledger.entry')
		.selectAll()
		.where('seq', '=', seq)
		.executeTakeFirstOrThrow();
	expect(row.bytes.toString('utf8')).toBe(
		'{"actor":"tester","at":"2026-01-01T00:00:00Z","note":"留痕","type":"test"}'
	);
	const leaf = createHash('sha256')
		.update(Buffer.from([0]))
		.update(row.bytes)
		.digest('hex');
	expect(row.leaf_hash.toString('hex')).toBe(leaf);
});

test.each(['UPDATE ledger.entry SET at = now()', 'DELETE FROM ledger.entry', 'TRUNCATE ledger.entry'])(
	'%s is refused, for the owner too',
	async (statement) => {
		await appendOne('stays');
		await expect(sql.raw(statement).execute(db)).rejects.toThrow(/append only/);
		expect(await db.selectFrom('ledger.entry').select('seq').execute()).not.toHaveLength(0);
	}
);

test('a county that is not registered has no ledger', async () => {
	await expect(db.transaction().execute((trx) => append(trx, '999999', entry('nobody')))).rejects.toThrow();
});

test('recorded() keeps numbers gapless, rolls back whole, and returns only what is on disk', async () => {
	const before = await db.selectFrom('ledger.head').select('seq').executeTakeFirstOrThrow();
	const outcomes = await Promise.allSettled(
		Array.from({ length: 20 }, (_, k) =>
			recorded(db, async (trx, appendEarly) => {
				const seq = await appendEarly(trx, '350125', entry(`r${k}`));
				if (k % 4 === 0) throw new Error('rolled back');
				return seq;
			})
		)
	);
	const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
	expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, k) => before.seq + k + 1));
	let written = '';
	await recorded(db, async (trx, appendEarly) => {
		await appendEarly(trx, '350125', entry('last'));
		const { rows } = await sql<{ at: string }>`SELECT pg_current_wal_insert_lsn()::text AS at`.execute(trx);
		written = rows[0]!.at;
	});
	const { rows } = await sql<{ flushed: boolean }>`
		SELECT pg_current_wal_flush_lsn() > ${written}::pg_lsn AS flushed`.execute(db);
	expect(rows).toEqual([{ flushed: true }]);
	// What follows on the same connections waits for the disk as ever.
	const setting = await sql<{ on: string }>`SELECT current_setting('synchronous_commit') AS on`.execute(db);
	expect(setting.rows).toEqual([{ on: 'on' }]);
});
