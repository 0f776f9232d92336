import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../../src/lib/server/account';
import type { Database } from '../../src/lib/server/db/database';
import { append, type LedgerEntry } from '../../src/lib/server/ledger';
import {
	everyEntry,
	filterOf,
	ledgerSize,
	listActors,
	listEntries,
	namesIn,
	noteExport,
	type LedgerFilter
} from '../../src/lib/server/ledger-reading';
import { freshDatabase } from '../support/database';

// Several statements in a row on purpose: numbers 1…n are what the tests name.
const OTHER = '350100';
const COUNTY = '350125';
const all: LedgerFilter = { type: '', actor: '', from: '', to: '', text: '' };
const by = { actor: 'operator', at: new Date('2026-03-01T00:00:00Z'), address: null };

let db: Database;
let ming = '';
let hong = '';
const record = (...entries: LedgerEntry[]) =>
	db.transaction().execute(async (trx) => {
		for (const entry of entries) await append(trx, COUNTY, entry);
	});
const found = async (filter: Partial<LedgerFilter>, options?: { before?: number; limit?: number }) =>
	(await listEntries(db, COUNTY, { ...all, ...filter }, options)).rows.map(({ seq }) => seq);

beforeAll(async () => {
	db = await freshDatabase();
	for (const [username, name] of [
		['ming', '王明'],
		['hong', '李"红"']
	] as const) {
		const made = await createAccount(
			db,
			{ username, name, roles: ['planner'], office: null, subject: null },
			by
		);
		if (!made.ok) throw new Error(made.reason);
		if (username === 'ming') ming = made.id;
		else hong = made.id;
	}
	await sql`SELECT app.add_county(${COUNTY}, '永泰县', 4549, true)`.execute(db);
	await sql`SELECT app.add_county(${OTHER}, '别县', 4549, true)`.execute(db);
	await record(
		{ type: 'plan.created', at: '2026-02-28T15:59:59.999Z', actor: ming, name: '二月的计划' },
		{ type: 'draw.frozen', at: '2026-02-28T16:00:00.000Z', actor: ming, draw: 12 },
		{ type: 'draw.void_asked', at: '2026-03-01T15:59:59.999Z', actor: hong, draw: 12, reason: '说"错"了' },
		{ type: 'draw.void', at: '2026-03-01T16:00:00.000Z', actor: ming, askedBy: hong, draw: 12 },
		{ type: 'something.new', at: '2026-03-02T00:00:00.000Z', actor: 'operator', number: 4 }
	);
	await db
		.transaction()
		.execute((trx) =>
			append(trx, OTHER, { type: 'draw.frozen', at: '2026-03-01T00:00:00.000Z', actor: ming })
		);
});

