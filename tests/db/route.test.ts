// Day routes: from a draw to saved versions. No drawn target is ever missing, whoever writes and whatever the travel
// server answers; locked parts hold; going back is exact.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { E7 } from '../../src/lib/core/field/pack';
import { decodeRoads } from '../../src/lib/core/route/road-layer';
import type { RouteChange, RouteSettings, RouteView } from '../../src/lib/schema/route';
import type { Database } from '../../src/lib/server/db/database';
import { corridorOf } from '../../src/lib/server/field/corridor';
import { readPlan, savePlan } from '../../src/lib/server/plan';
import { changeRoutes } from '../../src/lib/server/route/change';
import { geojson } from '../../src/lib/server/route/files/geojson';
import { gpx } from '../../src/lib/server/route/files/gpx';
import { kml } from '../../src/lib/server/route/files/kml';
import { xlsx } from '../../src/lib/server/route/files/xlsx';
import { loadBase } from '../../src/lib/server/route/ground';
import { openVersion } from '../../src/lib/server/route/open-version';
import { planRoutes, solveAgain, type Planning } from '../../src/lib/server/route/planning';
import { spotsOf } from '../../src/lib/server/route/spots';
import { computedTravel, findTravel } from '../../src/lib/server/route/travel';
import { routeView } from '../../src/lib/server/route/view';
import { routeNotices } from '../../src/lib/server/document/route-notices';
import { holdTrial } from '../../src/lib/server/trial';
import * as v from 'valibot';
import { importFiles } from '../../src/lib/server/import/import';
import { hasRoads, travelSources } from '../../src/lib/server/route/roads';
import { importOptions } from '../../src/lib/schema/import';
import { databaseAs, freshDatabase } from '../support/database';
import { fixture } from '../support/import';
import { COUNTY, county, insertTarget, insertTownships, openCounty } from '../support/small-county';

const at = new Date('2026-07-01T02:00:00Z');
const townships = ['350125100', '350125101', '350125102'];
const settings: RouteSettings = {
	...{ startsOn: '2026-07-03', days: 2, onDays: [], teamsPerOffice: 1, dayFromMin: 510, dayToMin: 1050 },
	...{ lunchFromMin: 690, lunchToMin: 780, lunchMin: 60, maxVisits: 8, setupMin: 10, atOnce: 2, joinM: 300 },
	...{ items: [], provider: 'great_circle', detour: 1.35, kmPerHour: 40, mountainFactor: 1.3 },
	...{ mountainTownships: ['350125101'], teamDayMin: 120, seed: 7, iterations: 2000 }
};
const asking: Planning = { actor: 'planner-1', at, servers: {} };

let db: Database;
let planner: Database;
let draw: number;
let series: number;

const identity = (role: string) =>
	({ role: 'fairlot_app', account: 'planner-1', roles: [role], office: null }) as const;

