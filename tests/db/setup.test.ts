// The set-up of a county: written by a system admin behind the second wall, each step with its ledger entry.
import { beforeAll, expect, test } from 'vitest';
import { ruleKinds } from '../../src/lib/core/rule/catalogue';
import { readDivisions } from '../../src/lib/schema/setup';
import { saveYear, shippedYears } from '../../src/lib/server/calendar';
import { noCounty } from '../../src/lib/server/county';
import type { Database } from '../../src/lib/server/db/database';
import { listRules, ruleOn, saveRules } from '../../src/lib/server/rule';
import { addCounty, endTrial, registerCounty } from '../../src/lib/server/setup/county';
import { saveDivisions, saveOffice, shippedDivisions } from '../../src/lib/server/setup/directory';
import { setupState } from '../../src/lib/server/setup/state';
import { databaseAs, freshDatabase } from '../support/database';

let owner: Database;
let db: Database;
const at = new Date('2026-03-01T02:00:00Z');
const county = '350125';
const state = () => setupState(db, { code: county, name: '永泰县', epsg: 4549, demo: true }, at);
const setting = () => ({ db, county, actor: 'tester', at });
const entries = async () =>
	(await owner.selectFrom('ledger.entry').select('bytes').orderBy('seq').execute()).map(
		({ bytes }) => JSON.parse(bytes.toString()) as Record<string, unknown>
	);
const identity = (role: string) =>
	databaseAs({ role: 'fairlot_app', account: 'tester', roles: [role], office: null });

beforeAll(async () => {
	owner = await freshDatabase();
	db = await identity('system_admin');
});

test('an empty database: nothing is done, and the county comes first', async () => {
	const empty = await setupState(db, noCounty, at);
	expect(empty).toMatchObject({ registered: false, townships: [], madeUp: false });
	expect(Object.values(empty.done)).toEqual([false, false, false, false, false]);
	const form = { code: county, name: '永泰县', epsg: 4549, mode: 'trial' as const };
	expect(await registerCounty({ db, actor: 'tester', at }, form)).toEqual({ ok: true });
	expect(await registerCounty({ db, actor: 'tester', at }, form)).toMatchObject({ reason: 'county_exists' });
	expect(await entries()).toMatchObject([{ type: 'county.registered', county, epsg: 4549, trial: true }]);
});

test('a county named on the command line has its first entry too, and is there once', async () => {
	const second = { code: '350199', name: '另一县', epsg: 4549 };
	const entry = async () =>
		(await owner.selectFrom('ledger.entry').where('county', '=', second.code).select('bytes').execute()).map(
			({ bytes }) => JSON.parse(bytes.toString()) as unknown
		);
	await addCounty({ db: owner, actor: 'operator', at }, second);
	const { code: named, ...rest } = second;
	const first = { type: 'county.registered', actor: 'operator', county: named, ...rest, trial: false };
	expect(await entry()).toMatchObject([first]);
	await expect(addCounty({ db: owner, actor: 'operator', at }, second)).rejects.toThrow(/duplicate key/);
	expect(await entry()).toHaveLength(1);
});

test('the list of townships, replaced as a whole', async () => {
	const shipped = shippedDivisions(county);
	expect(shipped).toHaveLength(21);
	expect(shippedDivisions('110101')).toEqual([]);
	await saveDivisions(setting(), [...shipped, { code: '350125999', name: '多余' }]);
	await saveDivisions(setting(), shipped);
	const { townships, done } = await state();
	expect(townships.map(({ name }) => name)).toEqual(shipped.map(({ name }) => name));
	expect(townships.every(({ listed, bounded }) => listed && !bounded)).toBe(true);
	expect(done.townships).toBe(false);
	expect((await entries()).at(-1)).toMatchObject({ type: 'division.saved' });
});

test('a list is read line by line, or the line is named', () => {
	expect(readDivisions('350125100 樟城镇\n\n350125101,嵩口镇\n', county)).toEqual({
		ok: true,
		rows: [
			{ code: '350125100', name: '樟城镇' },
			{ code: '350125101', name: '嵩口镇' }
		]
	});
	for (const [text, reason] of [
		['', 'empty'],
		['350125100', 'division_line'],
		['350124100 别县', 'division_county'],
		['350125100 甲\n350125100 乙', 'division_twice']
	] as const)
		expect(readDivisions(text, county)).toMatchObject({ ok: false, reason });
});

