// A simulation of the demonstration county against what the plan promises, and what it writes: nothing.
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { M } from '../../src/lib/core/draw/masses';
import { multipliers } from '../../src/lib/core/plan/weights';
import type { Database } from '../../src/lib/server/db/database';
import { loadDemo } from '../../src/lib/server/demo/load';
import type { Plan } from '../../src/lib/server/plan';
import { previewPlan } from '../../src/lib/server/preview';
import { studyPlan } from '../../src/lib/server/study';
import { freshDatabase } from '../support/database';

const county = '350125';
const at = new Date('2026-07-01T02:00:00Z');
const plan: Plan = {
	name: 'simulated',
	kind: 'mining_right',
	area: null,
	areaRule: 'intersects',
	townships: null,
	sampleSize: null,
	ratioPercent: 12,
	minPerTownship: 1,
	h3Resolution: 6,
	grid: 1,
	substitutes: 3,
	multipliers: multipliers({ A: 0.5, B: 1, C: 2, D: 4, blacklist: 4 })
};
const how = { draws: 300, seed: 1, perDay: 5, frontier: false };

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await loadDemo(db, { at });
});

test('townships get their exact share, nothing is written, the same seed gives the same figures', async () => {
	const preview = await previewPlan(db, county, plan, at);
	const ledger = () => sql<{ seq: number }>`SELECT seq FROM ledger.head`.execute(db);
	const before = (await ledger()).rows;
	const progress: number[] = [];
	const outcome = await studyPlan(db, county, plan, how, at, {
		onProgress: (done, total) => progress.push(done / total)
	});
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
	const { result } = outcome;
	expect(result.sampleSize).toBe(preview.sampleSize);
	for (const [t, { township, size, mass }] of preview.townships.entries()) {
		const { code, size: counted, band } = result.townships[t]!;
		expect([code, counted]).toEqual([township, size]);
		expect(band.least).toBeGreaterThanOrEqual(Math.floor(mass / M));
		expect(band.most).toBeLessThanOrEqual(Math.ceil(mass / M));
		const part = mass / M - Math.floor(mass / M);
		expect(Math.abs(band.mean - mass / M)).toBeLessThanOrEqual(
			4 * Math.sqrt((part * (1 - part)) / how.draws) + 1e-9
		);
	}
	expect(result.chances.reduce((sum, n) => sum + n)).toBe(result.size);
	expect(progress.at(-1)).toBeGreaterThan(0.9);
	expect((await ledger()).rows).toEqual(before);
	expect(await studyPlan(db, county, plan, how, at)).toEqual(outcome);
});

test('overdue and blacklisted are what SQL counts', async () => {
	const outcome = await studyPlan(db, county, plan, { ...how, draws: 20 }, at);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
	const { rows } = await sql<{ overdue: number; blacklisted: number; parties: number }>`
		WITH frame AS (SELECT t.code, t.party,
				(SELECT max(d.drawn_at) FROM app.drawn r JOIN app.draw d ON d.county = r.county AND d.id = r.draw
					WHERE r.target = t.code AND r.role = 'original' AND d.assurance <> 'trial') AS last
			FROM app.current_target t WHERE t.kind = 'mining_right' AND t.status = 'active')
		SELECT count(*) FILTER (WHERE last IS NULL OR last <= ${at}::timestamptz - interval '730 days')::integer AS overdue,
			count(*) FILTER (WHERE EXISTS (SELECT FROM app.blacklist_period b WHERE b.uscc = frame.party
				AND b.during @> '2026-07-01'::date))::integer AS blacklisted,
			count(DISTINCT party)::integer AS parties
		FROM frame`.execute(db);
	const { overdue, blacklisted, parties } = outcome.result.totals;
	expect({ overdue, blacklisted, parties }).toEqual(rows[0]);
});

test('the frontier costs more and covers more, and marks the plan itself', async () => {
	const outcome = await studyPlan(db, county, plan, { ...how, draws: 40, frontier: true }, at);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
	const { frontier } = outcome;
	expect(frontier.filter(({ own }) => own)).toHaveLength(1);
	const days = frontier.map(({ personDays }) => personDays.mean);
	expect(days).toEqual([...days].sort((a, b) => a - b));
	expect(frontier.at(-1)!.cells.mean).toBeGreaterThan(frontier[0]!.cells.mean);
});

test('an impossible plan says why, and cancelling stops it', async () => {
	const impossible = { ...plan, sampleSize: 1, ratioPercent: null, minPerTownship: 5 };
	expect(await studyPlan(db, county, impossible, how, at)).toMatchObject({
		ok: false,
		problem: { reason: 'minimum_too_large' }
	});
	const cancelled = new AbortController();
	const running = studyPlan(db, county, plan, { ...how, draws: 5000 }, at, {
		onProgress: () => cancelled.abort(new Error('enough')),
		signal: cancelled.signal
	});
	await expect(running).rejects.toThrow('enough');
});
