// Draws: what is saved is what the core recomputes; nothing is saved by half; numbers are gapless.
import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedOf } from '../../src/lib/core/draw/entropy';
import { parseExcludedCsv, parseFrameCsv } from '../../src/lib/core/draw/frame-csv';
import { makeExcluded, makeFrame, type FrameRow } from '../../src/lib/core/draw/frame';
import { drawSealed, manifestHashOf, type Manifest } from '../../src/lib/core/draw/manifest';
import { sealPlan } from '../../src/lib/core/draw/seal';
import { verify } from '../../src/lib/core/draw/verify';
import type { TrialProgress } from '../../src/lib/schema/draw';
import type { Database } from '../../src/lib/server/db/database';
import { saveDraw, type FinishedDraw } from '../../src/lib/server/draw';
import { excludedCsv, frameCsv } from '../../src/lib/server/draw-files';
import {
	cellSummary,
	drawnRows,
	excludedRows,
	frameRows,
	listDraws,
	manifestText,
	readDraw,
	townshipSummary
} from '../../src/lib/server/draw-reading';
import { readPlan, savePlan, type Plan, type SavedPlan } from '../../src/lib/server/plan';
import { holdTrial } from '../../src/lib/server/trial';
import { freshDatabase } from '../support/database';
import { COUNTY, county, insertTarget, insertTownships, openCounty } from '../support/small-county';

let db: Database;
let plan: SavedPlan;
const at = new Date('2026-07-01T02:00:00Z');
const digits = '31415926535897932384';
const townships = ['350125100', '350125101', '350125102'];
const base: Plan = {
	name: 'trial',
	kind: 'mining_right',
	area: null,
	areaRule: 'intersects',
	townships: null,
	sampleSize: 9,
	ratioPercent: null,
	minPerTownship: 2,
	h3Resolution: 7,
	grid: 10,
	substitutes: 2,
	multipliers: { A: 1, B: 2, C: 4, D: 8, blacklist: 8 }
};

beforeAll(async () => {
	db = await freshDatabase();
	await openCounty(db);
	await insertTownships(db, townships);
	for (let i = 0; i < 60; i++) {
		const township = townships[i % 3]!;
		const status = i % 20 === 7 ? 'suspended' : 'active';
		await insertTarget(db, {
			code: `矿${i}`,
			lon: 118.8 + (i % 8) / 50,
			lat: 25.7 + i / 400,
			township,
			status
		});
	}
	plan = (await readPlan(db, COUNTY, await savePlan(db, COUNTY, base, at)))!;
});

const counts = async () => {
	const of = (table: 'app.draw' | 'app.frame' | 'app.excluded' | 'app.drawn' | 'ledger.entry') =>
		db
			.selectFrom(table)
			.select(({ fn }) => fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow()
			.then(({ n }) => n);
	const tables = ['app.draw', 'app.frame', 'app.excluded', 'app.drawn', 'ledger.entry'] as const;
	const found: number[] = [];
	for (const table of tables) found.push(await of(table));
	return found;
};
let before: number[];
beforeEach(async () => {
	before = await counts();
});

const all = async (rows: AsyncIterable<string>) => {
	let text = '';
	for await (const part of rows) text += part;
	return text;
};
/** The files as they are downloaded. */
const files = async (id: number) => ({
	manifest: (await manifestText(db, COUNTY, id))!,
	frame: await all(frameCsv(frameRows(db, COUNTY, id))),
	excluded: excludedCsv(await excludedRows(db, COUNTY, id))
});
const trial = async () => {
	const outcome = await holdTrial(db, county, plan, digits, at);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome));
	return outcome.draw;
};

/** A draw made in memory, so that only the saving is at stake. */
function finished(size: number): FinishedDraw {
	const rows: FrameRow[] = Array.from({ length: size }, (_, i) => ({
		id: `T${i}`,
		township: townships[i % 3]!,
		cell: `cell${i % 50}`,
		x: (i * 37) % 50_000,
		y: (i * 101) % 40_000,
		weight: 1 + (i % 3),
		take: 0,
		salt: randomBytes(16).toString('hex')
	}));
	const made = makeFrame(rows);
	const left = makeExcluded([{ id: 'X', reason: 'closed', salt: '' }]);
	if (!made.ok || !left.ok) throw new Error('frame');
	const sealed = sealPlan(made.frame, left.excluded, { sampleSize: 40, substitutes: 3 });
	if (!sealed.ok) throw new Error(sealed.reason);
	const drawn = drawSealed(made.frame, sealed, { seed: 'ab'.repeat(32) });
	if (!drawn.ok) throw new Error(drawn.reason);
	return {
		county: COUNTY,
		plan: plan.id,
		kind: 'mining_right',
		assurance: 'trial',
		seq: null,
		prev: null,
		manifest: drawn.manifest,
		frame: made.frame,
		excluded: left.excluded,
		masses: sealed.mass,
		entropy: { beacon: null, digits: [digits], nonce: 'cd'.repeat(32), salts: [] },
		at
	};
}
const save = (draw: FinishedDraw) => db.transaction().execute((trx) => saveDraw(trx, draw));

