// Crews by lot over saved day routes: from the roster to the seats, on both engines. Whoever tries to choose, by a second
// draw, another seat order, a recused inspector or one at home, is refused by the server and by the database.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCrews } from '../../src/lib/core/crew/verify';
import { usualRules } from '../../src/lib/schema/crew-draw';
import type { RouteSettings } from '../../src/lib/schema/route';
import { giveDigits } from '../../src/lib/server/ceremony/digits';
import { askVoid } from '../../src/lib/server/ceremony/end';
import { signList } from '../../src/lib/server/ceremony/sign';
import { announceCrews } from '../../src/lib/server/crew/announce';
import { crewBoard } from '../../src/lib/server/crew/board';
import { drawCrews } from '../../src/lib/server/crew/draw';
import { decideCrewVoid, openCrews } from '../../src/lib/server/crew/end';
import { filingCrews } from '../../src/lib/server/crew/filing-crews';
import { documentOf, readLottery } from '../../src/lib/server/crew/lottery-reading';
import { askRecusal, decideRecusal, setAbsence } from '../../src/lib/server/crew/people';
import { prepareCrews } from '../../src/lib/server/crew/prepare';
import { readCrew } from '../../src/lib/server/crew/reading';
import { readBoard } from '../../src/lib/server/field/board';
import { crewsOf } from '../../src/lib/server/crew/route-crew';
import { askReplacement, decideReplacement, nextOf, pairingNow } from '../../src/lib/server/crew/replacement';
import { onCrews } from '../../src/lib/server/crew/tables';
import type { Database } from '../../src/lib/server/db/database';
import { routeNotices } from '../../src/lib/server/document/route-notices';
import { changeRoutes } from '../../src/lib/server/route/change';
import { planRoutes } from '../../src/lib/server/route/planning';
import { routeView } from '../../src/lib/server/route/view';
import { digits, done, drawn, setStage, settings, type Stage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, county } from '../support/small-county';
import { hasPython, pythonCli } from '../support/verifiers';

const townships = ['350125100', '350125101', '350125102'];
const routeSettings: RouteSettings = {
	...{ startsOn: '2026-07-06', days: 2, onDays: [], teamsPerOffice: 1, dayFromMin: 510, dayToMin: 1050 },
	...{ lunchFromMin: 690, lunchToMin: 780, lunchMin: 60, maxVisits: 2, setupMin: 10, atOnce: 2, joinM: 300 },
	...{ items: [], provider: 'great_circle', detour: 1.35, kmPerHour: 40, mountainFactor: 1.3 },
	...{ mountainTownships: [], teamDayMin: 0, seed: 7, iterations: 1000 }
};

