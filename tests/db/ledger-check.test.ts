// Every attack on the ledger's rows that protocol and law name, by somebody who owns the database.
import { sql, type Transaction } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalBytes } from '../../src/lib/core/bytes/canonical';
import { parseCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { checkpoint } from '../../src/lib/server/checkpoint';
import type { Database } from '../../src/lib/server/db/database';
import type { DB } from '../../src/lib/server/db/schema';
import { append } from '../../src/lib/server/ledger';
import { checkLedger } from '../../src/lib/server/ledger-check';
import { knownKeys } from '../../src/lib/server/ledger-key';
import { freshDatabase } from '../support/database';

const AT = new Date('2026-03-01T00:00:00Z');
const key = { ok: true, seed: new Uint8Array(32).fill(1), trusted: [] } as const;

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
});

let counties = 350200;
/** A county with checkpoints at these sizes, the last being all of its entries; returns its code and their notes. */
async function ledger(...sizes: number[]): Promise<{ county: string; notes: Map<number, string> }> {
	const county = String(counties++);
	await sql`SELECT app.add_county(${county}, '测试县', 4549, true)`.execute(db);
	const notes = new Map<number, string>();
	await grow(county, notes, sizes);
	return { county, notes };
}

async function grow(county: string, notes: Map<number, string>, sizes: number[], actor = 'tester') {
	const from = await db
		.selectFrom('ledger.head')
		.select('seq')
		.where('county', '=', county)
		.executeTakeFirstOrThrow();
	let seq = from.seq;
	for (const size of sizes) {
		await db.transaction().execute(async (trx) => {
			while (seq < size)
				seq = await append(trx, county, { type: 'test', at: AT.toISOString(), actor, i: seq });
		});
		const made = await checkpoint(db, county, key, AT);
		if (!made.ok) throw new Error(made.message);
		notes.set(size, made.checkpoint.note);
	}
}

/** As the owner of the tables, past triggers, keys and the constraint on the leaf hash. */
async function tamper(work: (trx: Transaction<DB>) => Promise<unknown>) {
	const tables = ['entry', 'head', 'checkpoint', 'tile'].map((name) => sql.raw(`ledger.${name}`));
	await db.transaction().execute(async (trx) => {
		for (const table of tables) await sql`ALTER TABLE ${table} DISABLE TRIGGER ALL`.execute(trx);
		await sql`ALTER TABLE ledger.entry DROP CONSTRAINT IF EXISTS entry_check`.execute(trx);
		await work(trx);
		for (const table of tables) await sql`ALTER TABLE ${table} ENABLE TRIGGER ALL`.execute(trx);
	});
}

/** Entry `seq` says something else, and its hash fits. */
const rewrite = (county: string, seq: number) => {
	const bytes = Buffer.from(canonicalBytes({ type: 'test', actor: 'somebody else' }));
	return tamper((trx) =>
		sql`UPDATE ledger.entry SET bytes = ${bytes}, leaf_hash = sha256('\\x00'::bytea || ${bytes})
			WHERE county = ${county} AND seq = ${seq}`.execute(trx)
	);
};

/** The rows of the ledger as a backup taken at `size` has them. */
const restore = (county: string, size: number) =>
	tamper(async (trx) => {
		await sql`DELETE FROM ledger.entry WHERE county = ${county} AND seq > ${size}`.execute(trx);
		await sql`DELETE FROM ledger.checkpoint WHERE county = ${county} AND size > ${size}`.execute(trx);
		await sql`DELETE FROM ledger.tile WHERE county = ${county} AND 256 * (number + 1) > ${size}`.execute(trx);
		await sql`UPDATE ledger.head SET seq = ${size} WHERE county = ${county}`.execute(trx);
	});

const check = (county: string, outside: (string | undefined)[] = [], keys = knownKeys(county, key)) =>
	checkLedger(db, county, {
		keys,
		outside: outside.map((note) => ({ checkpoint: parseCheckpoint(note!)!, by: 'paper' }))
	});

