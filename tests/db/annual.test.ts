// The annual plan from draft to the public, its tasks as plans of draws, the yearly limit at the freeze, targeted checks
// apart from all of it. Sixty targets of twenty parties.
import { sql } from 'kysely';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { taskForm, type TaskForm } from '../../src/lib/schema/annual';
import { jointOf } from '../../src/lib/server/annual/joint';
import {
	approveAnnual,
	createAnnual,
	publishAnnual,
	reopenAnnual,
	returnAnnual,
	submitAnnual
} from '../../src/lib/server/annual/plan';
import { publishedPlan } from '../../src/lib/server/annual/publication';
import { readAnnual } from '../../src/lib/server/annual/reading';
import { addStep, markDone } from '../../src/lib/server/annual/responsibility';
import { addTargeted, closeTargeted, listTargeted, yearShares } from '../../src/lib/server/annual/targeted';
import { removeTask, saveTask } from '../../src/lib/server/annual/task';
import { makePlans } from '../../src/lib/server/annual/task-plan';
import { burdenPage, burdenProof, type BurdenQuery } from '../../src/lib/server/burden/listing';
import { askVoid, decideVoid } from '../../src/lib/server/ceremony/end';
import type { Database } from '../../src/lib/server/db/database';
import { portalIdentity, visitorIdentity } from '../../src/lib/server/db/identity';
import { excludedRows } from '../../src/lib/server/draw-reading';
import { readPlan } from '../../src/lib/server/plan';
import { previewPlan } from '../../src/lib/server/preview';
import { saveRules } from '../../src/lib/server/rule';
import { done, drawn, frozen, minutes, setStage, start, type Stage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, county } from '../support/small-county';

let db: Database;
let stage: Stage;
const YEAR = 2026;
const at = start;
const uscc = (i: number) => `91350100M00010${String(i).padStart(2, '0')}YA`;
const as = (actor: string) => ({ db, county: COUNTY, year: YEAR, actor, at });
const form = (change: Partial<TaskForm> = {}): TaskForm =>
	v.parse(taskForm, {
		...{ area: '', areaRule: 'intersects', townships: [], sizeBy: 'number', ratioPercent: 5, sampleSize: 6 },
		...{ minPerTownship: 2, h3Resolution: 7, grid: 10, substitutes: 2, takeBlacklist: false },
		...{ weightA: 0.5, weightB: 1, weightC: 2, weightD: 4, weightBlacklist: 4 },
		...{
			title: '采矿权双随机抽查',
			items: ['KC-G'],
			departments: ['自然资源局', '应急管理局'],
			responsible: '某人'
		},
		batches: [
			{ from: '2026-07-01', to: '2026-07-31', blacklisted: false },
			{ from: '2026-09-01', to: '2026-09-30', blacklisted: true }
		],
		exclusions: [{ target: '矿3', reason: '正在司法查封' }],
		...change
	});
const entries = async () =>
	(await sql<{ seq: number }>`SELECT seq FROM ledger.head WHERE county = ${COUNTY}`.execute(db)).rows[0]
		?.seq ?? 0;
const excludedOf = async (draw: number) =>
	new Map((await excludedRows(db, COUNTY, draw)).map(({ id, reason }) => [id, reason]));
const task = async (number = 1) =>
	(await readAnnual(db, COUNTY, YEAR))!.tasks.find((one) => one.number === number)!;

beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
	for (let i = 0; i < 20; i++)
		await db
			.insertInto('app.party')
			.values({ county: COUNTY, uscc: uscc(i), name: `某公司${i}`, credit_grade: 'B' })
			.execute();
	// Three targets each: 矿0, 矿20, 矿40 are of party 0.
	await sql`UPDATE app.target SET party = '91350100M00010' || lpad((substr(code, 2)::integer % 20)::text, 2, '0') || 'YA'`.execute(
		db
	);
	await sql`INSERT INTO app.blacklist_period (county, uscc, during, source)
		VALUES (${COUNTY}, ${uscc(1)}, '[2026-01-01,2027-01-01)', 'test'),
			(${COUNTY}, ${uscc(2)}, '[2026-01-01,2027-01-01)', 'test')`.execute(db);
	const item = (code: string, category: string, valid: string, kind = 'mining_right') => ({
		...{ county: COUNTY, code, name: code, kind, content: 'c', basis: 'b', method: 'm', category },
		...{ scopes: ['矿产'], minutes: 20, source: 's', valid }
	});
	await db
		.insertInto('app.item')
		.values([
			item('KC-G', 'general', '[2020-01-01,)'),
			item('KC-P', 'priority', '[2020-01-01,)'),
			item('KC-OLD', 'general', '[2020-01-01,2026-08-01)')
		])
		.execute();
});