beforeAll(async () => {
	db = await freshDatabase();
	planner = await databaseAs(identity('planner'));
	await openCounty(db);
	await insertTownships(db, townships);
	for (const [i, code] of ['A', 'B'].entries())
		await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${COUNTY}, ${code}, ${`${code}所`},
			${i === 0 ? townships.slice(0, 2) : townships.slice(2)}::text[],
			ST_SetSRID(ST_MakePoint(${118.84 + i / 10}, 25.75), 4490))`.execute(db);
	for (const [code, minutes] of [
		['K1', 30],
		['K2', 60]
	] as const)
		await db
			.insertInto('app.item')
			.values({
				...{ county: COUNTY, code, name: code, kind: 'mining_right', content: 'c', basis: 'b', method: 'm' },
				...{ category: 'general', scopes: ['矿产'], minutes, source: 's' }
			})
			.execute();
	// Parties of two targets each, side by side: 100 m, one visit; or 2 km apart.
	const letters = 'ABCDEFGHJKLMNPQRTUWX';
	for (let i = 0; i < 40; i++) {
		const party = `91350125M0001${letters[i >> 1]}AA0${i >> 1 > 9 ? 2 : 1}`.slice(0, 18).padEnd(18, '0');
		if (i % 2 === 0)
			await db
				.insertInto('app.party')
				.values({ county: COUNTY, uscc: party, name: `企业${i}` })
				.execute();
		await insertTarget(db, {
			code: `矿${String(i).padStart(2, '0')}`,
			lon: 118.8 + ((i >> 1) % 5) / 30 + (i % 2 ? (i % 4 === 1 ? 0.001 : 0.02) : 0),
			lat: 25.7 + (i >> 1) / 150,
			township: townships[i % 3]!,
			party
		});
	}
	const plan = await savePlan(
		db,
		COUNTY,
		{
			...{ name: '年度', kind: 'mining_right', area: null, areaRule: 'intersects', townships: null },
			...{ sampleSize: 24, ratioPercent: null, minPerTownship: 2, h3Resolution: 7, grid: 10, substitutes: 2 },
			multipliers: { A: 1, B: 1, C: 1, D: 1, blacklist: 1 }
		},
		at
	);
	const saved = (await readPlan(db, COUNTY, plan))!;
	const held = await holdTrial(db, county, saved, '31415926535897932384', at);
	if (!held.ok) throw new Error(JSON.stringify(held));
	draw = held.draw;
	const planned = await planRoutes(planner, COUNTY, draw, settings, asking);
	if (!planned.ok) throw new Error(JSON.stringify(planned));
	series = planned.series;
});

const view = async () => (await routeView(planner, COUNTY, series))!;
const targetsOf = ({ visits }: RouteView) =>
	visits.flatMap(({ targets }) => targets.map(({ code }) => code)).sort();
const drawnCodes = async () => {
	const { rows } = await sql<{ c: string }>`SELECT c FROM app.called(${COUNTY}, ${draw}) c`.execute(db);
	return rows.map(({ c }) => c).sort();
};
/** Every visit once, every target once, whatever happened. */
async function whole(): Promise<RouteView> {
	const now = await view();
	expect(targetsOf(now)).toEqual(await drawnCodes());
	const somewhere = [
		...now.routes.flatMap(({ stops }) => stops.map(({ visit }) => visit)),
		...now.leftOver.map(({ visit }) => visit)
	];
	expect(somewhere.sort((a, b) => a - b)).toEqual(now.visits.map(({ number }) => number));
	return now;
}
async function change(what: RouteChange): Promise<RouteView> {
	const { version } = await view();
	expect(await changeRoutes(planner, COUNTY, series, { version, change: what }, asking)).toMatchObject({
		ok: true
	});
	return whole();
}
const order = ({ routes }: RouteView) =>
	routes.map(({ day, office, team, locked, stops }) => [
		day,
		office,
		team,
		locked,
		stops.map(({ visit }) => visit)
	]);

describe('a plan of routes', () => {
	test('holds every drawn target once, merges near ones of a party, and has its entry in the ledger', async () => {
		const now = await whole();
		expect(now.visits.length).toBeLessThan(24);
		expect(now.routes.length).toBeGreaterThan(1);
		const [own, alone, routes] = now.comparison as [
			RouteView['comparison'][0],
			RouteView['comparison'][0],
			RouteView['comparison'][0]
		];
		expect(own.metres).toBe(alone.metres * 2);
		expect(routes.metres).toBeLessThan(alone.metres);
		const { rows } = await sql<{ entry: string }>`
			SELECT convert_from(bytes, 'UTF8') AS entry FROM ledger.entry ORDER BY seq DESC LIMIT 1`.execute(db);
		expect(JSON.parse(rows[0]!.entry)).toMatchObject({
			...{ type: 'route.planned', plan: series, draw, actor: 'planner-1' },
			...{ routesHash: now.routesHash, matrixHash: now.matrixHash, seed: 7, iterations: 2000 }
		});
	});

	test('is the same again for the same seed and budget', async () => {
		const again = await planRoutes(planner, COUNTY, draw, settings, asking);
		if (!again.ok) throw new Error(JSON.stringify(again));
		const [first, second] = [await view(), (await routeView(planner, COUNTY, again.series))!];
		expect(second.routesHash).toBe(first.routesHash);
		expect(second.matrixHash).toBe(first.matrixHash);
	});

	test('leaves over with a reason what finds no room', async () => {
		const tight = await planRoutes(planner, COUNTY, draw, { ...settings, days: 1, maxVisits: 2 }, asking);
		if (!tight.ok) throw new Error(JSON.stringify(tight));
		const now = (await routeView(planner, COUNTY, tight.series))!;
		expect(now.leftOver.length).toBe(now.visits.length - 4);
		expect(new Set(now.leftOver.map(({ reason }) => reason))).toEqual(new Set(['no_room']));
	});

	test('is refused to who may not plan, by the row policies alone', async () => {
		for (const role of ['inspector', 'guest'])
			await expect(
				planRoutes(await databaseAs(identity(role)), COUNTY, draw, settings, asking)
			).rejects.toThrow(/row-level security|permission denied/);
		const other = { ...asking, actor: 'somebody-else' };
		await expect(planRoutes(planner, COUNTY, draw, settings, other)).rejects.toThrow(/row-level security/);
	});

	test('is cancelled without a trace, at once', async () => {
		const before = await counts();
		const controller = new AbortController();
		const begun = performance.now();
		let aborted = 0;
		const running = planRoutes(
			planner,
			COUNTY,
			draw,
			{ ...settings, iterations: 20_000_000 },
			{
				...asking,
				signal: controller.signal,
				onProgress: ({ step }) => {
					if (step !== 'solve' || controller.signal.aborted) return;
					aborted = performance.now();
					controller.abort(new Error('cancelled'));
				}
			}
		);
		await expect(running).rejects.toThrow('cancelled');
		expect(aborted).toBeGreaterThan(begun);
		expect(performance.now() - aborted).toBeLessThan(500);
		expect(await counts()).toEqual(before);
	});
});

const counts = async () => {
	const { rows } =
		await sql`SELECT (SELECT count(*) FROM app.route_plan) AS plans, (SELECT count(*) FROM app.visit) AS
		visits, (SELECT count(*) FROM ledger.entry) AS entries`.execute(db);
	return rows[0];
};

describe('the constraint at COMMIT', () => {
	/** A copy of the current version, with `spoil` run before the end of the transaction. */
	const copied = (spoil: string) =>
		db.transaction().execute(async (trx) => {
			const from = sql`county = ${COUNTY} AND plan = ${series}`;
			const id = sql`(SELECT max(id) FROM app.route_plan)`;
			await sql`INSERT INTO app.route_plan (county, id, series, draw, change, provider, matrix_hash, settings, seed,
					iterations, cost, routes_hash, created_by, created_at)
				SELECT county, max(id) OVER () + 1, max(id) OVER () + 1, draw, change, provider, matrix_hash, settings, seed,
					iterations, cost, routes_hash, created_by, created_at FROM app.route_plan ORDER BY id LIMIT 1`.execute(trx);
			await sql`INSERT INTO app.visit SELECT county, ${id}, number, party, stands_at, items, setup_min, service_min, by_hand
				FROM app.visit WHERE ${from}`.execute(trx);
			await sql`INSERT INTO app.day_route SELECT county, ${id}, number, day, office, team, locked, departs_s, returns_s,
				rest_s, rest_min, travel_s, metres FROM app.day_route WHERE ${from}`.execute(trx);
			const skip = sql.raw(spoil);
			await sql`INSERT INTO app.visit_target SELECT county, ${id}, target, visit FROM app.visit_target
				WHERE ${from} AND (${skip} <> 'target' OR target <> (SELECT min(target) FROM app.visit_target WHERE ${from}))`.execute(
				trx
			);
			await sql`INSERT INTO app.stop SELECT county, ${id}, visit, route, position, arrival_s, wait_s, travel_s, metres, lock
				FROM app.stop WHERE ${from} AND (${skip} <> 'stop' OR visit <> 1)`.execute(trx);
			if (spoil === `'both'`)
				await sql`INSERT INTO app.unassigned SELECT ${COUNTY}, ${id}, 1, 'no_room'`.execute(trx);
			await sql`INSERT INTO app.unassigned SELECT county, ${id}, visit, reason FROM app.unassigned
				WHERE ${from}`.execute(trx);
		});

	test('lets a whole plan pass', async () => {
		await copied(`'nothing'`);
	});
	test('refuses a drawn target in no visit', async () => {
		await expect(copied(`'target'`)).rejects.toThrow(/is in no visit|has no target/);
	});
	test('refuses a visit that is nowhere, or in two places', async () => {
		await expect(copied(`'stop'`)).rejects.toThrow(/in 0 places/);
		await expect(copied(`'both'`)).rejects.toThrow(/in 2 places/);
	});
	test('refuses a target that was not drawn, and any later change of a version', async () => {
		const drawn = new Set(await drawnCodes());
		const { rows } = await sql<{ code: string }>`SELECT code FROM app.current_target ORDER BY code`.execute(
			db
		);
		const other = rows.find(({ code }) => !drawn.has(code))!.code;
		const { rows: subs } = await sql<{ target: string }>`SELECT target FROM app.drawn WHERE rank > 0`.execute(
			db
		);
		const never = rows.find(({ code }) => !drawn.has(code) && !subs.some(({ target }) => target === code));
		await expect(
			db
				.insertInto('app.visit_target')
				.values({ county: COUNTY, plan: series, target: never?.code ?? `${other}x`, visit: 1 })
				.execute()
		).rejects.toThrow(/was not drawn/);
		await expect(sql`UPDATE app.stop SET position = position + 100`.execute(db)).rejects.toThrow(/stays/);
		await expect(sql`DELETE FROM app.visit_target`.execute(db)).rejects.toThrow(/stays/);
		await expect(sql`UPDATE app.route_plan SET seed = seed + 1`.execute(db)).rejects.toThrow(/stays/);
	});
});

describe('a planner', () => {
	test('sees what a move changes before making it, and the move does exactly that', async () => {
		const before = await whole();
		const from = before.routes.find(({ stops }) => stops.length > 1)!;
		const { visit } = from.stops[0]!;
		const opened = await openVersion(planner, COUNTY, series);
		if (!opened.ok) throw new Error('not opened');
		const { spots } = spotsOf(opened.ground, opened.draft, visit);
		const here = spots.find(
			({ day, office, team, position }) =>
				day === from.day && office === from.office && team === from.team && position === 1
		)!;
		expect(here).toMatchObject({ moreS: 0, moreM: 0, fits: true });
		const elsewhere = spots.find(
			({ fits, day, office }) => fits && (day !== from.day || office !== from.office)
		)!;
		const { day, office, team, position } = elsewhere;
		const after = await change({ type: 'move', visit, to: { day, office, team, position } });
		const sum = (now: RouteView, key: 'travelS' | 'metres') =>
			now.routes.reduce((total, route) => total + route[key], 0);
		expect(sum(after, 'travelS') - sum(before, 'travelS')).toBe(elsewhere.moreS);
		expect(sum(after, 'metres') - sum(before, 'metres')).toBe(elsewhere.moreM);
		expect(order(await change({ type: 'undo' }))).toEqual(order(before));
		expect(order(await change({ type: 'redo' }))).toEqual(order(after));
		expect(order(await change({ type: 'undo' }))).toEqual(order(before));
	});

	test('splits and joins by hand with a reason, and may not join two parties', async () => {
		const before = await whole();
		const pair = before.visits.find(({ targets }) => targets.length > 1)!;
		const reason = '分两次到场，企业要求';
		const after = await change({
			type: 'split',
			visit: pair.number,
			targets: [pair.targets[0]!.code],
			reason
		});
		expect(after.visits.length).toBe(before.visits.length + 1);
		const parts = after.visits.filter(({ uscc }) => uscc === pair.uscc);
		expect(parts.every(({ byHand }) => byHand === reason)).toBe(true);
		const other = after.visits.find(({ uscc }) => uscc !== pair.uscc)!;
		const join = (to: number): RouteChange => ({
			type: 'join',
			visit: pair.number,
			other: to,
			reason: '合并'
		});
		const { version } = after;
		expect(
			await changeRoutes(planner, COUNTY, series, { version, change: join(other.number) }, asking)
		).toEqual({ ok: false, problem: { reason: 'other_party' } });
		const joined = await change(join(parts.find(({ number }) => number !== pair.number)!.number));
		expect(joined.visits.length).toBe(before.visits.length);
	});

	test('locks, and a new solution keeps what is locked', async () => {
		const before = await whole();
		const [first, second] = before.routes.filter(({ stops }) => stops.length > 1) as [
			RouteView['routes'][0],
			RouteView['routes'][0]
		];
		const { visit } = first.stops.at(-1)!;
		await change({ type: 'lock_stop', visit, lock: 'route' });
		for (const stop of first.stops.slice(0, -1))
			await change({ type: 'lock_stop', visit: stop.visit, lock: 'order' });
		const { day, office, team } = second;
		const locked = await change({ type: 'lock_day', day, office, team, locked: true });
		const refused = await changeRoutes(
			planner,
			COUNTY,
			series,
			{ version: locked.version, change: { type: 'move', visit, to: null } },
			asking
		);
		expect(refused).toEqual({ ok: false, problem: { reason: 'locked' } });
		const solved = await solveAgain(
			planner,
			COUNTY,
			series,
			{ version: locked.version, iterations: 3000, seed: 99 },
			asking
		);
		expect(solved).toMatchObject({ ok: true });
		const after = await whole();
		const same = (route: RouteView['routes'][0]) =>
			after.routes.find(
				(other) => other.day === route.day && other.office === route.office && other.team === route.team
			)!;
		expect(same(second).stops).toEqual(second.stops);
		expect(same(first).stops.map((stop) => stop.visit)).toContain(visit);
		const kept = same(first)
			.stops.filter(({ lock }) => lock === 'order')
			.map((stop) => stop.visit);
		expect(kept).toEqual(first.stops.slice(0, -1).map((stop) => stop.visit));
	});

	test('is told when somebody else was faster', async () => {
		const { version, visits } = await view();
		const off = (visit: number) =>
			changeRoutes(planner, COUNTY, series, { version, change: { type: 'move', visit, to: null } }, asking);
		const free = visits.filter(({ number }) => number > 0);
		const answers = [];
		for (const { number } of free) {
			const answer = await off(number);
			answers.push(answer);
			if (answer.ok) break;
		}
		expect(answers.at(-1)).toMatchObject({ ok: true });
		expect(await off(free[0]!.number)).toEqual({ ok: false, problem: { reason: 'outdated' } });
	});

	test('follows the draw when a substitute was granted', async () => {
		const before = await view();
		await sql`INSERT INTO app.substitution (county, draw, serial, rank, reason, evidence, asked_by, asked_at, decision,
			decided_by, decided_at) VALUES (${COUNTY}, ${draw}, 1, 1, 'closed', '照片', 'a', ${at}, 'approved', 'b', ${at})`.execute(
			db
		);
		expect((await view()).whole).toBe(false);
		const asked = {
			version: before.version,
			change: { type: 'lock_day', ...before.vehicles[0]!, locked: true }
		} as const;
		expect(await changeRoutes(planner, COUNTY, series, asked, asking)).toEqual({
			ok: false,
			problem: { reason: 'targets_changed' }
		});
		const after = await change({ type: 'follow' });
		expect(after.whole).toBe(true);
		// Nobody else was moved.
		const gone = new Set(targetsOf(before).filter((code) => !targetsOf(after).includes(code)));
		expect(gone.size).toBe(1);
		expect(
			await changeRoutes(
				planner,
				COUNTY,
				series,
				{ version: after.version, change: { type: 'undo' } },
				asking
			)
		).toEqual({
			ok: false,
			problem: { reason: 'targets_changed' }
		});
		await whole();
	});
});

describe('a travel server', () => {
	let server: Server;
	let answer: RequestListener;
	let osrm: string;
	beforeAll(async () => {
		server = createServer((request, response) => answer(request, response));
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		osrm = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => void server.close().closeAllConnections());

	const planned = async (provider: 'osrm' | 'valhalla' = 'osrm') => {
		const outcome = await planRoutes(
			planner,
			COUNTY,
			draw,
			{ ...settings, provider, iterations: 200 },
			{
				...asking,
				servers: { osrm, valhalla: osrm, timeoutMs: 300 }
			}
		);
		if (!outcome.ok) throw new Error(JSON.stringify(outcome));
		const now = (await routeView(planner, COUNTY, outcome.series))!;
		expect(targetsOf(now)).toEqual(await drawnCodes());
		return now;
	};
	const json =
		(body: (places: [number, number][]) => unknown): RequestListener =>
		(request, response) => {
			const places = decodeURIComponent(request.url!.match(/driving\/([^?]*)/)?.[1] ?? '')
				.split(';')
				.map((pair) => pair.split(',').map(Number) as [number, number]);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(body(places)));
		};
	const metres = ([a, b]: [number, number], [c, d]: [number, number]) =>
		Math.hypot((a - c) * 100_000, (b - d) * 111_000) * 1.5;

	test('that answers is believed, and its matrix is kept for the next change', async () => {
		answer = json((places) => ({
			code: 'Ok',
			durations: places.map((p) => places.map((q) => metres(p, q) / 10)),
			distances: places.map((p) => places.map((q) => metres(p, q)))
		}));
		const now = await planned();
		expect(now).toMatchObject({ provider: 'osrm', fallback: null });
		answer = (_, response) => response.writeHead(500).end();
		const { visit } = now.routes[0]!.stops[0]!;
		const what = { version: now.version, change: { type: 'lock_stop', visit, lock: 'route' } } as const;
		expect(await changeRoutes(planner, COUNTY, now.series, what, asking)).toMatchObject({ ok: true });
		const after = (await routeView(planner, COUNTY, now.series))!;
		expect(after).toMatchObject({ provider: 'osrm', matrixHash: now.matrixHash });
	});

	test.each<[string, string, RequestListener]>([
		['does not answer', 'timeout', () => undefined],
		['stops in the middle', 'timeout', (_, response) => void response.writeHead(200).write('{"code":')],
		['fails', 'unanswered', (_, response) => void response.writeHead(500).end('no')],
		['breaks off', 'unanswered', (request) => void request.socket.destroy()],
		['answers no JSON', 'nonsense', (_, response) => void response.end('<html>')],
		['answers null', 'nonsense', json(() => null)],
		[
			'answers too small a table',
			'nonsense',
			json(() => ({ code: 'Ok', durations: [[0]], distances: [[0]] }))
		],
		[
			'answers zeros',
			'nonsense',
			json((p) => ({
				code: 'Ok',
				durations: p.map(() => p.map(() => 0)),
				distances: p.map(() => p.map(() => 0))
			}))
		],
		[
			'answers negative times',
			'nonsense',
			json((p) => ({
				code: 'Ok',
				durations: p.map(() => p.map(() => -5)),
				distances: p.map(() => p.map(() => 1))
			}))
		],
		[
			'reaches nothing',
			'nonsense',
			json((p) => ({
				code: 'Ok',
				durations: p.map(() => p.map(() => null)),
				distances: p.map(() => p.map(() => null))
			}))
		]
	])('that %s is replaced: %s', async (_, fallback, listener) => {
		answer = listener;
		const base = await loadBase(planner, COUNTY, draw, settings);
		if (!base.ok) throw new Error('no ground');
		const { places } = base.base;
		const asked = { ...settings, provider: 'osrm' } as const;
		const found = await findTravel(places, asked, { osrm, timeoutMs: 150 });
		expect(found).toMatchObject({ provider: 'great_circle', fallback });
		expect(found.travel.seconds).toEqual(computedTravel(places, settings).seconds);
	});

	test('that fails leaves a whole plan, which says so', async () => {
		answer = (_, response) => void response.writeHead(500).end('no');
		expect(await planned()).toMatchObject({ provider: 'great_circle', fallback: 'unanswered' });
	});

	test('Valhalla answers in kilometres', async () => {
		answer = (request, response) => {
			let body = '';
			request
				.on('data', (part) => (body += part))
				.on('end', () => {
					const { sources } = JSON.parse(body) as { sources: { lon: number; lat: number }[] };
					const cell = (p: { lon: number; lat: number }, q: typeof p) => {
						const distance = metres([p.lon, p.lat], [q.lon, q.lat]);
						return { time: distance / 10, distance: distance / 1000 };
					};
					response.end(
						JSON.stringify({ sources_to_targets: sources.map((p) => sources.map((q) => cell(p, q))) })
					);
				});
		};
		const now = await planned('valhalla');
		expect(now).toMatchObject({ provider: 'valhalla', fallback: null });
		expect(now.routes[0]!.metres).toBeGreaterThan(1000);
	});
});

describe('imported roads', () => {
	const onRoads = () =>
		planRoutes(planner, COUNTY, draw, { ...settings, provider: 'roads', iterations: 200 }, asking);
	const importRoads = async (dryRun = false) => {
		const result = await importFiles(db, {
			county,
			files: [fixture('roads.osm.pbf')],
			options: v.parse(importOptions, { kind: 'road', licence: 'ODbL', dryRun }),
			...{ at, actor: 'admin' }
		});
		if (!result.ok) throw new Error(JSON.stringify(result.failure));
		return result.report;
	};

	test('that are not there yet: the plan says so, and nothing is missing', async () => {
		expect(await hasRoads(planner, COUNTY)).toBe(false);
		const outcome = await onRoads();
		if (!outcome.ok) throw new Error(JSON.stringify(outcome));
		const now = (await routeView(planner, COUNTY, outcome.series))!;
		expect(now).toMatchObject({ provider: 'great_circle', fallback: 'no_roads' });
		expect(targetsOf(now)).toEqual(await drawnCodes());
	});

	test('of OpenStreetMap: joined, what is no road refused, and once only', async () => {
		expect(await importRoads(true)).toMatchObject({ committed: false, added: 6 });
		const report = await importRoads();
		expect(report).toMatchObject({ rows: 8, added: 6, refusedRows: 2, committed: true });
		expect(report.refused.map(({ rule, values }) => [rule, values.value])).toEqual([
			['road_none', undefined],
			['road_class', 'footway']
		]);
		const layer = await db.selectFrom('app.road_layer').selectAll().executeTakeFirstOrThrow();
		expect(layer).toMatchObject({
			left_out: expect.toSatisfy((n: number) => n >= 2) as number,
			licence: 'ODbL'
		});
		expect(layer.provenance).toMatch(/^roads\.osm\.pbf \(SHA-256 /);
		expect(await importRoads()).toMatchObject({ added: 0, unchanged: 6 });
		expect(await db.selectFrom('app.road_layer').select('id').execute()).toHaveLength(1);
	});

	test('go along in the pack of a phone, those of its corridor', async () => {
		const [first] = await drawnCodes();
		const around = (at: E7) =>
			corridorOf(planner, COUNTY, [first!], at, [{ at, position: 1, party: null, targets: [] }]);
		const layer = await db.selectFrom('app.road_layer').select('graph').executeTakeFirstOrThrow();
		const { lon, lat } = decodeRoads(gunzipSync(layer.graph));
		const { roads, bounds } = await around([lon[0]! * 10, lat[0]! * 10]);
		expect(roads.length).toBeGreaterThan(0);
		const points = roads.flatMap(({ line }) => line);
		expect(
			points.every(([x, y]) => x >= bounds[0] && x <= bounds[2] && y >= bounds[1] && y <= bounds[3])
		).toBe(true);
		expect((await around([1_000_000_000, 100_000_000])).roads).toEqual([]);
	});

	test('carry the routes, and the matrix they had stays with the plan', async () => {
		const outcome = await onRoads();
		if (!outcome.ok) throw new Error(JSON.stringify(outcome));
		const now = (await routeView(planner, COUNTY, outcome.series))!;
		expect(now).toMatchObject({ provider: 'roads', fallback: null });
		expect(targetsOf(now)).toEqual(await drawnCodes());
		const base = await loadBase(planner, COUNTY, draw, settings);
		if (!base.ok) throw new Error('no ground');
		const { places } = base.base;
		const asked = { ...settings, provider: 'roads' } as const;
		const sources = await travelSources(planner, COUNTY, asked, {});
		const { travel } = await findTravel(places, asked, sources);
		const straight = computedTravel(places, { ...settings, detour: 1 });
		expect(travel.seconds).not.toEqual(straight.seconds);
		for (let k = 0; k < travel.metres.length; k++)
			expect(travel.metres[k]!).toBeGreaterThanOrEqual(straight.metres[k]! - 2);
	});
});

describe('the files', () => {
	test('GPX, KML and GeoJSON open in GDAL with every route and stop', async () => {
		const now = await view();
		const folder = mkdtempSync(join(tmpdir(), 'fairlot-route-'));
		try {
			writeFileSync(join(folder, 'routes.gpx'), gpx(now));
			writeFileSync(join(folder, 'routes.kml'), kml(now));
			writeFileSync(join(folder, 'routes.geojson'), geojson(now));
			// In a process of its own: GDAL sets global.location.
			const script = `
				import { openDataset, startGdal } from './src/lib/server/import/gdal.ts';
				const gdal = await startGdal(${JSON.stringify(folder)});
				const counts = {};
				for (const name of ['routes.gpx', 'routes.kml', 'routes.geojson']) {
					const opened = await openDataset(gdal, ${JSON.stringify(folder)} + '/' + name, []);
					counts[name] = opened.ok ? Object.fromEntries(opened.layers.map((l) => [l.name, l.featureCount])) : opened.detail;
				}
				console.log(JSON.stringify(counts));`;
			writeFileSync(join(folder, 'look.mts'), script.replaceAll("'./src", `'${process.cwd()}/src`));
			const out = execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'look.mts')], {
				encoding: 'utf8'
			});
			const counts = JSON.parse(out) as Record<string, Record<string, number>>;
			const routes = now.routes.filter(({ stops }) => stops.length > 0);
			const stops = routes.reduce((sum, route) => sum + route.stops.length, 0);
			expect(counts['routes.gpx']).toMatchObject({
				...{ waypoints: stops, routes: routes.length, route_points: stops + 2 * routes.length }
			});
			expect(Object.values(counts['routes.kml']!).reduce((sum, n) => sum + n, 0)).toBe(
				routes.length + stops + now.leftOver.length
			);
			expect(Object.values(counts['routes.geojson']!)).toEqual([routes.length + now.visits.length]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('a workbook has a row for each stop and says what is not placed', async () => {
		const now = await view();
		const book = Buffer.from(
			await xlsx(now, {
				...{ routes: '路线', left: '未排入', total: '合计', reason: (reason) => reason },
				columns: Array.from({ length: 14 }, (_, i) => `c${i}`),
				leftColumns: ['a', 'b', 'c', 'd']
			})
		);
		expect(book.subarray(0, 2).toString()).toBe('PK');
		expect(book.length).toBeGreaterThan(3000);
	});

	test('names are escaped in XML', async () => {
		const now = await view();
		const odd = { ...now, visits: now.visits.map((visit) => ({ ...visit, party: `<甲> & "乙"` })) };
		expect(gpx(odd)).not.toContain('<甲>');
		expect(kml(odd)).toContain('&#60;甲&#62; &#38; &#34;乙&#34;');
	});
});