test('a ledger as it was written is found whole', async () => {
	const { county, notes } = await ledger(3, 5, 300, 2100);
	expect(await check(county, [notes.get(5), notes.get(2100)])).toMatchObject({
		ok: true,
		entries: 2100,
		checkpoints: 4,
		signatures: true
	});
	const empty = await ledger();
	expect(await check(empty.county)).toMatchObject({ ok: true, entries: 0 });
});

test('replication mode does not get past the triggers', async () => {
	const { county } = await ledger(3);
	for (const statement of [
		'UPDATE ledger.entry SET at = now()',
		'DELETE FROM ledger.entry',
		'TRUNCATE ledger.entry',
		'UPDATE ledger.checkpoint SET at = now()',
		'DELETE FROM ledger.checkpoint',
		'TRUNCATE ledger.checkpoint, ledger.cosignature',
		'DELETE FROM ledger.tile',
		'UPDATE ledger.head SET seq = 1',
		'UPDATE ledger.head SET seq = seq + 2',
		'DELETE FROM ledger.head'
	]) {
		const replica = db.transaction().execute(async (trx) => {
			await sql`SET LOCAL session_replication_role = replica`.execute(trx);
			// Something to refuse in every table.
			await sql`INSERT INTO ledger.tile VALUES (${county}, 77, sha256('')) ON CONFLICT DO NOTHING`.execute(
				trx
			);
			await sql.raw(statement).execute(trx);
		});
		await expect(replica, statement).rejects.toThrow(/append only/);
	}
	expect(await check(county)).toMatchObject({ ok: true, entries: 3 });
});

