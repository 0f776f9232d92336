import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { freshDatabase } from '../support/database';

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await sql`DROP TABLE IF EXISTS public.counter`.execute(db);
	await sql`CREATE TABLE public.counter (id int PRIMARY KEY, n int NOT NULL)`.execute(db);
	await sql`INSERT INTO public.counter VALUES (1, 0)`.execute(db);
});

describe('one handle', () => {
	test('the outer handle inside a transaction is an error, not a hang', async () => {
		await expect(
			db.transaction().execute(async () => {
				await sql`SELECT 1`.execute(db);
			})
		).rejects.toThrow(/use its own handle/);
		await expect(
			db
				.transaction()
				.setIsolationLevel('repeatable read')
				.execute(() => db.selectFrom('app.county').selectAll().execute())
		).rejects.toThrow(/use its own handle/);
	});

	test('read-modify-write transactions, some thrown, mixed with reads: every one counts once', async () => {
		const thrown = new Set(Array.from({ length: 20 }, (_, k) => k * 5));
		const writes = Array.from({ length: 100 }, (_, k) =>
			db
				.transaction()
				.execute(async (trx) => {
					const { rows } = await sql<{
						n: number;
					}>`SELECT n FROM public.counter WHERE id = 1 FOR UPDATE`.execute(trx);
					await sql`UPDATE public.counter SET n = ${(rows[0]?.n ?? NaN) + 1} WHERE id = 1`.execute(trx);
					if (thrown.has(k)) throw new Error('thrown on purpose');
				})
				.catch((error: Error) => {
					if (error.message !== 'thrown on purpose') throw error;
				})
		);
		const reads = Array.from({ length: 100 }, () => sql`SELECT n FROM public.counter`.execute(db));
		await Promise.all([...writes, ...reads]);
		const { rows } = await sql<{ n: number }>`SELECT n FROM public.counter`.execute(db);
		expect(rows[0]?.n).toBe(80);
	});

	test('types arrive the same on both engines', async () => {
		const { rows } = await sql<Record<string, unknown>>`
			SELECT 9007199254740991::bigint AS int8, '2024-02-29'::date AS day, '2024-02-29T12:00:00+08'::timestamptz AS instant,
				ARRAY['矿', '地'] AS texts, '{"a":[1,null]}'::jsonb AS json, '\\x00ff'::bytea AS bytes, 1.5::float8 AS double,
				12.340::numeric(6,3) AS number, ST_AsText(ST_Point(119, 25.9, 4490)) AS point, true AS yes, NULL AS nothing`.execute(
			db
		);
		expect(rows[0]).toEqual({
			int8: 9007199254740991,
			day: '2024-02-29',
			instant: new Date('2024-02-29T04:00:00Z'),
			texts: ['矿', '地'],
			json: { a: [1, null] },
			bytes: Buffer.from([0, 255]),
			double: 1.5,
			number: '12.340',
			point: 'POINT(119 25.9)',
			yes: true,
			nothing: null
		});
	});

	test('an answer of several megabytes and a statement of several megabytes pass whole', async () => {
		const text = '检查'.repeat(700_000);
		const { rows } = await sql<{ text: string }>`SELECT ${text}::text AS text`.execute(db);
		expect(rows[0]?.text.length).toBe(text.length);
		expect(rows[0]?.text).toBe(text);
	});

	test('a wrong statement leaves the connection usable', async () => {
		await expect(sql`SELECT nonsense`.execute(db)).rejects.toThrow(/nonsense/);
		expect((await sql<{ one: number }>`SELECT 1 AS one`.execute(db)).rows).toEqual([{ one: 1 }]);
	});
});
