// The credit push against a platform that behaves badly and workers that are killed anywhere: each message accepted once by
// its key, those of a case in order, nothing lost; and what comes back from the platforms.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreditAction } from '../../src/lib/core/credit/message';
import { readStandings, standingColumns, standingsAnswer } from '../../src/lib/core/credit/standing';
import { saveYear, shippedYears } from '../../src/lib/server/calendar';
import { creditRound } from '../../src/lib/server/credit/clock';
import { intakeDue, takeIn } from '../../src/lib/server/credit/intake';
import { retry, tell, tellAll } from '../../src/lib/server/credit/outbox';
import { folderDrop, overHttps, type Platform } from '../../src/lib/server/credit/platform';
import { push } from '../../src/lib/server/credit/push';
import { reconcile, reconciliationDue } from '../../src/lib/server/credit/reconciliation';
import { creditSettings } from '../../src/lib/server/credit/settings';
import { applyStandings, recordStandings } from '../../src/lib/server/credit/standing';
import type { Database } from '../../src/lib/server/db/database';
import { systemIdentity, visitorIdentity } from '../../src/lib/server/db/identity';
import { drawn, minutes, setStage } from '../support/ceremony';
import { badPlatform, SECRET, type Mood } from '../support/credit-platform';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY } from '../support/small-county';

const HOUR = 3_600_000;
const PARTY = '91350100M000100Y43';
const begin = new Date('2026-07-10T02:00:00Z');
let db: Database;
let system: Database;
let bad: Awaited<ReturnType<typeof badPlatform>>;
let at: Date;
let seed = 7;
const random = () => ((seed = (seed * 16_807) % 2_147_483_647) - 1) / 2_147_483_646;
const later = (hours: number) => (at = new Date(at.getTime() + hours * HOUR));
const as = (role: 'publisher' | 'planner' | 'system_admin') =>
	databaseAs(visitorIdentity({ id: role, roles: [role], office: null }, false));
const telling = (actor = 'publisher') => ({ county: COUNTY, actor, at });