describe('the plan and its tasks', () => {
	test('a task needs items in force, known targets and days of its year; a refusal writes nothing', async () => {
		expect(await createAnnual(as(stage.planner))).toEqual({ ok: true });
		expect(await createAnnual(as(stage.planner))).toMatchObject({ reason: 'exists' });
		expect(await submitAnnual(as(stage.planner))).toMatchObject({ reason: 'no_task' });
		const before = await entries();
		const refused = async (change: Partial<TaskForm>) => saveTask(as(stage.planner), null, form(change));
		expect(await refused({ items: ['KC-X'] })).toMatchObject({ field: 'items', reason: 'item_unknown' });
		expect(await refused({ items: ['KC-OLD'] })).toMatchObject({ reason: 'item_not_in_force' });
		expect(
			await refused({ batches: [{ from: '2027-01-05', to: '2027-01-06', blacklisted: false }] })
		).toMatchObject({
			...{ field: 'batches.0.from', reason: 'year' }
		});
		expect(await refused({ exclusions: [{ target: '矿999', reason: 'x' }] })).toMatchObject({
			reason: 'target_unknown'
		});
		expect(await refused({ townships: ['350125999'] })).toMatchObject({
			reason: 'township',
			at: '350125999'
		});
		expect(await entries()).toBe(before);
		expect(await saveTask(as(stage.planner), null, form())).toEqual({ ok: true, number: 1 });
		expect(
			await saveTask(as(stage.planner), null, form({ title: '重点', items: ['KC-P'], exclusions: [] }))
		).toMatchObject({
			number: 2
		});
		expect(await saveTask(as(stage.planner), null, form({ title: '多余' }))).toMatchObject({ number: 3 });
		expect(await removeTask(as(stage.planner), 3)).toEqual({ ok: true });
		expect(
			await addStep(as(stage.planner), { unit: '执法大队', step: '现场检查', due: '2026-07-31', task: '1' })
		).toEqual({
			ok: true
		});
		expect(await entries()).toBe(before + 5);
		expect((await task()).departments).toEqual(['自然资源局', '应急管理局']);
	});

	test('approved by a leader who wrote nothing of it, in the database too; then no task changes', async () => {
		expect(await makePlans(as(stage.planner), 1, 1)).toMatchObject({ reason: 'state', at: 'draft' });
		done((await submitAnnual(as(stage.planner))) as never);
		expect(await returnAnnual(as(stage.other), '太少')).toEqual({ ok: true });
		expect(await readAnnual(db, COUNTY, YEAR)).toMatchObject({ state: 'draft', returnedReason: '太少' });
		expect(await submitAnnual(as(stage.planner))).toEqual({ ok: true });
		expect(await approveAnnual(as(stage.planner))).toMatchObject({ reason: 'own_plan' });
		const own = sql`UPDATE app.annual_plan SET state = 'approved', approved_by = ${stage.planner}, approved_at = now()`;
		await expect(own.execute(db)).rejects.toThrow('approved_by_another');
		// Of a planner's own connection the policy refuses it in anybody's name.
		const planner = await databaseAs(
			visitorIdentity({ id: stage.planner, roles: ['planner'], office: null }, false)
		);
		const other = sql`UPDATE app.annual_plan SET state = 'approved', approved_by = ${stage.other}, approved_at = now()`;
		await expect(other.execute(planner)).rejects.toThrow('row-level security');
		const leader = await databaseAs(
			visitorIdentity({ id: stage.other, roles: ['leader'], office: null }, false)
		);
		expect(await approveAnnual({ ...as(stage.other), db: leader })).toEqual({ ok: true });
		expect(await saveTask(as(stage.planner), 1, form())).toMatchObject({ reason: 'state', at: 'approved' });
		await expect(sql`DELETE FROM app.task_exclusion`.execute(db)).rejects.toThrow('is approved');
		await expect(sql`UPDATE app.task SET title = 'x'`.execute(leader)).resolves.toMatchObject({
			numAffectedRows: 0n
		});
		expect(await markDone(as(stage.other), 1)).toEqual({ ok: true });
		expect(await markDone(as(stage.other), 1)).toMatchObject({ reason: 'closed' });
	});

	test('a batch becomes a plan once; its frame leaves out what the task leaves out, and says why', async () => {
		const made = await makePlans(as(stage.planner), 1, 1);
		if (!made.ok) throw new Error(made.reason);
		expect(await makePlans(as(stage.planner), 1, 1)).toMatchObject({ reason: 'has_plan' });
		const saved = (await readPlan(db, COUNTY, made.plans[0]!))!;
		expect(saved).toMatchObject({
			exempt: false,
			blacklistedOnly: false,
			exclusions: { 矿3: '正在司法查封' }
		});
		expect((await task()).batches[0]!.plans[0]).toMatchObject({ stage: 'planned', draw: null });
		const preview = await previewPlan(db, COUNTY, saved, at);
		expect(preview.excluded).toContainEqual({ reason: '正在司法查封', count: 1 });
		expect(preview.limit).toEqual({ year: YEAR, allowed: null, exempt: false, parties: 0 });
		const draw = await drawn(stage, {}, saved);
		expect((await excludedOf(draw)).get('矿3')).toBe('正在司法查封');
		expect((await task()).batches[0]!.plans[0]).toMatchObject({ stage: 'sealed', draw, drawn: 6 });
	});

	test('an extra batch is for the blacklisted alone', async () => {
		const made = await makePlans(as(stage.planner), 1, 2);
		if (!made.ok) throw new Error(made.reason);
		const saved = (await readPlan(db, COUNTY, made.plans[0]!))!;
		expect(saved).toMatchObject({ blacklistedOnly: true });
		// Parties 1 and 2 have three targets each, none of them suspended.
		expect((await previewPlan(db, COUNTY, saved, at)).size).toBe(6);
	});

	test('published as it was, without names of people, and it stays when the plan is opened again', async () => {
		const portal = await databaseAs(portalIdentity);
		expect(await publishedPlan(portal, COUNTY, null)).toEqual({ years: [], publication: null });
		expect(await publishAnnual(as(stage.planner), county, '樟自然资〔2026〕1号')).toEqual({ ok: true });
		const { publication } = await publishedPlan(portal, COUNTY, null);
		expect(publication!.plan).toMatchObject({ year: YEAR, filingNumber: '樟自然资〔2026〕1号', revision: 1 });
		expect(publication!.plan.tasks[0]).toMatchObject({
			sampleSize: 6,
			exclusions: [{ reason: '正在司法查封', count: 1 }]
		});
		expect(JSON.stringify(publication)).not.toMatch(/某人|矿3/);
		expect(await reopenAnnual(as(stage.planner), '增加一批')).toEqual({ ok: true });
		expect(await readAnnual(db, COUNTY, YEAR)).toMatchObject({ state: 'draft', revision: 2 });
		expect((await publishedPlan(portal, COUNTY, YEAR)).publication!.plan.revision).toBe(1);
		// What became a plan already cannot be taken back.
		const one = form({ batches: form().batches.slice(0, 1) });
		expect(await saveTask(as(stage.planner), 1, one)).toMatchObject({ field: 'batches', reason: 'has_plan' });
		await expect(sql`DELETE FROM app.annual_publication`.execute(db)).rejects.toThrow('stays as it was');
		expect(await submitAnnual(as(stage.planner))).toEqual({ ok: true });
		expect(await approveAnnual(as(stage.other))).toEqual({ ok: true });
	});

	test('two tasks over the same targets are one visit', async () => {
		const { tasks } = (await readAnnual(db, COUNTY, YEAR))!;
		const visits = (await jointOf(db, COUNTY, tasks, at))!;
		const alone = visits.perTask.reduce((sum, { visits: n }) => sum + n, 0);
		expect(visits.apart).toBe(alone);
		expect(visits.together).toBeLessThanOrEqual(visits.apart / 2 + 1);
		expect(visits.expectedTogether).toBeLessThan(visits.expectedApart);
		expect(await jointOf(db, COUNTY, tasks.slice(0, 1), at)).toBeNull();
	});
});

