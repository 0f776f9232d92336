// Plans: saved with their ledger entry or not at all; the freeze takes exactly what the scope and its rule say.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { encodeArea } from '../../src/lib/map/area-param';
import { planForm, type PlanForm } from '../../src/lib/schema/plan';
import type { Database } from '../../src/lib/server/db/database';
import { freeze, type Scope } from '../../src/lib/server/frame';
import { sizeOf } from '../../src/lib/server/frozen';
import { listPlans, planOf, readPlan, savePlan, scopeError } from '../../src/lib/server/plan';
import { previewPlan } from '../../src/lib/server/preview';
import { freshDatabase } from '../support/database';
import { COUNTY, insertTarget, insertTownships, openCounty } from '../support/small-county';

let db: Database;
const at = new Date('2026-07-01T02:00:00Z');
const form: PlanForm = {
	name: '2026年采矿权双随机抽查',
	kind: 'mining_right',
	area: '',
	areaRule: 'intersects',
	townships: [],
	sizeBy: 'number',
	ratioPercent: 5,
	sampleSize: 3,
	minPerTownship: 1,
	h3Resolution: 7,
	grid: 100,
	substitutes: 2,
	weightA: 0.5,
	weightB: 1,
	weightC: 2,
	weightD: 4,
	weightBlacklist: 4,
	takeBlacklist: false
};

/** A square of 0.1° whose west edge is at 118.9. */
const square = [[118.9, 25.8] as const, [119, 25.8] as const, [119, 25.9] as const, [118.9, 25.9] as const];
const area = encodeArea([[[...square, square[0]!].map(([lon, lat]) => [lon, lat] as [number, number])]]);

beforeAll(async () => {
	db = await freshDatabase();
	await openCounty(db);
	await insertTownships(db, ['350125100', '350125101']);
	// Well inside, across the west edge with its centre inside, across it with its centre outside, far away.
	await insertTarget(db, { code: 'inside', lon: 118.95, lat: 25.85 });
	await insertTarget(db, { code: 'centre-in', lon: 118.9005, lat: 25.85 });
	await insertTarget(db, { code: 'centre-out', lon: 118.8995, lat: 25.85 });
	await insertTarget(db, { code: 'away', lon: 118.5, lat: 25.6, township: '350125101' });
	await insertTarget(db, { code: 'parcel', kind: 'land_parcel', lon: 118.95, lat: 25.85 });
	await insertTarget(db, { code: 'stopped', lon: 118.96, lat: 25.85, status: 'suspended' });
	await insertTarget(db, { code: 'shut', lon: 118.97, lat: 25.85, status: 'closed', township: '350125101' });
	await insertTarget(db, { code: 'gone', lon: 118.95, lat: 25.86, until: new Date('2026-06-01T00:00:00Z') });
	for (const [i, grade] of (['A', 'B', 'C', 'D'] as const).entries()) {
		const party = `91350100M000100Y4${i}`;
		await db
			.insertInto('app.party')
			.values({ county: COUNTY, uscc: party, name: grade, credit_grade: grade })
			.execute();
		await insertTarget(db, { code: `grade-${grade}`, lon: 118.94 + i / 1000, lat: 25.84, party });
	}
	// Blacklisted through 1 July by the calendar of China: 16:30 UTC is already the 2nd.
	await sql`INSERT INTO app.blacklist_period (county, uscc, during, source)
		VALUES (${COUNTY}, '91350100M000100Y40', '[2026-06-01,2026-07-02)', 'test')`.execute(db);
});

const plan = (change: Partial<PlanForm> = {}) => planOf(v.parse(planForm, { ...form, ...change }));
const frozen = (scope: Partial<Scope> = {}, when = at) => {
	const base = plan();
	return freeze(db, COUNTY, { ...base, ...scope }, { ...base, salted: true }, when);
};
const ids = async (scope: Partial<Scope>) =>
	(await frozen(scope)).rows.map(({ id }) => id).filter((id) => !id.startsWith('grade'));
const ledgerSize = async () =>
	(
		await db
			.selectFrom('ledger.entry')
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow()
	).n;