test('an office: its townships are known, its seat is given as long as there is no boundary', async () => {
	const office = { code: 'o1', name: '樟城所', townships: ['350125100'], lon: null, lat: null };
	expect(await saveOffice(setting(), office)).toMatchObject({ ok: false, reason: 'seat_needed' });
	expect(await saveOffice(setting(), { ...office, townships: ['350125998'] })).toMatchObject({
		reason: 'unknown',
		at: '350125998'
	});
	const seated = { ...office, lon: 118.94, lat: 25.87 };
	expect(await saveOffice(setting(), seated)).toEqual({ ok: true });
	const all = shippedDivisions(county).map(({ code }) => code);
	expect(await saveOffice(setting(), { ...seated, townships: all })).toEqual({ ok: true });
	const { offices, done } = await state();
	expect(offices).toEqual([{ code: 'o1', name: '樟城所', townships: all, lon: 118.94, lat: 25.87 }]);
	expect(done.offices).toBe(true);
});

test('a calendar is taken over, days as days', async () => {
	for (const year of shippedYears()) await saveYear(setting(), year);
	const { years, done, workingToday } = await state();
	expect(years.map(({ year, count }) => [year, count])).toEqual([
		[2024, 251],
		[2025, 248],
		[2026, 248]
	]);
	expect(years[2]!.workdays).toContain('2026-02-28');
	// A Sunday.
	expect([done.calendar, workingToday]).toEqual([true, false]);
});

test('rules hold from their day on; the past keeps its own', async () => {
	const rows = ruleKinds.map(({ key, suggested, source }) => ({ key, value: String(suggested), source }));
	expect(await saveRules(setting(), { from: '2026-01-01', rows })).toEqual({
		ok: true,
		saved: ruleKinds.length
	});
	expect(await saveRules(setting(), { from: '2026-02-01', rows })).toEqual({ ok: true, saved: 0 });
	const cap = (value: string, source = '县政府公告') => [{ key: 'year_cap', value, source }];
	expect(await saveRules(setting(), { from: '2026-07-01', rows: cap('3') })).toMatchObject({ saved: 1 });
	// Between the two, and on the day of one that is there.
	expect(await saveRules(setting(), { from: '2026-04-01', rows: cap('1') })).toMatchObject({ saved: 1 });
	expect(await saveRules(setting(), { from: '2026-07-01', rows: cap('4') })).toMatchObject({ saved: 1 });
	const held = (await listRules(db, county)).filter(({ key }) => key === 'year_cap');
	expect(held.map(({ value, from, to }) => [value, from, to])).toEqual([
		[2, '2026-01-01', '2026-04-01'],
		[1, '2026-04-01', '2026-07-01'],
		[4, '2026-07-01', null]
	]);
	const on = async (instant: string) => (await ruleOn(db, county, 'year_cap', new Date(instant)))?.value;
	// Midnight in China.
	expect(await on('2026-03-31T15:59:59Z')).toBe(2);
	expect(await on('2026-03-31T16:00:00Z')).toBe(1);
	expect(await on('2025-12-31T00:00:00Z')).toBeUndefined();
	for (const value of ['0', '2.5', '', '-1', '1e2', '9999'])
		expect(await saveRules(setting(), { from: '2026-01-01', rows: cap(value) }), value).toMatchObject({
			reason: 'rule_whole'
		});
	const few = [{ key: 'inspectors_least', value: '1', source: '无' }];
	expect(await saveRules(setting(), { from: '2026-01-01', rows: few })).toMatchObject({ ok: false });
	expect((await state()).done.rules).toBe(true);
});

test('the trial ends once, and never where the data is made up', async () => {
	expect(await endTrial(setting())).toEqual({ ok: true });
	expect(await endTrial(setting())).toMatchObject({ reason: 'no_trial' });
	expect((await entries()).at(-1)).toMatchObject({ type: 'county.trial_ended' });
});

test('nobody else sets up, and a refused step leaves no entry', async () => {
	const before = (await entries()).length;
	const planner = { ...setting(), db: await identity('planner') };
	const rows = [{ key: 'year_cap', value: '9', source: '无' }];
	await expect(saveRules(planner, { from: '2026-01-01', rows })).rejects.toThrow(/row-level security/);
	await expect(saveYear(planner, shippedYears()[0]!)).rejects.toThrow(/row-level security/);
	await expect(saveDivisions(planner, shippedDivisions(county))).rejects.toThrow(/row-level security/);
	expect(await endTrial(planner)).toMatchObject({ ok: false });
	expect(await entries()).toHaveLength(before);
});