describe('the yearly limit', () => {
	const query: BurdenQuery = { year: YEAR, search: '', show: 'all', sort: 'done', descending: true, page: 1 };
	const partyOf = (code: string) => uscc(Number(code.slice(1)) % 20);
	let full: Set<string>;

	test('whoever a batch can still call counts from the freeze on, and a full year has its reason in the frame', async () => {
		const rules = { from: '2026-01-01', rows: [{ key: 'year_cap', value: '1', source: '产品建议值' }] };
		expect(await saveRules({ db, county: COUNTY, actor: 'test', at }, rules)).toMatchObject({ ok: true });
		const page = await burdenPage(db, COUNTY, query, at);
		full = new Set(page.rows.filter(({ left }) => left! <= 0).map((row) => row.uscc));
		expect(page).toMatchObject({ allowed: 1, source: '产品建议值', total: 20, sums: { full: full.size } });
		// Six were drawn and two substitutes stand behind each, so that parties are left whatever the lot: counted by another
		// way.
		const { rows } = await sql<{ target: string; role: string }>`SELECT target, role FROM app.drawn`.execute(
			db
		);
		expect(full).toEqual(new Set(rows.map(({ target }) => partyOf(target))));
		const called = new Set(
			rows.filter(({ role }) => role === 'original').map(({ target }) => partyOf(target))
		);
		expect(new Set(page.rows.filter(({ done: n }) => n === 1).map((row) => row.uscc))).toEqual(called);
		expect(full.size).toBeGreaterThan(called.size);
		expect(full.size).toBeLessThan(20);

		const second = await stage.plan();
		expect((await previewPlan(db, COUNTY, second, at)).limit).toMatchObject({
			allowed: 1,
			parties: full.size
		});
		const draw = await frozen(stage, {}, { ...second, sampleSize: 2, minPerTownship: 0 });
		const left = await excludedOf(draw);
		for (let i = 0; i < 60; i++)
			expect([i, left.get(`矿${i}`)]).toEqual([
				i,
				i % 20 === 7 ? 'suspended' : full.has(partyOf(`矿${i}`)) ? 'year_cap' : undefined
			]);
		const limit = await db
			.selectFrom('app.draw_limit')
			.where('draw', '=', draw)
			.selectAll()
			.executeTakeFirstOrThrow();
		expect(limit).toMatchObject({ year: YEAR, allowed: 1, exempt: false, parties_full: full.size });
		// Everybody is called or may be called now: a third batch has nobody left.
		const none = await previewPlan(db, COUNTY, await stage.plan(), at);
		expect(none.problem).toEqual({ reason: 'empty' });
		// The year after it begins anew.
		const next = await previewPlan(db, COUNTY, await stage.plan(), new Date('2027-01-05T02:00:00Z'));
		expect(next.limit).toMatchObject({ year: 2027, parties: 0 });
	});

	test('a task of 重点 items alone is not limited and fills nobody', async () => {
		const made = await makePlans(as(stage.planner), 2, 1);
		if (!made.ok) throw new Error(made.reason);
		const saved = (await readPlan(db, COUNTY, made.plans[0]!))!;
		expect(saved.exempt).toBe(true);
		const before = await burdenPage(db, COUNTY, query, at);
		const draw = await drawn(stage, {}, saved);
		expect([...(await excludedOf(draw)).values()]).toEqual(['suspended', 'suspended', 'suspended']);
		const after = await burdenPage(db, COUNTY, query, at);
		expect([after.sums.done, after.sums.planned]).toEqual([before.sums.done, before.sums.planned]);
		expect(after.rows.some(({ exempt }) => exempt > 0)).toBe(true);
	});

	test('the proof of a party names each batch, its targets, its ledger entries and the frames without it', async () => {
		const page = await burdenPage(db, COUNTY, { ...query, page: null }, at);
		const row = page.rows.find((one) => one.done === 1)!;
		const proof = (await burdenProof(db, COUNTY, YEAR, row.uscc, at))!;
		expect(proof).toMatchObject({
			name: row.name,
			allowed: 1,
			done: 1,
			planned: row.planned,
			exempt: row.exempt
		});
		const [call] = proof.calls.filter(({ state, exempt }) => state === 'called' && !exempt);
		expect(call!.targets.every((code) => partyOf(code) === row.uscc)).toBe(true);
		expect(call!.entries.map(({ type }) => type)).toEqual(['draw.frozen', 'draw.drawn']);
		expect(proof.leftOut).toHaveLength(1);
		expect(await burdenProof(db, COUNTY, YEAR, uscc(99), at)).toBeNull();
		const found = await burdenPage(
			db,
			COUNTY,
			{ ...query, search: '某公司1', sort: 'name', descending: false },
			at
		);
		expect(found.total).toBe(11);
	});

	test('a repeated draw keeps its frame but for parties whose year is used up by now', async () => {
		const other = await stage.plan();
		await sql`UPDATE app.rule_param SET value = 9`.execute(db);
		const draw = await drawn(stage, {}, other);
		expect(await askVoid(stage.as(stage.planner, 14), draw, { reason: '断电', frameError: false })).toEqual({
			ok: true
		});
		expect(await decideVoid(stage.as(stage.other, 15), draw, 'approved')).toEqual({ ok: true });
		const before = await excludedOf(draw);
		expect(before.size).toBe(3);
		await sql`UPDATE app.rule_param SET value = 1`.execute(db);
		const called = new Set(
			(await burdenPage(db, COUNTY, { ...query, show: 'full' }, at)).rows.map((row) => row.uscc)
		);
		expect(called.size).toBe(19);
		// Everybody, but the party whose three targets are suspended: at two a year there is room again for some.
		await sql`UPDATE app.rule_param SET value = 2`.execute(db);
		const again = await frozen(
			stage,
			{ level: 'L3', beacon: { kind: 'lottery', source: 'x', pattern: '[0-9]{3}', after: minutes(120) } },
			{ ...other, sampleSize: 2, minPerTownship: 0 }
		);
		const frame = await db
			.selectFrom('app.frame')
			.where('draw', '=', again)
			.select(['target', 'salt'])
			.execute();
		const was = await db
			.selectFrom('app.frame')
			.where('draw', '=', draw)
			.select(['target', 'salt'])
			.execute();
		expect(frame.length + (await excludedOf(again)).size).toBe(60);
		for (const { target, salt } of frame) expect(was).toContainEqual({ target, salt });
	});
});