test('an item that needs notice is not looked into before it has run out; a day too early is refused', async () => {
	const [item] = (await view()).items;
	const noticeOn = '2026-07-03';
	const asked = { ...settings, days: 4, noticeOn };
	try {
		await sql`UPDATE app.item SET notice_days = 2 WHERE code = ${item!.code}`.execute(db);
		const planned = await planRoutes(planner, COUNTY, draw, asked, asking);
		if (!planned.ok) throw new Error(JSON.stringify(planned));
		const shown = (await routeView(planner, COUNTY, planned.series))!;
		// A Friday; two working days on is the Tuesday.
		const [first, second, third] = shown.settings.onDays;
		expect([first, third]).toEqual([noticeOn, '2026-07-07']);
		for (const visit of shown.visits)
			expect(visit.notBefore).toBe(visit.items.includes(item!.code) ? third : null);
		const days = shown.routes.map(({ day }) => day);
		expect(days.length).toBeGreaterThan(0);
		expect(days.filter((day) => day < third!)).toEqual([]);
		const [route] = shown.routes;
		const { visit } = route!.stops[0]!;
		const to = { day: second!, office: route!.office, team: 1, position: 1 };
		const moved = { version: shown.version, change: { type: 'move' as const, visit, to } };
		expect(await changeRoutes(planner, COUNTY, planned.series, moved, asking)).toEqual({
			...{ ok: false, problem: { reason: 'does_not_fit' } }
		});
		// More notice than the plan has days: every visit is left over, and says why.
		await sql`UPDATE app.item SET notice_days = 60 WHERE code = ${item!.code}`.execute(db);
		const again = await solveAgain(
			planner,
			COUNTY,
			planned.series,
			{ version: planned.version, iterations: 500, seed: 1 },
			asking
		);
		if (!again.ok) throw new Error(JSON.stringify(again));
		const late = (await routeView(planner, COUNTY, planned.series))!;
		expect(late.routes).toEqual([]);
		expect(new Set(late.leftOver.map(({ reason }) => reason))).toEqual(new Set(['no_vehicle_with_skills']));
		expect(late.leftOver.length).toBe(late.visits.length);
	} finally {
		await sql`UPDATE app.item SET notice_days = 0`.execute(db);
	}
	await expect(sql`UPDATE app.item SET notice_days = -1`.execute(db)).rejects.toThrow(/notice_days_check/);
});