describe('somebody who owns the database and', () => {
	test('changes a byte is found at that entry', async () => {
		const { county } = await ledger(4, 9);
		await tamper((trx) =>
			sql`UPDATE ledger.entry SET bytes = set_byte(bytes, 10, get_byte(bytes, 10) # 1)
				WHERE county = ${county} AND seq = 6`.execute(trx)
		);
		expect(await check(county)).toMatchObject({ ok: false, fault: { reason: 'leaf_hash', seq: 6 } });
	});

	test('rewrites an entry and its hash is found between the checkpoints around it', async () => {
		const { county } = await ledger(4, 5, 6, 9);
		await rewrite(county, 6);
		expect(await check(county)).toMatchObject({
			ok: false,
			fault: { reason: 'root', seq: 6, through: 6, by: 'stored checkpoint 6' }
		});
	});

	test('deletes a row is found at that entry', async () => {
		const { county } = await ledger(9);
		await tamper((trx) =>
			sql`DELETE FROM ledger.entry WHERE county = ${county} AND seq IN (6, 7)`.execute(trx)
		);
		expect(await check(county)).toMatchObject({ fault: { reason: 'missing', seq: 6, through: 7 } });
	});

	test('deletes a row and moves the later ones up is found', async () => {
		const { county } = await ledger(3, 5, 9);
		await tamper(async (trx) => {
			await sql`DELETE FROM ledger.entry WHERE county = ${county} AND seq = 4`.execute(trx);
			for (let seq = 5; seq <= 9; seq++)
				await sql`UPDATE ledger.entry SET seq = seq - 1 WHERE county = ${county} AND seq = ${seq}`.execute(
					trx
				);
			await sql`UPDATE ledger.head SET seq = 8 WHERE county = ${county}`.execute(trx);
		});
		expect(await check(county)).toMatchObject({ fault: { reason: 'root', seq: 4, through: 5 } });
	});

	test('swaps two rows is found at the first of them', async () => {
		const { county } = await ledger(2, 3, 4, 8);
		await tamper(async (trx) => {
			for (const [from, to] of [
				[4, 1000],
				[7, 4],
				[1000, 7]
			])
				await sql`UPDATE ledger.entry SET seq = ${to} WHERE county = ${county} AND seq = ${from}`.execute(
					trx
				);
		});
		expect(await check(county)).toMatchObject({ fault: { reason: 'root', seq: 4, through: 4 } });
	});

	test('cuts the tail off is found against a checkpoint held outside', async () => {
		const { county, notes } = await ledger(100, 120);
		const cut = (seq: number) =>
			tamper(async (trx) => {
				await sql`DELETE FROM ledger.entry WHERE county = ${county} AND seq > ${seq}`.execute(trx);
				await sql`DELETE FROM ledger.checkpoint WHERE county = ${county} AND size > ${seq}`.execute(trx);
			});
		await cut(110);
		expect(await check(county)).toMatchObject({ fault: { reason: 'missing', seq: 111, by: 'the head row' } });
		await tamper((trx) => sql`UPDATE ledger.head SET seq = 110 WHERE county = ${county}`.execute(trx));
		expect(await check(county)).toMatchObject({ ok: true });
		expect(await check(county, [notes.get(100), notes.get(120)])).toMatchObject({
			ok: false,
			fault: { reason: 'missing', seq: 111, through: 120, by: 'paper' }
		});
	});

	test('restores an old backup is found against a checkpoint held outside', async () => {
		const { county, notes } = await ledger(100, 120);
		await restore(county, 100);
		expect(await check(county)).toMatchObject({ ok: true, entries: 100 });
		expect(await check(county, [notes.get(120)])).toMatchObject({
			ok: false,
			fault: { reason: 'missing', seq: 101, through: 120, by: 'paper' }
		});
	});

	test('restores an old backup and lets it grow again is found too', async () => {
		const { county, notes } = await ledger(100, 120);
		const outside = [notes.get(100), notes.get(120)];
		await restore(county, 100);
		await grow(county, new Map(), [130], 'somebody else');
		expect(await check(county)).toMatchObject({ ok: true, entries: 130 });
		expect(await check(county, outside)).toMatchObject({
			ok: false,
			fault: { reason: 'root', seq: 101, through: 120, by: 'paper' }
		});
	});

	test('empties the ledger is found against a checkpoint held outside', async () => {
		const { county, notes } = await ledger(4);
		await restore(county, 0);
		expect(await check(county, [notes.get(4)])).toMatchObject({
			fault: { reason: 'missing', seq: 1, through: 4 }
		});
	});

	test('adds entries past the counter, or moves the counter, is found', async () => {
		const { county } = await ledger(4);
		await tamper((trx) => sql`UPDATE ledger.head SET seq = 3 WHERE county = ${county}`.execute(trx));
		expect(await check(county)).toMatchObject({ fault: { reason: 'beyond_head', seq: 4, through: 4 } });
	});

	test('signs with a key of their own, or alters a checkpoint row, is found', async () => {
		const { county } = await ledger(4);
		expect(await check(county, [], [])).toMatchObject({ fault: { reason: 'unknown_key', seq: 4 } });
		await tamper((trx) =>
			sql`UPDATE ledger.checkpoint SET root = sha256('') WHERE county = ${county}`.execute(trx)
		);
		expect(await check(county)).toMatchObject({ fault: { reason: 'checkpoint_text', seq: 4 } });
		const other = await ledger(4);
		await tamper((trx) =>
			sql`UPDATE ledger.checkpoint SET text = translate(text, 'AB', 'BA') WHERE county = ${other.county}`.execute(
				trx
			)
		);
		const broken = await check(other.county);
		expect(broken.ok).toBe(false);
	});

	test('alters or drops a stored root of proofs is found', async () => {
		const { county } = await ledger(600);
		await tamper((trx) =>
			sql`UPDATE ledger.tile SET root = sha256('') WHERE county = ${county} AND number = 1`.execute(trx)
		);
		expect(await check(county)).toMatchObject({ fault: { reason: 'tile', seq: 257, through: 512 } });
		await tamper((trx) => sql`DELETE FROM ledger.tile WHERE county = ${county}`.execute(trx));
		expect(await check(county)).toMatchObject({ fault: { reason: 'tile', seq: 1, through: 256 } });
	});
});