describe('targeted checks', () => {
	test('registered, closed once, counted in the share and nowhere else', async () => {
		const acting = { db, county: COUNTY, actor: stage.planner, at };
		const before = await burdenPage(
			db,
			COUNTY,
			{ year: YEAR, search: '', show: 'all', sort: 'name', descending: false, page: 1 },
			at
		);
		const check = {
			...{ channel: 'report' as const, receivedOn: '2026-05-06', reference: '', target: '矿4' },
			...{ party: uscc(4), matter: '越界开采' }
		};
		expect(await addTargeted(acting, { ...check, party: 'X' })).toMatchObject({ field: 'party' });
		expect(await addTargeted(acting, { ...check, target: '矿999' })).toMatchObject({ field: 'target' });
		expect(await addTargeted(acting, check)).toEqual({ ok: true, id: 1 });
		expect(
			await addTargeted(acting, { ...check, channel: 'monitoring', target: '', party: '' })
		).toMatchObject({ id: 2 });
		const [share] = await yearShares(db, COUNTY);
		expect(share).toMatchObject({ year: YEAR, targeted: 0, share: 1 });
		expect(await closeTargeted(acting, { id: 1, checkedOn: '2026-05-05', outcome: '属实' })).toMatchObject({
			...{ field: 'checkedOn', reason: 'before' }
		});
		expect(await closeTargeted(acting, { id: 1, checkedOn: '2026-05-09', outcome: '属实' })).toEqual({
			ok: true
		});
		expect(await closeTargeted(acting, { id: 1, checkedOn: '2026-05-09', outcome: '' })).toMatchObject({
			reason: 'closed'
		});
		const { rows } = await sql<{ n: number }>`SELECT sum(sample_size)::integer AS n FROM app.draw
			WHERE state = 'drawn' AND assurance <> 'trial'`.execute(db);
		expect(await yearShares(db, COUNTY)).toEqual([
			expect.objectContaining({ drawn: rows[0]!.n, targeted: 1, share: rows[0]!.n / (rows[0]!.n + 1) })
		]);
		expect(await listTargeted(db, COUNTY, YEAR, 1)).toMatchObject({
			total: 2,
			byChannel: { report: 1, monitoring: 1 }
		});
		const after = await burdenPage(
			db,
			COUNTY,
			{ year: YEAR, search: '', show: 'all', sort: 'name', descending: false, page: 1 },
			at
		);
		expect(after).toEqual(before);
	});

	test('who may not, cannot: an inspector registers nothing, the public reads no table', async () => {
		const inspector = await databaseAs(
			visitorIdentity({ id: 'i', roles: ['inspector'], office: null }, false)
		);
		const add = addTargeted(
			{ db: inspector, county: COUNTY, actor: 'i', at },
			{ channel: 'report', receivedOn: '2026-05-06', reference: '', party: '', target: '', matter: 'm' }
		);
		await expect(add).rejects.toThrow('row-level security');
		const portal = await databaseAs(portalIdentity);
		await expect(sql`SELECT FROM app.targeted_check`.execute(portal)).rejects.toThrow('permission denied');
	});
});