let db: Database;
let stage: Stage;
let series: number;
const folder = mkdtempSync(join(tmpdir(), 'fairlot-crew-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Acts as `account` with the rows its role sees. */
const roleOf = (account: string) =>
	account === stage.planner ? 'planner' : account === stage.other ? 'leader' : 'witness';
const as = async (account: string, minute = 0) => ({
	...stage.as(account, minute),
	db: await databaseAs({ role: 'fairlot_app', account, roles: [roleOf(account)], office: null })
});
const asked = (trial = false) => ({
	trial,
	rules: { ...usualRules, size: 200 },
	ceremony: settings(stage)
});
const prepare = async (trial = false) =>
	done(await prepareCrews(await as(stage.planner), series, asked(trial))).draw;

async function give(draw: number): Promise<void> {
	const given = { digits: digits[0], salt: '', paper: false };
	done(await giveDigits(onCrews(await as(stage.witness, 12)), draw, given));
	done(await drawCrews(await as(stage.planner, 13), draw));
}
const document = async (crew: number) => documentOf((await readLottery(db, COUNTY, crew))!)!;
const entries = async () => {
	const { rows } = await sql<{ type: string }>`
		SELECT convert_from(bytes, 'UTF8')::json ->> 'type' AS type FROM ledger.entry WHERE county = ${COUNTY}
		ORDER BY seq`.execute(db);
	return rows.map(({ type }) => type).filter((type) => type.startsWith('crew.'));
};
const absent = { from: '2026-07-06', to: '2026-07-07', away: true, reason: '学习' };
const PARTY = '91350125M0001AAA01';
const planner = () =>
	databaseAs({ role: 'fairlot_app', account: stage.planner, roles: ['planner'], office: null });
const refusal = async (statement: Promise<unknown>) =>
	statement.then(() => 'written').catch((error: Error) => error.message);

beforeAll(async () => {
	db = await freshDatabase();
	stage = await setStage(db);
	for (const [i, code] of townships.entries())
		await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, ${`S${i}`}, ${`${code}所`},
			${[code]}::text[], ST_SetSRID(ST_MakePoint(${118.84 + i / 20}, 25.75), 4490))`.execute(db);
	await db
		.insertInto('app.item')
		.values({
			...{
				county: COUNTY,
				code: 'K1',
				name: 'K1',
				kind: 'mining_right',
				content: 'c',
				basis: 'b',
				method: 'm'
			},
			...{ category: 'general', scopes: ['矿产'], minutes: 30, source: 's' }
		})
		.execute();
	for (let i = 0; i < 24; i++)
		await db
			.insertInto('app.inspector')
			.values({
				...{ county: COUNTY, code: `Y${String(i).padStart(2, '0')}`, name: `执法${i}`, office: `S${i % 3}` },
				home_townships: i < 3 ? [townships[i]!] : [],
				...{ scopes: ['矿产'], lead: i < 20, certificate: `C${i}`, issuer: 'x' },
				certificate_valid: i === 14 ? '[2020-01-01,2026-07-07)' : '[2020-01-01,2030-01-01)'
			})
			.execute();
	await db.insertInto('app.party').values({ county: COUNTY, uscc: PARTY, name: '甲矿' }).execute();
	await sql`UPDATE app.target SET party = ${PARTY} WHERE township = '350125101'`.execute(db);
	const draw = await drawn(stage);
	done(await signList(stage.as(stage.planner, 14), draw));
	const planned = await planRoutes(await planner(), COUNTY, draw, routeSettings, {
		actor: stage.planner,
		at: stage.as('', 20).at,
		servers: {}
	});
	if (!planned.ok) throw new Error(JSON.stringify(planned));
	series = planned.series;
});

let crew: number;
const seatsOf = async (draw: number) => (await pairingNow(db, COUNTY, draw)).pairing;
const codeOf = async (draw: number, alias: string) =>
	(
		await db
			.selectFrom('app.crew_inspector')
			.where('draw', '=', draw)
			.where('alias', '=', alias)
			.select('inspector')
			.executeTakeFirstOrThrow()
	).inspector!;
const rows = (table: 'crew_order' | 'crew_member', draw: number, route: string) =>
	db.selectFrom(`app.${table}`).where('draw', '=', draw).where('route', '=', route).where('seat', '=', 1);

test('a rehearsal has made-up names, no number, nobody’s seat and no trace in the ledger', async () => {
	const trial = await prepare(true);
	done(await announceCrews(await as(stage.planner), trial));
	await give(trial);
	const found = await document(trial);
	expect(found.plan).toMatchObject({ seq: null, prev: null });
	expect(verifyCrews({ document: found })).toMatchObject({ ok: true });
	const people = await db.selectFrom('app.crew_inspector').select(['inspector', 'name']).execute();
	expect(people).toHaveLength(24);
	expect(people.every(({ inspector, name }) => inspector === null && name.startsWith('演习'))).toBe(true);
	expect(await entries()).toEqual([]);
});

test('a department that goes along has one of its own on every route, drawn by the same lot', async () => {
	const FIRE = '应急管理局';
	await sql`INSERT INTO app.office (county, code, name, townships, department, point) VALUES (${COUNTY}, 'E1', '危化股',
		'{}', ${FIRE}, ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	for (const k of [0, 1, 2, 3])
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
				certificate_valid)
			VALUES (${COUNTY}, ${`E${k}`}, ${`应急${k}`}, 'E1', '{}', '{矿产}', ${`E${k}`}, 'x', '[2020-01-01,2030-01-01)')`.execute(
			db
		);
	try {
		const joint = { ...asked(true), rules: { ...asked().rules, seats: 3, departments: [FIRE] } };
		const prepared = await prepareCrews(await as(stage.planner), series, joint);
		const trial = done(prepared).draw;
		done(await announceCrews(await as(stage.planner), trial));
		await give(trial);
		const found = await document(trial);
		const own = new Set(
			found.problem.inspectors.flatMap(({ id, department }) => (department === FIRE ? [id] : []))
		);
		expect(own.size).toBe(4);
		expect(found.problem.routes.every(({ departments }) => departments.includes(FIRE))).toBe(true);
		const crews = Object.values(found.drawn!);
		expect(crews.length).toBeGreaterThan(0);
		for (const crew of crews) expect(crew.some((id) => own.has(id))).toBe(true);
		expect(verifyCrews({ document: found })).toMatchObject({ ok: true });
		const alone = { ...joint, rules: { ...joint.rules, departments: [FIRE, '生态环境局'] } };
		const short = await prepareCrews(await as(stage.planner), series, alone);
		expect(short.ok === false && short.reason === 'short' && short.shortages[0]).toMatchObject({
			...{ what: 'department', which: '生态环境局', holders: 0 }
		});
	} finally {
		await sql`DELETE FROM app.inspector WHERE office = 'E1'`.execute(db);
		await sql`DELETE FROM app.office WHERE code = 'E1'`.execute(db);
	}
});

test('where somebody is short, it is said who, when and where, and nothing is kept', async () => {
	const short = await prepareCrews(await as(stage.planner), series, {
		...asked(),
		rules: { ...usualRules, size: 200, seats: 4 }
	});
	expect(short).toMatchObject({ ok: false, reason: 'short' });
	expect(short.ok === false && short.reason === 'short' && short.shortages[0]).toMatchObject({
		what: 'inspector',
		day: expect.stringMatching(/^2026-07-0/)
	});
	expect(await entries()).toEqual([]);
	const [inspector] = ['Y03'];
	expect(
		await setAbsence(await as(stage.witness), { ...absent, inspector: inspector! }).catch(String)
	).toMatch(/row-level security/);
});

describe('a draw of crews that counts', () => {
	test('is announced over the routes and people as they are, and fixes both', async () => {
		const first = await prepare();
		done(await setAbsence(await as(stage.planner), { ...absent, inspector: 'Y03' }));
		expect(await announceCrews(await as(stage.planner), first)).toMatchObject({ reason: 'roster_changed' });
		done(await setAbsence(await as(stage.planner), { ...absent, inspector: 'Y03', away: false }));
		expect(await prepareCrews(await as(stage.planner), series, asked())).toMatchObject({
			reason: 'already_held'
		});
		expect(await announceCrews(await as(stage.witness), first).catch(String)).toMatchObject({
			reason: 'is_witness'
		});
		done(await announceCrews(await as(stage.planner), first));
		const { id } = await db.selectFrom('app.route_plan').select('id').executeTakeFirstOrThrow();
		const move = { version: id, change: { type: 'lock_stop', visit: 1, lock: 'route' } } as const;
		const moving = { actor: stage.planner, at: stage.as('', 5).at, servers: {} };
		expect(await changeRoutes(await planner(), COUNTY, series, move, moving)).toEqual({
			ok: false,
			problem: { reason: 'fixed' }
		});
		crew = first;
	});

	test('draws with digits of its own; anybody recomputes it, and both verifiers accept the document', async () => {
		await give(crew);
		const found = await document(crew);
		expect(found.plan).toMatchObject({ seq: 1, prev: null, draw: expect.stringMatching(/^[0-9a-f]{64}$/) });
		expect(found.entropy!.digits).toEqual([digits[0]]);
		expect(verifyCrews({ document: found, commitment: found.commitment })).toMatchObject({
			ok: true,
			proved: expect.arrayContaining(['rules', 'bounds', 'seed', 'ticket', 'published_commitment'])
		});
		const file = join(folder, 'crew.json');
		writeFileSync(file, JSON.stringify(found));
		if (hasPython) expect(pythonCli([file, '--commitment', found.commitment])).toMatchObject({ exit: 0 });
		expect(await seatsOf(crew)).toEqual(found.drawn);
		// Again, by another process: the same crews.
		expect(await drawCrews(await as(stage.planner, 14), crew)).toMatchObject({ ok: true });
		expect((await entries()).slice(-5)).toEqual(
			'frozen announced digits locked drawn'.split(' ').map((type) => `crew.${type}`)
		);
	});

	test('its seats obey the law whatever anybody writes', async () => {
		const [route, [alias]] = Object.entries(await seatsOf(crew))[0] as [string, string[]];
		const { day, townships: places } = await db
			.selectFrom('app.crew_route')
			.where('draw', '=', crew)
			.where('route', '=', route)
			.selectAll()
			.executeTakeFirstOrThrow();
		for (const one of Object.values(await seatsOf(crew)).flat())
			expect(await codeOf(crew, one)).not.toBe(day >= '2026-07-07' ? 'Y14' : '');
		const seat = { county: COUNTY, draw: crew, route, seat: 1, turn: 1, day };
		const put = (other: string, inspector: string | null) =>
			refusal(
				db
					.insertInto('app.crew_member')
					.values({ ...seat, alias: other, inspector })
					.execute()
			);
		// Somebody at home there, though nobody asked for it.
		const home = await db
			.selectFrom('app.inspector')
			.where(sql<boolean>`home_townships && ${places}::text[]`)
			.select('code')
			.executeTakeFirst();
		expect(home).toBeDefined();
		const [{ alias: athome }] = (await db
			.selectFrom('app.crew_inspector')
			.where('draw', '=', crew)
			.where('inspector', '=', home!.code)
			.select('alias')
			.execute()) as [{ alias: string }];
		expect(await put(athome, home!.code)).toMatch(/home township/);
		const next = await rows('crew_order', crew, route)
			.where('alias', '<>', alias!)
			.select('alias')
			.executeTakeFirstOrThrow();
		expect(await put(next.alias, await codeOf(crew, next.alias))).toMatch(/without an approved replacement/);
		// One of two leaves, and nobody comes.
		const leaving = db
			.updateTable('app.crew_member')
			.set({ gone: true })
			.where('draw', '=', crew)
			.where('alias', '=', alias!);
		expect(await refusal(leaving.execute())).toMatch(/another number of inspectors than seats/);
		expect(await refusal(db.deleteFrom('app.crew_member').execute())).toMatch(/stays as it was made/);
		expect(await refusal(db.updateTable('app.crew_order').set({ rank: 99 }).execute())).toMatch(
			/stays as it was/
		);
	});
});

describe('a seat that falls free', () => {
	let route: string;
	const asking = (reason: 'ill' | 'recused' = 'ill') =>
		({ route, seat: 1, reason, evidence: '病假条' }) as const;
	beforeAll(async () => {
		// A route that meets the party.
		const { party } = await db
			.selectFrom('app.crew_party')
			.where('draw', '=', crew)
			.select('alias as party')
			.executeTakeFirstOrThrow();
		const found = await db
			.selectFrom('app.crew_route')
			.where('draw', '=', crew)
			.where(sql<boolean>`${party} = ANY (parties)`)
			.select('route')
			.executeTakeFirstOrThrow();
		route = found.route;
	});
	const next = async () => {
		const found = await nextOf(db, COUNTY, crew, { route, seat: 1 });
		if (!found.ok) throw new Error(JSON.stringify(found));
		return found;
	};
	const request = async () =>
		(
			await db
				.selectFrom('app.crew_replacement')
				.where('decision', 'is', null)
				.select('id')
				.executeTakeFirstOrThrow()
		).id;

	test('goes to the next of its order and to nobody else', async () => {
		const order = await rows('crew_order', crew, route).orderBy('rank').select(['alias', 'rank']).execute();
		const lawful = await next();
		const later = order.find(({ rank }) => rank > lawful.rank)!;
		const values = {
			county: COUNTY,
			draw: crew,
			...asking(),
			turn: 0,
			asked_by: stage.planner,
			asked_at: new Date(0)
		};
		const skipping = db
			.insertInto('app.crew_replacement')
			.values({ ...values, rank: later.rank, alias: later.alias, passed: '{}' });
		expect(await refusal(skipping.execute())).toMatch(/comes before/);
	});

	test('passes over who is recused, away or at home since, each for its rule', async () => {
		const first = await next();
		done(
			await askRecusal(await as(stage.planner), {
				...{ inspector: await codeOf(crew, first.inspector), uscc: PARTY, way: 'applied', grounds: '亲属' }
			})
		);
		expect((await next()).inspector).toBe(first.inspector);
		const { id } = await db.selectFrom('app.recusal_case').select('id').executeTakeFirstOrThrow();
		expect(await decideRecusal(await as(stage.planner), id, 'approved')).toMatchObject({
			reason: 'self_decision'
		});
		done(await decideRecusal(await as(stage.other), id, 'approved'));
		const second = await next();
		expect(second.passed).toContainEqual({
			inspector: first.inspector,
			faults: [expect.objectContaining({ rule: 'recused' })]
		});
		done(
			await setAbsence(await as(stage.planner), {
				...{ ...absent, inspector: await codeOf(crew, second.inspector), to: '2026-07-10' }
			})
		);
		const third = await next();
		expect(third.passed.map(({ faults }) => faults[0]!.rule)).toContain('absent');
		// The recused one all the same, with everybody before named: the database refuses.
		const turn = {
			county: COUNTY,
			draw: crew,
			...asking(),
			turn: 0,
			asked_by: stage.planner,
			asked_at: new Date(0)
		};
		const order = await rows('crew_order', crew, route).select(['alias', 'rank']).execute();
		const passed = JSON.stringify(Object.fromEntries(order.map(({ alias }) => [alias, 'busy'])));
		const inspector = await codeOf(crew, first.inspector);
		const forced = db.transaction().execute(async (trx) => {
			const decided = { decision: 'approved', decided_by: stage.other, decided_at: new Date(0) };
			await trx
				.insertInto('app.crew_replacement')
				.values({ ...turn, rank: first.rank, alias: first.inspector, passed, ...decided })
				.execute();
			await trx
				.insertInto('app.crew_member')
				.values({
					...{ county: COUNTY, draw: crew, route, seat: 1, turn: 1, alias: first.inspector },
					...{ day: route.slice(0, 10), inspector }
				})
				.execute();
		});
		expect(await refusal(forced)).toMatch(/recused from a party/);
	});

	test('is asked for by one and approved by another; the seat changes hands once', async () => {
		const lawful = await next();
		const held = (await seatsOf(crew))[route]![0]!;
		const order = done(await askReplacement(await as(stage.planner, 20), crew, asking()));
		expect(order.alias).toBe(lawful.inspector);
		expect(await askReplacement(await as(stage.planner, 20), crew, asking())).toMatchObject({
			reason: 'open_request'
		});
		const id = await request();
		expect(await decideReplacement(await as(stage.planner, 21), crew, id, 'approved')).toMatchObject({
			reason: 'self_decision'
		});
		done(await decideReplacement(await as(stage.other, 21), crew, id, 'approved'));
		const now = (await seatsOf(crew))[route]!;
		expect(now[0]).toBe(lawful.inspector);
		expect(now).not.toContain(held);
		// Replayed: the request is decided, and who left does not come back.
		expect(await decideReplacement(await as(stage.other, 22), crew, id, 'approved')).toMatchObject({
			reason: 'no_request'
		});
		expect((await next()).inspector).not.toBe(held);
		expect((await entries()).slice(-2)).toEqual(['crew.replacement_asked', 'crew.replacement_approved']);
	});
});

test('the page names people, the papers who would take each seat, the route book its crew', async () => {
	const kept = (await readLottery(db, COUNTY, crew))!;
	const board = await crewBoard(db, COUNTY, kept);
	expect(board.gone).toHaveLength(1);
	expect(board.replacements[0]).toMatchObject({ decision: 'approved', decidedBy: 'leader', seat: 1 });
	expect(board.year).toMatchObject({ year: '2026', seats: Object.values(board.pairing).flat().length });
	expect((await readCrew(db, COUNTY, crew))!.ceremony).toMatchObject({
		state: 'drawn',
		operatorName: 'planner'
	});
	const [route, [first]] = Object.entries(board.pairing)[0] as [string, string[]];
	const [lead] = (await crewsOf(db, COUNTY, series)).get(route)!;
	expect(lead!.name).toBe(board.names.inspectors[first!]);
	const view = (await routeView(db, COUNTY, series))!;
	const notices = await routeNotices(db, county, view, new Date('2026-07-01T02:00:00Z'));
	if (!notices.ok) throw new Error(notices.reason);
	const said = strFromU8(unzipSync(notices.body)['word/document.xml']!);
	const stops = view.routes.flatMap(({ stops }) => stops);
	expect(said.match(/>行政检查通知书</g)).toHaveLength(stops.length);
	for (const text of [
		`${lead!.name}（证号${lead!.certificate}）`,
		'2026年7月6日派执法人员',
		'K1（b）',
		'本次为第1次'
	])
		expect(said).toContain(text);
	expect(said).not.toMatch(/执法人员：＿/);
	const { draw } = await db.selectFrom('app.route_plan').select('draw').executeTakeFirstOrThrow();
	const filed = await filingCrews(db, COUNTY, draw, (at) => at.toISOString());
	expect(filed).toMatchObject({ seq: 1, size: 200, commitment: kept.commitment });
	expect(filed!.rows.filter(({ before }) => before !== '')).toHaveLength(1);
	expect(filed!.rows.every(({ name, next }) => name !== '' && !next.includes(name))).toBe(true);
	// A seat that is no longer lawful is shown so.
	done(
		await setAbsence(await as(stage.planner), {
			...{ ...absent, inspector: await codeOf(crew, first!) }
		})
	);
	expect((await crewBoard(db, COUNTY, kept)).broken[route]).toContainEqual(
		expect.objectContaining({ rule: 'absent', inspectors: [first] })
	);
});

test('the board of field work has every stop of a route with its crew, an inspector’s and an office’s own', async () => {
	const at = new Date('2026-07-06T09:00:00Z');
	const { rows } = await sql<{ stops: number; route: string; inspector: string }>`SELECT m.route, m.inspector,
			(SELECT count(*) FROM app.stop s JOIN app.route_plan p ON p.county = s.county AND p.id = s.plan
				WHERE p.series = ${series} AND p.state = 'current')::integer AS stops
		FROM app.crew_member m JOIN app.crew_draw d ON d.county = m.county AND d.id = m.draw AND d.assurance <> 'trial'
		WHERE NOT m.gone ORDER BY m.route, m.seat LIMIT 1`.execute(db);
	const { stops, route, inspector } = rows[0]!;
	const all = await readBoard(await planner(), COUNTY, { all: true }, at);
	expect(all.flatMap((one) => one.stops).length).toBe(stops);
	expect(all.every(({ crew, planned }) => crew.length >= 2 && planned)).toBe(true);
	// At five in the afternoon of the first day whoever was not visited that day is late.
	for (const { day, stops: of } of all)
		for (const { state } of of) expect(state).toBe(day === '2026-07-06' ? 'late' : 'ahead');
	const own = await readBoard(await planner(), COUNTY, { inspector }, at);
	expect(own.map((one) => one.route)).toContain(route);
	expect(own.length).toBeLessThan(all.length);
	const [, office] = route.split(' ');
	const offices = (await readBoard(await planner(), COUNTY, { office: office! }, at)).map(
		(one) => one.office
	);
	expect(new Set(offices)).toEqual(new Set([office]));
});

test('the crews open when the last route is driven, to the public under names of this draw', async () => {
	for (const [who, minute] of [
		[stage.planner, 30],
		[stage.witness, 31]
	] as const)
		done(await signList(onCrews(await as(who, minute)), crew));
	expect(await openCrews(await as(stage.planner, 40), crew)).toMatchObject({ reason: 'still_out' });
	const portal = await databaseAs({ role: 'fairlot_portal', account: '', roles: [], office: null });
	const shown = () =>
		portal.selectFrom('portal.crew').where('seq', '=', 1).selectAll().executeTakeFirstOrThrow();
	expect(await shown()).toMatchObject({ lottery: null, entropy: null, state: 'drawn' });
	expect(await portal.selectFrom('portal.crew_name').selectAll().execute()).toEqual([]);
	done(await openCrews(await as(stage.planner, 60 * 24 * 30), crew));
	const opened = await shown();
	const published = documentOf({
		lottery: JSON.parse(opened.lottery!) as never,
		...{ sealedPlan: opened.plan, commitment: opened.commitment, entropy: opened.entropy }
	});
	expect(published).toEqual(await document(crew));
	expect(await portal.selectFrom('portal.crew_name').selectAll().execute()).toHaveLength(24);
	expect(JSON.stringify(published)).not.toMatch(/执法|91350125/);
});

test('crews declared void give their seats up, and a redo asks for the highest level', async () => {
	done(
		await askVoid(onCrews(await as(stage.planner, 60 * 24 * 31)), crew, {
			reason: '路线改了',
			frameError: false
		})
	);
	done(await decideCrewVoid(await as(stage.other, 60 * 24 * 31), crew, 'approved'));
	expect(await seatsOf(crew)).toEqual({});
	expect(await prepareCrews(await as(stage.planner), series, asked())).toMatchObject({
		reason: 'redo_level'
	});
});