describe('entries', () => {
	test('come newest first, of this county only', async () => {
		expect(await found({})).toEqual([5, 4, 3, 2, 1]);
		expect(await ledgerSize(db, COUNTY)).toBe(5);
		const { rows } = await listEntries(db, COUNTY, all, { limit: 1 });
		expect(rows[0]).toMatchObject({
			...{ seq: 5, type: 'something.new', actor: 'operator', at: '2026-03-02T00:00:00.000Z' },
			entry: { number: 4 },
			text: '{"actor":"operator","at":"2026-03-02T00:00:00.000Z","number":4,"type":"something.new"}',
			leafHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string
		});
	});

	test('of one type, or of a kind', async () => {
		expect(await found({ type: 'draw.void' })).toEqual([4]);
		expect(await found({ type: 'draw.' })).toEqual([4, 3, 2]);
		expect(await found({ type: 'draw.never' })).toEqual([]);
	});

	test('of one actor, by id, user name, name or what stands for one', async () => {
		for (const actor of [ming, 'ming', 'MING', '王明']) expect(await found({ actor })).toEqual([4, 2, 1]);
		for (const actor of [hong, 'hong', '李"红"']) expect(await found({ actor })).toEqual([3]);
		expect(await found({ actor: 'operator' })).toEqual([5]);
		expect(await found({ actor: '王' })).toEqual([]);
	});

	test('of days of China, both ends included, to the millisecond', async () => {
		expect(await found({ from: '2026-03-01', to: '2026-03-01' })).toEqual([3, 2]);
		expect(await found({ to: '2026-02-28' })).toEqual([1]);
		expect(await found({ from: '2026-03-02' })).toEqual([5, 4]);
	});

	test('that hold a text, however it is quoted, or bear a number', async () => {
		expect(await found({ text: '二月' })).toEqual([1]);
		expect(await found({ text: '说"错"了' })).toEqual([3]);
		expect(await found({ text: '"draw":12' })).toEqual([4, 3, 2]);
		expect(await found({ text: '4' })).toContain(4);
		expect(await found({ text: '%' })).toEqual([]);
		expect(await found({ text: "'; DROP SCHEMA ledger; --" })).toEqual([]);
	});

	test('all filters hold at once', async () => {
		expect(
			await found({ type: 'draw.', actor: 'ming', from: '2026-03-01', to: '2026-03-02', text: '12' })
		).toEqual([4, 2]);
	});

	test('page by number: nothing twice, nothing left out, also while entries are added', async () => {
		const first = await listEntries(db, COUNTY, all, { limit: 2 });
		expect(first.before).toBe(4);
		const second = await listEntries(db, COUNTY, all, { limit: 2, before: first.before! });
		expect(second.rows.map(({ seq }) => seq)).toEqual([3, 2]);
		const last = await listEntries(db, COUNTY, all, { limit: 2, before: second.before! });
		expect([last.rows.map(({ seq }) => seq), last.before]).toEqual([[1], null]);
		// Filtered pages too.
		const draws = await listEntries(db, COUNTY, { ...all, type: 'draw.' }, { limit: 2 });
		expect(draws.before).toBe(3);
		expect(await found({ type: 'draw.' }, { before: 3 })).toEqual([2]);
	});

	test('by the thousand, for the export', async () => {
		const seen: number[] = [];
		for await (const rows of everyEntry(db, COUNTY, all)) seen.push(...rows.map(({ seq }) => seq));
		expect(seen).toEqual([5, 4, 3, 2, 1]);
	});
});

test('names go by account, of whoever acted or was asked', async () => {
	const { rows } = await listEntries(db, COUNTY, { ...all, type: 'draw.void' });
	const names = await namesIn(db, rows);
	expect(names.get(ming)).toEqual({ username: 'ming', name: '王明' });
	expect(names.get(hong)).toEqual({ username: 'hong', name: '李"红"' });
	expect((await namesIn(db, [])).size).toBe(0);
	expect((await listActors(db)).map(({ username }) => username)).toEqual(['hong', 'ming']);
});

test('a spoiled row is shown as it is, and no filter stumbles over it', async () => {
	await db
		.transaction()
		.execute(async (trx) => {
			await sql`SELECT ledger.append(${COUNTY}, ${Buffer.from([0xff, 0x22, 0x00, 0x7b])})`.execute(trx);
			const { rows } = await listEntries(trx, COUNTY, all, { limit: 1 });
			expect(rows[0]).toMatchObject({ seq: 6, entry: null, type: '', actor: '', at: '' });
			const filter = { type: 'draw.', actor: 'ming', from: '2026-03-02', to: '2026-03-02', text: '12' };
			expect((await listEntries(trx, COUNTY, filter)).rows.map(({ seq }) => seq)).toEqual([4]);
			throw new Error('back');
		})
		.catch((error: Error) => expect(error.message).toBe('back'));
});

test('an address that says nonsense does not filter', () => {
	const of = (query: string) => filterOf(new URLSearchParams(query));
	expect(of('type=x&actor=&from=2026-13-45&to=yesterday')).toEqual(all);
	expect(of('type=draw.&actor= ming &from=2026-03-01&to=2026-03-02&q=12')).toEqual({
		...{ type: 'draw.', actor: 'ming', from: '2026-03-01', to: '2026-03-02', text: '12' }
	});
});

test('an export is noted with what was taken', async () => {
	await noteExport(db, { ...all, type: 'draw.' }, { actor: ming, at: by.at, address: '10.0.0.1' });
	const event = await db
		.selectFrom('auth.event')
		.selectAll()
		.where('type', '=', 'ledger.exported')
		.executeTakeFirstOrThrow();
	expect(event).toMatchObject({ account: ming, actor: ming, address: '10.0.0.1', detail: { type: 'draw.' } });
});