describe('a trial', () => {
	test('what is saved is what the core recomputes from the downloads', async () => {
		const steps: TrialProgress['step'][] = [];
		const outcome = await holdTrial(db, county, plan, digits, at, {
			onProgress: ({ step }) => steps.push(step)
		});
		if (!outcome.ok) throw new Error(JSON.stringify(outcome));
		expect([...new Set(steps)]).toEqual(['freeze', 'frame', 'commit', 'draw', 'save']);
		const id = outcome.draw;
		const draw = (await readDraw(db, COUNTY, id))!;
		const { manifest, frame, excluded } = await files(id);
		const [parsed, left] = [parseFrameCsv(frame), parseExcludedCsv(excluded)];
		if (!parsed.ok || !left.ok) throw new Error('csv');
		expect(left.excluded).toHaveLength(3);
		const verdict = verify({
			manifest: JSON.parse(manifest),
			frame: parsed.frame,
			excluded: left.excluded,
			commitment: draw.commitment,
			manifestHash: draw.manifestHash
		});
		expect(verdict).toMatchObject({ ok: true, selfConsistentOnly: false, selectedRoot: draw.selectedRoot });
	});

	test('has no assurance: the seed counts as given, and follows from what is kept beside the manifest', async () => {
		const id = await trial();
		const draw = (await readDraw(db, COUNTY, id))!;
		const manifest = JSON.parse((await manifestText(db, COUNTY, id))!) as Manifest;
		expect(manifest).toMatchObject({ entropy: null, assurance: null, seedSource: 'given' });
		expect(manifest.plan).toMatchObject({
			plan: plan.id,
			kind: 'mining_right',
			seq: null,
			prev: null,
			entropy: null
		});
		expect(manifest.plan).toMatchObject({ crs: 'EPSG:4549', publicFrame: false, grid: 10, h3Resolution: 7 });
		expect(draw).toMatchObject({ assurance: 'trial', seq: null });
		expect(draw.entropy.digits).toEqual([digits]);
		expect(seedOf(draw.commitment, draw.entropy)).toBe(draw.seed);
	});

	test('the manifest kept is, byte for byte, what its hash is of', async () => {
		const id = await trial();
		const text = (await manifestText(db, COUNTY, id))!;
		expect(manifestHashOf(JSON.parse(text) as Manifest)).toBe((await readDraw(db, COUNTY, id))!.manifestHash);
		const { taggedHash } = await import('../../src/lib/core/bytes/sha256');
		const { toHex } = await import('../../src/lib/core/bytes/hex');
		expect(toHex(taggedHash('fairlot/manifest/1', text))).toBe(
			(await readDraw(db, COUNTY, id))!.manifestHash
		);
	});

	test('the ledger entry holds its hashes and comes in the same transaction', async () => {
		const id = await trial();
		const draw = (await readDraw(db, COUNTY, id))!;
		const entry = await db
			.selectFrom('ledger.entry')
			.select('bytes')
			.orderBy('seq', 'desc')
			.executeTakeFirstOrThrow();
		expect(JSON.parse(entry.bytes.toString())).toMatchObject({
			type: 'draw.drawn',
			draw: id,
			assurance: 'trial',
			commitment: draw.commitment,
			manifestHash: draw.manifestHash,
			selectedRoot: draw.selectedRoot
		});
		expect((await counts())[4]).toBe(before[4]! + 1);
	});

	test('the pages read the same list: serials, substitutes, townships within their due, cells', async () => {
		const id = await trial();
		const manifest = JSON.parse((await manifestText(db, COUNTY, id))!) as Manifest;
		const shown = { township: null, order: 'serial', offset: 0, limit: 100 } as const;
		const rows = await drawnRows(db, COUNTY, manifest, at, shown);
		const selected = rows.map(({ serial, id, township, cell, mass }) => ({
			serial,
			id,
			township,
			cell,
			mass
		}));
		expect(selected).toEqual(manifest.selected);
		expect(rows.every(({ id, name }) => name === id)).toBe(true);
		for (const { id, substitutes } of rows) {
			expect(substitutes.map((substitute) => substitute.id)).toEqual(manifest.substitutes[id]);
		}
		const stored = await db
			.selectFrom('app.drawn')
			.where('draw', '=', id)
			.select(['target', 'role', 'serial', 'rank'])
			.orderBy('serial')
			.orderBy('rank')
			.execute();
		expect(stored).toEqual(
			rows.flatMap(({ id: target, serial, substitutes }) => [
				{ target, role: 'original', serial, rank: 0 },
				...substitutes.map((s, i) => ({ target: s.id, role: 'substitute', serial, rank: i + 1 }))
			])
		);
		const summary = townshipSummary(manifest);
		expect(summary.map(({ township, size, mass }) => ({ township, size, mass }))).toEqual(
			manifest.plan.allocation
		);
		for (const { mass, drawn } of summary) {
			expect([Math.floor(mass / 2 ** 30), Math.ceil(mass / 2 ** 30)]).toContain(drawn);
			expect(drawn).toBeGreaterThanOrEqual(2);
		}
		const one = await drawnRows(db, COUNTY, manifest, at, { ...shown, township: townships[0]! });
		expect(one).toEqual(rows.filter(({ township }) => township === townships[0]));
		const { cells, covered } = await cellSummary(db, COUNTY, id, manifest);
		expect(covered).toBe(new Set(rows.map(({ township, cell }) => township + cell)).size);
		expect(cells).toBeGreaterThanOrEqual(covered);
		expect((await listDraws(db, COUNTY, plan.id))[0]).toMatchObject({ id, sampleSize: 9, frameSize: 57 });
	});

	test('verify.py agrees', async ({ skip }) => {
		const script = new URL('../../static/verify/verify.py', import.meta.url).pathname;
		if (!existsSync(script)) skip('static/verify/verify.py is not there');
		try {
			execFileSync('python3', ['--version'], { stdio: 'ignore' });
		} catch {
			skip('python3 is not installed');
		}
		const id = await trial();
		const draw = (await readDraw(db, COUNTY, id))!;
		const folder = mkdtempSync(join(tmpdir(), 'fairlot-draw-'));
		try {
			const written = await files(id);
			writeFileSync(join(folder, 'manifest.json'), written.manifest);
			writeFileSync(join(folder, 'frame.csv'), written.frame);
			writeFileSync(join(folder, 'excluded.csv'), written.excluded);
			const words = ['manifest.json', '--frame', 'frame.csv', '--excluded', 'excluded.csv'];
			words.push('--commitment', draw.commitment, '--manifest-hash', draw.manifestHash);
			const said = execFileSync('python3', [script, ...words], { cwd: folder, encoding: 'utf8' });
			expect(said).toContain('VERIFIED');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe('nothing by half', () => {
	test('a plan that cannot be drawn saves nothing and says why', async () => {
		const outcome = await holdTrial(db, county, { ...plan, minPerTownship: 4 }, digits, at);
		expect(outcome).toMatchObject({
			ok: false,
			problem: { reason: 'minimum_too_large', needed: 12, sampleSize: 9 }
		});
		const empty = await holdTrial(db, county, { ...plan, kind: 'land_parcel' }, digits, at);
		expect(empty).toEqual({ ok: false, problem: { reason: 'empty' } });
		expect(await counts()).toEqual(before);
	});

	test.each(['freeze', 'draw', 'save'] as const)('cancelled at the step "%s"', async (step) => {
		const controller = new AbortController();
		const held = holdTrial(db, county, plan, digits, at, {
			signal: controller.signal,
			onProgress: (progress) => progress.step === step && controller.abort(new Error('cancelled'))
		});
		await expect(held).rejects.toThrow('cancelled');
		expect(await counts()).toEqual(before);
	});

	test('an error after the last row rolls everything back', async () => {
		const draw = finished(300);
		await expect(
			db.transaction().execute(async (trx) => {
				await saveDraw(trx, draw);
				throw new Error('afterwards');
			})
		).rejects.toThrow('afterwards');
		await expect(save({ ...draw, excluded: [{ id: 'X', reason: '', salt: '' }] })).rejects.toThrow(/check/);
		expect(await counts()).toEqual(before);
	});
});

describe('saving', () => {
	test('two draws at once get consecutive numbers', async () => {
		const [first, second] = [finished(300), finished(300)];
		const numbers = await Promise.all([save(first), save(second)]);
		const last = (await listDraws(db, COUNTY)).length;
		expect(numbers.sort((a, b) => a - b)).toEqual([last - 1, last]);
	});

	test('more rows than fit one statement', async () => {
		const draw = finished(30_000);
		const id = await save(draw);
		let size = 0;
		for await (const rows of frameRows(db, COUNTY, id)) size += rows.length;
		expect(size).toBe(30_000);
		expect(await cellSummary(db, COUNTY, id, draw.manifest)).toMatchObject({ cells: 150 });
		const { frame } = await files(id);
		const parsed = parseFrameCsv(frame);
		expect(parsed.ok && parsed.frame.ids).toEqual(draw.frame.ids);
	}, 120_000);
});
