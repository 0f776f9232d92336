import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromHex } from '../../src/lib/core/bytes/hex';
import { cosign, originOf, signCheckpoint, verifyCheckpoint } from '../../src/lib/core/ledger/checkpoint';
import { addLine, COSIGNATURE, verifierKey } from '../../src/lib/core/ledger/note';
import { verifyConsistency } from '../../src/lib/core/ledger/proof';
import { leafHash, treeRoot, verifyInclusion } from '../../src/lib/core/ledger/tree';
import {
	checkpoint,
	importCosignatures,
	listCheckpoints,
	readCheckpoint
} from '../../src/lib/server/checkpoint';
import type { Database } from '../../src/lib/server/db/database';
import { append } from '../../src/lib/server/ledger';
import { knownKeys } from '../../src/lib/server/ledger-key';
import { consistency, inclusion } from '../../src/lib/server/ledger-proof';
import { freshDatabase } from '../support/database';

const AT = new Date('2026-03-01T00:00:00Z');
const key = { ok: true, seed: new Uint8Array(32).fill(1), trusted: [] } as const;
const SIZES = [1, 2, 255, 256, 257, 600, 1030];
const COUNTY = '350125';

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	for (const code of [COUNTY, '350100', '350101', '350102', '350103'])
		await sql`SELECT app.add_county(${code}, '测试县', 4549, true)`.execute(db);
	for (const [i, size] of SIZES.entries()) {
		await grow(COUNTY, size - (SIZES[i - 1] ?? 0));
		await checkpoint(db, COUNTY, key, AT);
	}
});

const grow = (county: string, count: number) =>
	db.transaction().execute(async (trx) => {
		for (let i = 0; i < count; i++)
			await append(trx, county, { type: 'test', at: AT.toISOString(), actor: 'tester', i });
	});

async function leavesOf(county: string): Promise<Uint8Array[]> {
	const rows = await db
		.selectFrom('ledger.entry')
		.select('bytes')
		.where('county', '=', county)
		.orderBy('seq')
		.execute();
	return rows.map(({ bytes }) => leafHash(bytes));
}

describe('a checkpoint', () => {
	test('is the signed root of everything up to it, whatever the sizes in between', async () => {
		const leaves = await leavesOf(COUNTY);
		const stored = await listCheckpoints(db, COUNTY);
		expect(stored.map(({ size }) => size)).toEqual(SIZES.toReversed());
		for (const { size, root, note } of stored) {
			expect(fromHex(root)).toEqual(treeRoot(leaves.slice(0, size)));
			const verified = verifyCheckpoint(note, knownKeys(COUNTY, key));
			expect(verified).toMatchObject({ ok: true, checkpoint: { origin: originOf(COUNTY), size } });
		}
		expect((await listCheckpoints(db, COUNTY, { before: 256, limit: 2 })).map(({ size }) => size)).toEqual([
			255, 2
		]);
	});

	test('is made once for one size, and not at all of nothing', async () => {
		expect(await checkpoint(db, '350100', key, AT)).toMatchObject({ ok: false, reason: 'empty' });
		await grow('350100', 3);
		const made = await Promise.all([1, 2, 3].map(() => checkpoint(db, '350100', key, AT)));
		expect(made.filter((result) => result.ok && result.fresh)).toHaveLength(1);
		expect(await listCheckpoints(db, '350100')).toHaveLength(1);
	});

	test('covers the entry of its own transaction, and goes with it', async () => {
		const before = (await listCheckpoints(db, '350101')).length;
		const work = db.transaction().execute(async (trx) => {
			const seq = await append(trx, '350101', { type: 'test', at: AT.toISOString(), actor: 'tester' });
			expect(await checkpoint(trx, '350101', key, AT)).toMatchObject({ checkpoint: { size: seq } });
			throw new Error('rolled back');
		});
		await expect(work).rejects.toThrow('rolled back');
		expect(await listCheckpoints(db, '350101')).toHaveLength(before);
	});

	test('is refused without a key, with the way out', async () => {
		const none = { ok: false, reason: 'no_key', message: 'set FAIRLOT_LEDGER_KEY' } as const;
		expect(await checkpoint(db, COUNTY, none, AT)).toEqual(none);
	});

	test('does not continue one that a stranger signed or whose stored nodes are not those signed', async () => {
		await grow('350102', 5);
		await checkpoint(db, '350102', key, AT);
		await grow('350102', 1);
		const other = { ...key, seed: new Uint8Array(32).fill(9) };
		expect(await checkpoint(db, '350102', other, AT)).toMatchObject({ ok: false, reason: 'broken' });
		// With the former key among the trusted ones a new key may go on.
		const rotated = { ...other, trusted: knownKeys('350102', key) };
		await db
			.transaction()
			.execute(async (trx) => {
				await sql`ALTER TABLE ledger.checkpoint DISABLE TRIGGER USER`.execute(trx);
				await sql`UPDATE ledger.checkpoint SET frontier = overlay(frontier PLACING '\\x00' FROM 3)
					WHERE county = '350102'`.execute(trx);
				expect(await checkpoint(trx, '350102', key, AT)).toMatchObject({ ok: false, reason: 'broken' });
				throw new Error('back');
			})
			.catch((error: Error) => expect(error.message).toBe('back'));
		expect(await checkpoint(db, '350102', rotated, AT)).toMatchObject({ ok: true, checkpoint: { size: 6 } });
	});
});