beforeAll(async () => {
	db = await freshDatabase();
	const draw = await drawn(await setStage(db));
	bad = await badPlatform();
	system = await databaseAs(systemIdentity);
	at = begin;
	process.env.FAIRLOT_AUTHORITY_USCC = '11370300MB286462XU';
	for (const year of shippedYears())
		await saveYear({ db, county: COUNTY, actor: 't', at: minutes(0) } as never, year);
	for (const [key, days] of [
		['credit_push', 7],
		['enterprise_push', 20],
		['posting_withdrawn', 3]
	] as const)
		await sql`INSERT INTO app.rule_param VALUES (${COUNTY}, ${key}, ${days}, '[2020-01-01,)', 't', 't', now())`.execute(
			db
		);
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, ${PARTY}, '永泰县某石料有限公司')`.execute(
		db
	);
	await sql`INSERT INTO app.result (county, id, draw, target, party, township, checked_on, inspectors, outcome, source,
			recorded_by, recorded_at)
		SELECT ${COUNTY}, 1, ${draw}, c, ${PARTY}, '350125100', '2026-07-09', '[{}, {}]', 'case', 'paper', 'i', ${at}
		FROM app.called(${COUNTY}, ${draw}) AS c LIMIT 1`.execute(db);
});
afterAll(async () => {
	delete process.env.FAIRLOT_AUTHORITY_USCC;
	await bad.close();
});

async function posted(id: number, more: { violation?: string; decidedOn?: string } = {}) {
	const { violation = '越界开采', decidedOn = '2026-07-09' } = more;
	await sql`INSERT INTO app.penalty (county, id, result, party, document_number, kinds, facts, basis, content, fine_fen,
			violation, state, drafted_by, drafted_at, review, reviewed_by, reviewed_at, decided_on, decided_by, decided_at,
			ends_on, posted_by, posted_at)
		VALUES (${COUNTY}, ${id}, 1, ${PARTY}, ${`樟自然资罚〔2026〕${id}号`}, '{fine}', '越出矿区范围开采', '矿产资源法', '罚款',
			1000000, ${violation}, 'posted', 'a', ${at}, '同意', 'b', ${at}, ${decidedOn}, 'c', ${at}, '2026-12-31', 'p',
			${at})`.execute(db);
}
const told = (penalty: number, action: CreditAction, where?: Database) =>
	(where ?? db).transaction().execute((trx) => tell(trx, telling(), penalty, action, 'credit_china'));

const messages = async (penalty?: number) =>
	(
		await sql<{
			key: string;
			state: string;
			attempts: number;
			failure: string | null;
			receipt: string | null;
		}>`
		SELECT business_key AS key, state, attempts, failure, receipt FROM app.credit_message
		WHERE county = ${COUNTY} AND platform = 'credit_china' AND (${penalty ?? null}::integer IS NULL
			OR penalty = ${penalty ?? null}::integer) ORDER BY penalty, number`.execute(db)
	).rows;
const entries = async (type: string) =>
	(
		await sql<{ entry: Record<string, unknown> }>`SELECT convert_from(bytes, 'UTF8')::jsonb AS entry
		FROM ledger.entry WHERE convert_from(bytes, 'UTF8')::jsonb ->> 'type' = ${type} ORDER BY seq`.execute(db)
	).rows.map(({ entry }) => entry);

const reach = (timeoutMs = 60) => ({
	...{ hosts: [bad.host], addresses: ['127.0.0.1'], timeoutMs, limit: 2000 }
});
const platform = () => overHttps('json', { url: bad.url, secret: SECRET }, reach());
const pushing = () => ({ db: system, county: COUNTY, now: () => at, random });
const round = () => push(pushing(), 'credit_china', platform());

test('a message and its entry are written with the step, or neither is', async () => {
	await posted(1);
	const publisher = await as('publisher');
	await expect(
		publisher.transaction().execute(async (trx) => {
			expect(await tell(trx, telling(), 1, 'publish')).toBe(2);
			throw new Error('the step fails');
		})
	).rejects.toThrow('the step fails');
	expect(await messages()).toEqual([]);
	await expect(told(1, 'publish', await as('planner'))).rejects.toThrow(/row-level security/);
	expect(await publisher.transaction().execute((trx) => tell(trx, telling(), 1, 'publish'))).toBe(2);
	const { rows } = await sql`SELECT platform, due::text FROM app.credit_message ORDER BY platform`.execute(
		db
	);
	// Seven and twenty working days after 9 July.
	expect(rows).toEqual([
		{ platform: 'credit_china', due: '2026-07-20' },
		{ platform: 'enterprise', due: '2026-08-06' }
	]);
	expect((await entries('credit.queued')).map(({ key }) => key)).toEqual(
		Array(2).fill(`${COUNTY}-1-1-publish`)
	);
	expect(await told(1, 'publish')).toBe(0);
	expect(await round()).toBe(1);
	const [message] = await messages(1);
	expect(message).toMatchObject({ state: 'accepted', receipt: `收-${message!.key}` });
	await expect(
		sql`UPDATE app.credit_message SET body = '{}' WHERE state = 'accepted'`.execute(db)
	).rejects.toThrow('its body stays');
});

class Killed extends Error {}

/** A worker that dies at a random point: before it sends, after the platform answered, or within what it writes then. */
async function dyingRound(): Promise<void> {
	let dead = false;
	let left = 1 + Math.floor(random() * 12);
	const mortal = () => {
		if (--left <= 0) dead = true;
		if (dead) throw new Killed();
	};
	const { send, ...rest } = platform();
	const wrapped: Platform = {
		...rest,
		async send(message) {
			mortal();
			const answer = await send(message);
			mortal();
			return answer;
		}
	};
	const now = () => {
		mortal();
		return at;
	};
	await push({ ...pushing(), now }, 'credit_china', wrapped).catch((problem) => {
		if (!(problem instanceof Killed)) throw problem;
	});
}

test('twenty kills, a moody platform, two at work: each once, in order, nothing lost', async () => {
	for (let id = 2; id <= 7; id++) {
		await posted(id);
		for (const action of ['publish', 'correct', 'repair', 'withdraw'] as const) await told(id, action);
	}
	const order: string[] = [];
	const { set } = bad.held;
	bad.held.set = (key, body) => {
		if (!bad.held.has(key)) order.push(key);
		return set.call(bad.held, key, body);
	};
	const moods: Mood[] = ['good', 'good', 'slow', 'error', 'reset', 'silent', 'wrong', 'large'];
	bad.state.mood = () => moods[Math.floor(random() * moods.length)]!;
	for (let kill = 0; kill < 20; kill++) {
		await dyingRound();
		later(1);
	}
	bad.state.mood = () => (random() < 0.8 ? 'good' : 'error');
	for (let i = 0; i < 12; i++) {
		await Promise.all([round(), round()]);
		later(1.1);
	}
	const all = await messages();
	for (const { key, state } of all.filter(({ state }) => state === 'dead')) {
		// A receipt that was wrong six times is given to a person, who tries again.
		expect(state, key).toBe('dead');
		const { rows } = await sql<{
			id: number;
		}>`SELECT id FROM app.credit_message WHERE business_key = ${key}`.execute(db);
		await retry(await as('publisher'), telling(), rows[0]!.id);
	}
	bad.state.mood = () => 'good';
	// Four of a case, one after another, each perhaps still waiting for its next turn.
	for (let i = 0; i < 6; i++) {
		later(24);
		await round();
	}
	const end = await messages();
	expect(end.filter(({ state }) => state !== 'accepted')).toEqual([]);
	expect(end.every(({ key, receipt }) => receipt === `收-${key}`)).toBe(true);
	expect([...bad.held.keys()].sort()).toEqual(end.map(({ key }) => key).sort());
	expect([bad.state.changed, bad.state.unsigned, order.length]).toEqual([0, 0, 24]);
	for (let id = 2; id <= 7; id++)
		expect(order.filter((key) => key.startsWith(`${COUNTY}-${id}-`)).map((key) => key.split('-')[2])).toEqual(
			[...['1', '2', '3', '4']]
		);
	const accepted = await entries('credit.accepted');
	expect(new Set(accepted.map(({ key }) => key)).size).toBe(accepted.length);
	bad.held.set = set;
});

test('a platform that is down for two days loses nothing', async () => {
	for (let id = 8; id <= 10; id++) {
		await posted(id);
		await told(id, 'publish');
	}
	const back = at.getTime() + 48 * HOUR;
	bad.state.mood = () => (at.getTime() < back ? 'down' : 'good');
	while (at.getTime() < back) {
		expect(await round()).toBe(0);
		later(4);
	}
	expect((await messages(8))[0]).toMatchObject({
		state: 'waiting',
		failure: expect.stringMatching(/^network/)
	});
	expect(await round()).toBe(3);
});

test('redirected, refused, or answered at length: said, not followed, and a person has the last word', async () => {
	await posted(11);
	await told(11, 'publish');
	await told(11, 'withdraw');
	bad.state.mood = () => 'redirect';
	const asked = bad.state.asked;
	for (let i = 0; i < 6; i++) {
		await round();
		later(2);
	}
	expect(bad.state.asked - asked).toBe(6);
	const [first, second] = await messages(11);
	expect(first).toMatchObject({ state: 'dead', failure: 'redirect 307 http://169.254.169.254/' });
	// What comes after it waits.
	expect(second).toMatchObject({ state: 'waiting', attempts: 0 });
	expect((await entries('credit.dead')).at(-1)).toMatchObject({ key: first!.key, reason: 'redirect' });
	const { rows } = await sql<{
		id: number;
	}>`SELECT id FROM app.credit_message WHERE business_key = ${first!.key}`.execute(db);
	const id = rows[0]!.id;
	expect(await retry(await as('publisher'), telling(), 999)).toEqual({ ok: false, reason: 'no_message' });
	await expect(retry(await as('planner'), telling(), id)).resolves.toMatchObject({ ok: false });
	expect(await retry(await as('publisher'), telling(), id)).toEqual({ ok: true });
	bad.state.mood = () => 'refused';
	await round();
	expect((await messages(11))[0]).toMatchObject({ state: 'dead', failure: 'refused 422 no such document' });
	expect(await retry(await as('publisher'), telling(), id)).toEqual({ ok: true });
	bad.state.mood = () => 'good';
	expect(await round()).toBe(2);
	const unlisted = overHttps('xml', { url: bad.url, secret: SECRET }, { ...reach(), addresses: [] });
	expect(await unlisted.send({ key: 'k', body: bad.held.get(first!.key)! })).toMatchObject({
		reason: 'address'
	});
});

test('a penalty with a field that is wrong is told when the field is right', async () => {
	delete process.env.FAIRLOT_AUTHORITY_USCC;
	await posted(12);
	await told(12, 'publish');
	const [message] = await messages(12);
	expect(message).toMatchObject({ state: 'dead', failure: 'field CF_CFJGDM:missing CF_SJLYDM:missing' });
	const { rows } = await sql<{
		id: number;
	}>`SELECT id FROM app.credit_message WHERE business_key = ${message!.key}`.execute(db);
	const publisher = await as('publisher');
	expect(await retry(publisher, telling(), rows[0]!.id)).toMatchObject({ ok: false, reason: 'fields' });
	process.env.FAIRLOT_AUTHORITY_USCC = '11370300MB286462XU';
	expect(await retry(publisher, telling(), rows[0]!.id)).toEqual({ ok: true });
	expect(await round()).toBe(1);
});

test('what a platform lost is found and goes again; what it has otherwise is told', async () => {
	const keys = [...bad.held.keys()].sort();
	const [lost, otherwise] = [keys[0]!, keys[1]!];
	bad.held.delete(lost);
	bad.held.set(otherwise, '{}');
	bad.held.set('350125-99-1-publish', '{}');
	expect(await reconciliationDue(system, COUNTY, 'credit_china', at)).toBe(true);
	const { list } = platform();
	await reconcile(system, telling('system'), 'credit_china', list!);
	const read = () =>
		db.selectFrom('app.credit_reconciliation').selectAll().orderBy('id', 'desc').executeTakeFirst();
	expect(await read()).toMatchObject({
		...{ expected: keys.length, held: keys.length, missing: [lost], different: [otherwise] },
		...{ extra: ['350125-99-1-publish'], failure: null }
	});
	expect(await reconciliationDue(system, COUNTY, 'credit_china', at)).toBe(false);
	expect(await round()).toBe(1);
	expect(bad.held.has(lost)).toBe(true);
	bad.state.mood = () => 'down';
	await reconcile(system, telling('system'), 'credit_china', list!);
	expect(await read()).toMatchObject({ missing: [], failure: expect.stringMatching(/^network/) });
	bad.state.mood = () => 'good';
});

test('what no step told is found: old penalties, and publicity that ended by itself', async () => {
	await posted(13);
	await tellAll(system, telling('system'));
	expect((await messages(13)).map(({ key }) => key)).toEqual([`${COUNTY}-13-1-publish`]);
	at = new Date('2027-01-01T02:00:00Z');
	await tellAll(system, telling('system'));
	expect((await messages(13)).map(({ key }) => key.split('-')[3])).toEqual(['publish', 'expire']);
	expect(await tellAll(system, telling('system'))).toBe(0);
});

test('made-up data goes to the counterpart in the house only; a folder takes workbooks', async () => {
	const settings = creditSettings({});
	expect(await creditRound(system, { settings, embedded: false, now: () => at })).toBe(0);
	await sql`UPDATE app.county SET demo = true`.execute(db);
	await posted(14);
	// What was real stays where it is, whatever the county is called meanwhile.
	for (let i = 0; i < 2; i++)
		expect(await creditRound(system, { settings, embedded: false, now: () => at })).toBe(2);
	const { rows } = await sql`SELECT platform, business_key AS key FROM app.credit_received
		WHERE platform = 'enterprise' ORDER BY received_at`.execute(db);
	expect(rows).toEqual([
		{ platform: 'enterprise', key: `${COUNTY}-14-1-publish` },
		{ platform: 'enterprise', key: `${COUNTY}-14-2-expire` }
	]);
	await sql`UPDATE app.county SET demo = false`.execute(db);
	const folder = await mkdtemp(join(tmpdir(), 'fairlot-credit-'));
	const [body] = [...bad.held.values()];
	for (let i = 0; i < 2; i++)
		expect(await folderDrop(folder).send({ key: 'k', body: body! })).toEqual({ ok: true, receipt: 'k.xlsx' });
	expect(await readdir(folder)).toEqual(['k.xlsx']);
	await rm(folder, { recursive: true });
});

test('a grade that comes back holds for its time, and the list with its source', async () => {
	const admin = await as('system_admin');
	const file = (...rows: string[]) => readStandings([standingColumns.join(','), ...rows].join('\n')).rows;
	const grade = async () =>
		(await db.selectFrom('app.party').select('credit_grade').executeTakeFirst())?.credit_grade;
	const record = (...rows: string[]) => recordStandings(admin, telling('system_admin'), file(...rows));
	expect(await record('91350211M0000XUF46,D,2027-01-01,,,,信用中国')).toMatchObject({
		problems: [{ line: 2, reason: 'party_unknown' }]
	});
	expect(await record(`${PARTY},D,2027-01-01,2027-01-31,2027-01-01,2029-12-31,信用中国`)).toEqual({
		...{ ok: true, grades: 1, periods: 1 }
	});
	expect(await grade()).toBe('D');
	expect(await record(`${PARTY},,,,2027-06-01,,信用中国`)).toMatchObject({
		problems: [{ reason: 'period_overlap' }]
	});
	// A newer one takes its place; when that ends, what was before the first comes back.
	later(24);
	await record(`${PARTY},C,2027-01-02,2027-02-10,2027-01-01,2027-03-01,企业公示系统`);
	expect(await grade()).toBe('C');
	at = new Date('2027-02-11T02:00:00Z');
	expect(await applyStandings(system, telling('system'))).toBe(true);
	expect(await grade()).toBe('B');
	expect(await applyStandings(system, telling('system'))).toBe(false);
	const { rows } = await sql`SELECT during::text, source FROM app.blacklist_period`.execute(db);
	expect(rows).toEqual([{ during: '[2027-01-01,2027-03-02)', source: '企业公示系统' }]);
	const versions = await sql<{ grade: string }>`SELECT content ->> 'credit_grade' AS grade
		FROM app.directory_version WHERE directory = 'party' ORDER BY valid`.execute(db);
	expect(versions.rows.map((row) => row.grade)).toEqual(['B', 'D', 'C', 'B']);
	await expect(
		recordStandings(await as('planner'), telling('planner'), file(`${PARTY},A,2027-02-11,,,,甲`))
	).rejects.toThrow(/row-level security/);
});

test('what a platform gives back is taken in once, from whichever way it comes', async () => {
	at = new Date('2027-04-01T02:00:00Z');
	const graded = { uscc: PARTY, grade: 'D', from: '2027-04-01', to: '2027-04-30', source: '信用中国' };
	bad.state.standings = [
		graded,
		{ uscc: '91350211M0000XUF46', grade: 'A', from: '2027-01-01', source: '信用中国' },
		{ uscc: 'X', grade: 'E' }
	];
	const { standings } = platform();
	const last = async () =>
		(
			await sql<object>`SELECT given, grades, periods, failure FROM app.credit_intake ORDER BY id DESC LIMIT 1`.execute(
				db
			)
		).rows[0];
	expect(await intakeDue(system, COUNTY, 'credit_china', at)).toBe(true);
	await takeIn(system, telling('system'), 'credit_china', standings!);
	// A party nobody here knows is no concern of ours; a row that is wrong is told, and keeps the rest not back.
	expect(await last()).toEqual({
		given: 2,
		grades: 1,
		periods: 0,
		failure: expect.stringMatching(/^3:uscc/)
	});
	expect((await entries('credit.standing')).at(-1)).toMatchObject({
		...{ actor: 'system', grades: [{ uscc: PARTY, grade: 'D', source: '信用中国' }] }
	});
	expect((await entries('credit.grades')).at(-1)).toMatchObject({ changed: [{ uscc: PARTY, grade: 'D' }] });
	expect(await intakeDue(system, COUNTY, 'credit_china', at)).toBe(false);
	const before = (await entries('credit.standing')).length;
	await takeIn(system, telling('system'), 'credit_china', standings!);
	expect((await entries('credit.standing')).length).toBe(before);
	bad.state.mood = () => 'down';
	later(24);
	await takeIn(system, telling('system'), 'credit_china', standings!);
	expect(await last()).toMatchObject({ given: 0, failure: expect.stringMatching(/^network/) });
	bad.state.mood = () => 'good';
	expect(await intakeDue(system, COUNTY, 'credit_china', at)).toBe(false);
	later(2);
	expect(await intakeDue(system, COUNTY, 'credit_china', at)).toBe(true);
	expect(bad.state.unsigned).toBe(0);

	const xml = `<standings><party uscc="${PARTY}" grade="B" from="2027-05-01" to="" listed="2027-05-02" removed="" source="企业&amp;公示"/></standings>`;
	expect(standingsAnswer('xml', xml)).toEqual({
		problems: [],
		rows: [
			{
				...{ line: 1, uscc: PARTY, source: '企业&公示', grade: { grade: 'B', from: '2027-05-01', to: '' } },
				blacklist: { from: '2027-05-02', to: '' }
			}
		]
	});
	for (const text of ['', '<html/>', '{"standings": 1}', '[]'])
		expect([standingsAnswer('json', text), standingsAnswer('xml', text)]).toEqual([null, null]);
	const folder = await mkdtemp(join(tmpdir(), 'fairlot-credit-'));
	expect(await folderDrop(folder).standings!()).toEqual({ ok: true, rows: [], problems: [] });
	await writeFile(
		join(folder, 'standings.csv'),
		[standingColumns.join(','), `${PARTY},A,2027-06-01,,,,信用中国`].join('\n')
	);
	expect(await folderDrop(folder).standings!()).toMatchObject({ ok: true, rows: [{ uscc: PARTY }] });
	await rm(folder, { recursive: true });
});

test('the counterpart of made-up data lowers a grade while a penalty is public there', async () => {
	const uscc = '91350211M0000XUF46';
	await sql`UPDATE app.county SET demo = true`.execute(db);
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${COUNTY}, ${uscc}, '另一家')`.execute(db);
	await sql`INSERT INTO app.credit_received (county, platform, business_key, body, receipt, received_at)
		SELECT ${COUNTY}, 'credit_china', 'k' || n, jsonb_build_object('action', action, 'record', jsonb_build_object(
			'CF_XDR_SHXYM', ${uscc}::text, 'CF_GSJZQ', '2028/01/01'))::text, 'r', ${at}::timestamptz + n * interval '1 day'
		FROM (VALUES (0, 'publish'), (5, 'withdraw')) AS m (n, action)`.execute(db);
	later(24);
	await creditRound(system, { settings: creditSettings({}), embedded: false, now: () => at });
	const grade = async () =>
		(await db.selectFrom('app.party').where('uscc', '=', uscc).select('credit_grade').executeTakeFirst())
			?.credit_grade;
	expect(await grade()).toBe('C');
	later(24 * 6);
	await creditRound(system, { settings: creditSettings({}), embedded: false, now: () => at });
	expect(await grade()).toBe('B');
	await sql`UPDATE app.county SET demo = false`.execute(db);
});
