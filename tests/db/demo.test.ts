// The demonstration county in a database: what SQL says about it, and the past draws as they were stored.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeExcluded, makeFrame, type FrameRow } from '../../src/lib/core/draw/frame';
import { verify } from '../../src/lib/core/draw/verify';
import type { Database } from '../../src/lib/server/db/database';
import { demoResults } from '../../src/lib/server/demo/results';
import { loadDemo, type LoadResult } from '../../src/lib/server/demo/load';
import { readBoard } from '../../src/lib/server/result/board';
import { authIdentity } from '../../src/lib/server/db/identity';
import { databaseAs, freshDatabase } from '../support/database';

let db: Database;
let loaded: LoadResult;
let targetsMs = 0;
const at = new Date('2026-07-01T02:00:00Z');
beforeAll(async () => {
	db = await freshDatabase();
	let begun = 0;
	loaded = await loadDemo(db, {
		at,
		onProgress: (stage) => {
			if (stage === 'directories') begun = performance.now();
			if (stage === 'targets') targetsMs = performance.now() - begun;
		}
	});
});

const one = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db)).rows[0]!;

test('loads all of it, the targets within 15 s', () => {
	expect(loaded).toEqual({ ok: true, targets: 6280, parties: 900, draws: 12 });
	expect(targetsMs).toBeLessThan(15_000);
});

test('a second load is refused and changes nothing', async () => {
	const before = await db.selectFrom('ledger.head').select('seq').executeTakeFirstOrThrow();
	expect(await loadDemo(db, { at })).toEqual({ ok: false, reason: 'county_exists', code: '350125' });
	expect(await db.selectFrom('ledger.head').select('seq').executeTakeFirstOrThrow()).toEqual(before);
});

test('says that it is a demonstration', async () => {
	expect(await db.selectFrom('app.county').selectAll().executeTakeFirstOrThrow()).toEqual({
		code: '350125',
		name: '永泰县（演示）',
		epsg: 4549,
		demo: true
	});
	for (const source of await db.selectFrom('app.boundary_source').selectAll().execute()) {
		expect(source.sketch).toBe(true);
		expect(source.provenance).toMatch(/^示意/);
		expect(source.review_number).toBeNull();
	}
});

describe('townships', () => {
	test('21, valid, 2,229 km² in all', async () => {
		const row = await one(
			sql<{
				n: number;
				valid: boolean;
				km2: number;
			}>`SELECT count(*) AS n, bool_and(ST_IsValid(geom)) AS valid,
				sum(area_m2) / 1e6 AS km2 FROM app.current_township`
		);
		expect(row).toMatchObject({ n: 21, valid: true });
		expect(Math.abs(row.km2 / 2229 - 1)).toBeLessThan(0.005);
	});

	test('no gaps, no overlaps', async () => {
		const row = await one(
			sql<{ rings: number; united: number; summed: number }>`SELECT ST_NumInteriorRings(u) AS rings,
				ST_Area(u::geography) / 1e6 AS united, summed
				FROM (SELECT ST_Union(geom) AS u, sum(area_m2) / 1e6 AS summed FROM app.current_township) t`
		);
		expect(row.rings).toBe(0);
		expect(row.united).toBeCloseTo(row.summed, 3);
	});
});

describe('targets', () => {
	test('geometry is valid, the point inside it and inside the township', async () => {
		const row = await one(
			sql<{
				n: number;
				valid: boolean;
				inside: boolean;
				township: boolean;
				whole: boolean;
			}>`SELECT count(*) AS n,
				bool_and(ST_IsValid(t.geom)) AS valid, bool_and(ST_Contains(t.geom, t.point)) AS inside,
				bool_and(ST_Contains(w.geom, t.point)) AS township, bool_and(ST_Covers(w.geom, t.geom)) AS whole
				FROM app.current_target t JOIN app.current_township w ON w.county = t.county AND w.code = t.township`
		);
		expect(row).toEqual({ n: 6280, valid: true, inside: true, township: true, whole: true });
	});

	test('areas are believable', async () => {
		const { rows } = await sql<{ kind: string; low: number; middle: number; high: number }>`SELECT kind,
			min(area_m2) AS low, percentile_cont(0.5) WITHIN GROUP (ORDER BY area_m2) AS middle, max(area_m2) AS high
			FROM app.current_target GROUP BY kind ORDER BY kind`.execute(db);
		const [parcels, mines] = rows;
		expect(parcels!.low).toBeGreaterThan(50);
		expect(parcels!.middle).toBeGreaterThan(400);
		expect(parcels!.middle).toBeLessThan(3000);
		expect(parcels!.high).toBeLessThan(200_000);
		expect(mines!.low).toBeGreaterThan(4_900);
		expect(mines!.high).toBeLessThan(3_010_000);
	});
});