describe('saving', () => {
	test('the plan and its ledger entry appear together and read back as they were', async () => {
		const before = await ledgerSize();
		const wanted = plan({ area, areaRule: 'centre', townships: ['350125101', '350125100'] });
		const id = await savePlan(db, COUNTY, wanted, at);
		expect(await ledgerSize()).toBe(before + 1);
		const saved = await readPlan(db, COUNTY, id);
		expect(saved).toMatchObject({ ...wanted, area: expect.stringContaining('MultiPolygon') as string });
		expect(saved?.townships).toEqual(['350125100', '350125101']);
		const coordinates = (text: string) => (JSON.parse(text) as { coordinates: unknown }).coordinates;
		expect(coordinates(saved!.area!)).toEqual(coordinates(wanted.area!));
		const entry = await db
			.selectFrom('ledger.entry')
			.select('bytes')
			.orderBy('seq', 'desc')
			.executeTakeFirstOrThrow();
		expect(JSON.parse(entry.bytes.toString())).toMatchObject({
			type: 'plan.created',
			plan: id,
			sampleSize: 3
		});
		expect((await listPlans(db, COUNTY))[0]).toMatchObject({ id, hasArea: true, draws: 0 });
	});

	test('a plan that the database refuses leaves no ledger entry', async () => {
		const before = await ledgerSize();
		const plans = (await listPlans(db, COUNTY)).length;
		await expect(savePlan(db, COUNTY, { ...plan(), h3Resolution: 3 }, at)).rejects.toThrow(
			/check constraint/
		);
		expect(await ledgerSize()).toBe(before);
		expect(await listPlans(db, COUNTY)).toHaveLength(plans);
	});

	test('an outline without surface and an unknown township are named', async () => {
		const line = JSON.stringify({
			type: 'MultiPolygon',
			coordinates: [
				[
					[
						[1, 1],
						[2, 2],
						[1, 1],
						[1, 1]
					]
				]
			]
		});
		expect(await scopeError(db, COUNTY, { ...plan(), area: line })).toEqual({
			field: 'area',
			reason: 'area_empty'
		});
		expect(await scopeError(db, COUNTY, plan({ townships: ['350125999'] }))).toMatchObject({
			code: '350125999'
		});
		expect(await scopeError(db, COUNTY, plan({ area }))).toBeNull();
	});
});

test('the form refuses what it should, with the field', () => {
	const wrong = (change: Partial<Record<keyof PlanForm, unknown>>) => {
		const parsed = v.safeParse(planForm, { ...form, ...change });
		return parsed.success ? null : v.flatten<typeof planForm>(parsed.issues).nested;
	};
	expect(wrong({})).toBeNull();
	expect(wrong({ name: ' ' })).toEqual({ name: ['empty'] });
	expect(wrong({ name: 'a\u0000b' })).toEqual({ name: ['text'] });
	expect(wrong({ area: '{"type":"Point"}' })).toEqual({ area: ['area'] });
	expect(wrong({ ratioPercent: 101 })).toEqual({ ratioPercent: ['most:100'] });
	expect(wrong({ weightA: 0.0005 })).toEqual({ weightA: ['places'] });
	expect(wrong({ sampleSize: 1.5 })).toEqual({ sampleSize: ['whole'] });
	expect(wrong({ h3Resolution: 10 })).toEqual({ h3Resolution: ['most:9'] });
	expect(v.parse(planForm, { ...form, name: 'e\u0301' }).name).toBe('\u00e9');
});

test('a ratio is rounded up, exactly', () => {
	const of = (ratioPercent: number, size: number) =>
		sizeOf({ sampleSize: null, ratioPercent, minPerTownship: 0 }, size).sampleSize;
	expect([of(5, 283), of(5, 280), of(0.1, 3000), of(100, 7), of(33.333, 3)]).toEqual([15, 14, 3, 7, 1]);
});