describe('a proof', () => {
	test('of any entry leads to any checkpoint over it', async () => {
		for (const size of SIZES) {
			for (const seq of new Set([1, 2, 250, 256, 257, 512, 599, 1024, 1030].filter((n) => n <= size))) {
				const proof = await inclusion(db, COUNTY, seq, size);
				if (!proof.ok) throw new Error(`${seq} of ${size}: ${proof.reason}`);
				const leaf = leafHash(new TextEncoder().encode(proof.entry));
				expect(verifyInclusion(leaf, seq - 1, size, proof.proof.map(fromHex), fromHex(proof.root))).toBe(
					true
				);
				expect(verifyCheckpoint(proof.note, knownKeys(COUNTY, key))).toMatchObject({
					ok: true,
					checkpoint: { size, root: fromHex(proof.root) }
				});
			}
		}
	});

	test('leads from any checkpoint to any later one', async () => {
		for (const from of SIZES) {
			for (const to of SIZES.filter((size) => size >= from)) {
				const proof = await consistency(db, COUNTY, from, to);
				if (!proof.ok) throw new Error(`${from} to ${to}: ${proof.reason}`);
				const head = ({ size, root }: typeof proof.from) => ({ size, root: fromHex(root) });
				expect(verifyConsistency(head(proof.from), head(proof.to), proof.proof.map(fromHex))).toBe(true);
			}
		}
	});

	test('of what is not there says so', async () => {
		expect(await inclusion(db, COUNTY, 1031)).toMatchObject({ reason: 'not_covered' });
		expect(await inclusion(db, COUNTY, 300, 257)).toMatchObject({ reason: 'not_covered' });
		expect(await inclusion(db, COUNTY, 1, 7)).toMatchObject({ reason: 'no_checkpoint' });
		expect(await inclusion(db, COUNTY, 0)).toMatchObject({ reason: 'no_entry' });
		expect(await consistency(db, COUNTY, 256, 2)).toMatchObject({ reason: 'not_covered' });
		expect(await consistency(db, COUNTY, 3)).toMatchObject({ reason: 'no_checkpoint' });
	});
});

describe('a cosignature', () => {
	const office = new Uint8Array(32).fill(2);
	const officeKey = verifierKey('fuzhou/office', office, COSIGNATURE);
	const sign = (note: string) => addLine(note, cosign(note, 'fuzhou/office', office, 1772323200));

	test('is kept beside the note, which stays as it was, and handed out with it', async () => {
		const { note } = (await readCheckpoint(db, COUNTY, 600))!;
		expect(await importCosignatures(db, COUNTY, sign(note), [officeKey], AT)).toEqual({
			ok: true,
			size: 600,
			added: 1
		});
		expect(await importCosignatures(db, COUNTY, sign(note), [officeKey], AT)).toMatchObject({ added: 0 });
		const stored = await sql<{ text: string }>`SELECT text FROM ledger.checkpoint
			WHERE county = ${COUNTY} AND size = 600`.execute(db);
		expect(stored.rows).toEqual([{ text: note }]);
		const whole = (await readCheckpoint(db, COUNTY, 600))!.note;
		expect(whole).toBe(sign(note));
		expect(verifyCheckpoint(whole, [officeKey])).toMatchObject({ ok: true });
	});

	test('over another root, by a stranger, or false, is refused', async () => {
		const { note } = (await readCheckpoint(db, COUNTY, 257))!;
		const put = (text: string, keys = [officeKey]) => importCosignatures(db, COUNTY, text, keys, AT);
		const fork = signCheckpoint({ origin: originOf(COUNTY), size: 257, root: new Uint8Array(32) }, key.seed);
		expect(await put(sign(fork))).toMatchObject({ reason: 'no_such_checkpoint' });
		expect(await put('350125\n')).toMatchObject({ reason: 'not_a_checkpoint' });
		expect(await put(note)).toMatchObject({ reason: 'unknown_key' });
		expect(await put(sign(note), [verifierKey('else', office, COSIGNATURE)])).toMatchObject({
			reason: 'unknown_key'
		});
		const elsewhere = cosign(sign(fork), 'fuzhou/office', office, 1772323200);
		expect(await put(addLine(note, elsewhere))).toMatchObject({ reason: 'false_signature' });
		expect((await readCheckpoint(db, COUNTY, 257))!.note).toBe(note);
	});
});