describe('past draws', () => {
	test('each verifies from what the database holds', async () => {
		const draws = await db.selectFrom('app.draw').selectAll().orderBy('seq').execute();
		let prev: string | null = null;
		for (const draw of draws) {
			expect(draw).toMatchObject({ assurance: 'L1', state: 'drawn', prev });
			prev = draw.commitment;
			const rows = await db
				.selectFrom('app.frame')
				.where('draw', '=', draw.id)
				.select(['target as id', 'township', 'cell', 'x', 'y', 'weight', 'take', 'salt'])
				.execute();
			const excluded = await db
				.selectFrom('app.excluded')
				.where('draw', '=', draw.id)
				.select(['target as id', 'reason', 'salt'])
				.execute();
			const frame = makeFrame(rows as unknown as FrameRow[]);
			const out = makeExcluded(excluded);
			if (!frame.ok || !out.ok) throw new Error('stored frame is refused');
			expect(
				verify({
					manifest: JSON.parse(draw.manifest!),
					frame: frame.frame,
					excluded: out.excluded,
					commitment: draw.commitment!,
					manifestHash: draw.manifest_hash!
				})
			).toMatchObject({ ok: true, selfConsistentOnly: false, selectedRoot: draw.selected_root });
		}
		expect(draws).toHaveLength(12);
	});

	test('the frame is the registry as it stood: every row was active that day', async () => {
		const row = await one(
			sql<{
				strays: number;
			}>`SELECT count(*) AS strays FROM app.frame f JOIN app.draw d ON d.county = f.county AND d.id = f.draw
				WHERE NOT EXISTS (SELECT FROM app.target t WHERE t.county = f.county AND t.code = f.target
					AND t.valid @> d.drawn_at AND t.status = 'active')`
		);
		expect(row.strays).toBe(0);
	});

	test('the ledger tells of the load first, then of each draw and of the annual plans', async () => {
		const { rows } = await sql<{ type: string }>`SELECT convert_from(bytes, 'UTF8')::json ->> 'type' AS type
			FROM ledger.entry ORDER BY seq`.execute(db);
		expect(rows.map(({ type }) => type)).toEqual([
			'demo.loaded',
			...Array<string>(12).fill('draw.drawn'),
			'demo.annual'
		]);
	});
});

test('results of every outcome and stage within 2 s, once, with clocks that are known', async () => {
	for (const username of ['planner', 'leader', 'head', 'inspector', 'reviewer', 'publisher'])
		await sql`INSERT INTO auth.user (id, username, name, email, role, demo, created_at, updated_at)
			VALUES (${username}, ${username}, ${username}, ${username}, 'planner', true, ${at}, ${at})`.execute(db);
	const party = await databaseAs(authIdentity);
	const begun = performance.now();
	await demoResults(db, party, at);
	expect(performance.now() - begun).toBeLessThan(4000);
	await demoResults(db, party, at);
	const board = await readBoard(db, '350125', at, {
		...{ waits: null, office: '', outcome: '', search: '', page: 1 }
	});
	expect(board).toMatchObject({
		crimes: [{ state: 'proposed', overdue: false }],
		untold: { rules: [], year: null }
	});
	expect(Object.keys(board.counts).sort()).toEqual(
		['approve', 'close', 'penalty', 'post', 'rectify', 'refer', 'withdraw'].sort()
	);
	const { rows } =
		await sql`SELECT count(*)::integer AS results, count(DISTINCT outcome)::integer AS outcomes,
		(SELECT count(*)::integer FROM app.posting WHERE withdrawn_at IS NOT NULL) AS tombstones,
		(SELECT array_agg(upheld ORDER BY id) FROM app.appeal) AS appeals,
		(SELECT array_agg(state ORDER BY id) FROM app.penalty) AS penalties FROM app.result`.execute(db);
	expect(rows).toEqual([
		{
			...{ results: 35, outcomes: 6, tombstones: 1, appeals: [null, true] },
			penalties: ['posted', 'drafted', 'decided']
		}
	]);
});