describe('the freeze', () => {
	const outline = plan({ area }).area;

	test.each([
		['intersects', ['centre-in', 'centre-out', 'inside']],
		['contains', ['inside']],
		['centre', ['centre-in', 'inside']]
	] as const)('%s', async (areaRule, expected) => {
		expect(await ids({ area: outline, areaRule })).toEqual(expected);
	});

	test('one kind, chosen townships, nothing that has left the registry', async () => {
		expect(await ids({})).toEqual(['away', 'centre-in', 'centre-out', 'inside']);
		expect(await ids({ townships: ['350125101'] })).toEqual(['away']);
		expect(await ids({ kind: 'land_parcel' })).toEqual(['parcel']);
	});

	test('as of the instant asked for', async () => {
		const before = (await frozen({}, new Date('2026-05-01T00:00:00Z'))).rows.map(({ id }) => id);
		expect(before).toContain('gone');
		expect((await frozen({}, new Date('2019-01-01T00:00:00Z'))).rows).toEqual([]);
	});

	test('what cannot be inspected is left out with its reason, inside the scope only', async () => {
		const { excluded } = await frozen({});
		expect(excluded.map(({ id, reason }) => [id, reason])).toEqual([
			['shut', 'closed'],
			['stopped', 'suspended']
		]);
		expect((await frozen({ townships: ['350125101'] })).excluded).toHaveLength(1);
	});

	test('weights by grade and by blacklist on the day in China; no party counts as B', async () => {
		const weights = async (when: Date) =>
			Object.fromEntries((await frozen({}, when)).rows.map(({ id, weight }) => [id, weight]));
		expect(await weights(new Date('2026-07-02T01:00:00Z'))).toMatchObject({
			'grade-A': 1,
			'grade-B': 2,
			'grade-C': 4,
			'grade-D': 8,
			inside: 2
		});
		expect(await weights(new Date('2026-07-01T15:59:00Z'))).toMatchObject({ 'grade-A': 8 });
		expect(await weights(new Date('2026-07-01T16:30:00Z'))).toMatchObject({ 'grade-A': 1 });
		const certain = plan({ takeBlacklist: true });
		const { rows } = await freeze(db, COUNTY, certain, { ...certain, salted: true }, at);
		expect(rows.filter(({ take }) => take === 1).map(({ id }) => id)).toEqual(['grade-A']);
	});

	test('cells at the plan’s resolution, metres on its grid, fresh salts', async () => {
		const [first, second] = [await frozen({}), await frozen({})];
		for (const { cell, x, y, salt } of first.rows) {
			expect(cell).toMatch(/^87[0-9a-f]+ffffff$/);
			expect([x % 100, y % 100]).toEqual([0, 0]);
			expect(salt).toMatch(/^[0-9a-f]{32}$/);
		}
		const salts = [...first.rows, ...first.excluded, ...second.rows, ...second.excluded].map(
			({ salt }) => salt
		);
		expect(new Set(salts).size).toBe(salts.length);
	});
});

describe('the preview', () => {
	test('shares sum to the sample, and the rest is counted', async () => {
		const preview = await previewPlan(db, COUNTY, plan(), at);
		expect(preview).toMatchObject({ size: 8, sampleSize: 3, problem: null });
		expect(preview.townships.reduce((sum, { mass }) => sum + mass, 0)).toBe(3 * 2 ** 30);
		expect(preview.cells.reduce((sum, { mass }) => sum + mass, 0)).toBe(3 * 2 ** 30);
		expect(preview.excluded).toEqual([
			{ reason: 'closed', count: 1 },
			{ reason: 'suspended', count: 1 }
		]);
	});

	test('what stands in the way is named', async () => {
		const problem = async (change: Partial<PlanForm>) =>
			(await previewPlan(db, COUNTY, plan(change), at)).problem;
		expect(await problem({ minPerTownship: 3 })).toEqual({
			ok: false,
			reason: 'minimum_too_large',
			needed: 4,
			sampleSize: 3
		});
		expect(await problem({ sampleSize: 9 })).toMatchObject({ reason: 'sample_too_large', size: 8 });
		expect(await problem({ kind: 'land_parcel', townships: ['350125101'] })).toEqual({ reason: 'empty' });
	});
});