test('a party is called on within its opening hours', async () => {
	const before = await view();
	const open = new Map(
		before.visits.flatMap(({ uscc }) => (uscc === null ? [] : [[uscc, '14:00-15:30'] as const])).slice(0, 4)
	);
	for (const [uscc, hours] of open)
		await sql`UPDATE app.party SET hours = ${hours} WHERE uscc = ${uscc}`.execute(db);
	const planned = await planRoutes(planner, COUNTY, draw, settings, asking);
	if (!planned.ok) throw new Error(JSON.stringify(planned));
	const shown = (await routeView(planner, COUNTY, planned.series))!;
	const bound = shown.visits.filter(({ uscc }) => uscc !== null && open.has(uscc));
	expect(bound.length).toBeGreaterThanOrEqual(open.size);
	const begins = new Map(
		shown.routes.flatMap(({ stops }) =>
			stops.map(({ visit, arrivalS, waitS }) => [visit, arrivalS + waitS] as const)
		)
	);
	for (const { number, hours } of bound) {
		expect(hours).toBe('14:00-15:30');
		expect(begins.get(number)).toBeGreaterThanOrEqual(14 * 3600);
		expect(begins.get(number)).toBeLessThanOrEqual(15.5 * 3600);
	}
	await expect(sql`UPDATE app.party SET hours = '上午'`.execute(db)).rejects.toThrow(/hours_check/);
});

test('a trial calls nobody, so there is nobody to notify', async () => {
	expect(await routeNotices(planner, county, await view(), at)).toEqual({ ok: false, reason: 'trial' });
});
