// The office's side of field work under the row policies: what a crew closed is reviewed by somebody else, becomes results
// once or not at all, and can be taken away as a file that proves itself; what a phone could not bring is handed in.
import { randomBytes } from 'node:crypto';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fromHex, toHex } from '../../src/lib/core/bytes/hex';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import { eventHash, EVENT_VERSION, type FieldEvent } from '../../src/lib/core/field/event';
import { RESULT } from '../../src/lib/core/field/form';
import { packBytes, packHash } from '../../src/lib/core/field/pack';
import { foldRecord } from '../../src/lib/core/field/record';
import { uuidv7 } from '../../src/lib/core/field/uuid';
import { leafHash, treeRoot } from '../../src/lib/core/ledger/tree';
import { permissions, may } from '../../src/lib/server/access';
import type { Database } from '../../src/lib/server/db/database';
import { archiveOf } from '../../src/lib/server/field/archive';
import { askAgain } from '../../src/lib/server/field/ask-again';
import { readBoard } from '../../src/lib/server/field/board';
import { decideRecord, type Decision } from '../../src/lib/server/field/decide';
import {
	enrolDevice,
	inspectorOf,
	listDevices,
	revokeDevice,
	type FieldActing
} from '../../src/lib/server/field/device';
import { readPhoto } from '../../src/lib/server/field/photo';
import { readRecord } from '../../src/lib/server/field/reading';
import { takeRescue } from '../../src/lib/server/field/rescue';
import { sync } from '../../src/lib/server/field/sync';
import { listOrders } from '../../src/lib/server/result/orders';
import { drawn, setStage } from '../support/ceremony';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY as county } from '../support/small-county';

const at = new Date('2026-07-10T02:00:00.000Z');
const key = { ok: true, seed: new Uint8Array(32).fill(7), trusted: [] } as const;
let db: Database;
let draw: number;
/** Called in the batch. */
let called: string[];
let hash: string;
/** One target each, in this order. */
const stopOf = (k: number) => `1.${called[k]}`;
const checkOf = (k: number) => `KC-G@${called[k]}`;

const as = async (account: string, role: string, office: string | null = 'O1'): Promise<FieldActing> => ({
	db: await databaseAs({ role: 'fairlot_app', account, roles: [role], office }),
	...{ county, actor: account, at }
});
const head = () => as('h1', 'office_head');

beforeAll(async () => {
	db = await freshDatabase();
	draw = await drawn(await setStage(db));
	const { rows } = await sql<{
		code: string;
	}>`SELECT app.called(${county}, ${draw}) AS code ORDER BY 1`.execute(db);
	called = rows.map(({ code }) => code);
	await sql`INSERT INTO app.item (county, code, name, kind, content, basis, method, category, scopes, minutes, source,
		valid) VALUES (${county}, 'KC-G', '界桩', 'mining_right', 'c', 'b', 'm', 'general', '{矿产}', 20, 's',
		'[2020-01-01,)')`.execute(db);
	for (const [office, township] of [
		['O1', '350125101'],
		['O2', '350125102']
	])
		await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${county}, ${office}, ${office},
			${[township]}::text[], ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	for (const code of ['Y1', 'Y2', 'Y3']) {
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${county}, ${code}, ${code}, 'O1', '{}', '{}', ${`证${code}`}, '县',
			'[2020-01-01,2030-01-01)')`.execute(db);
		await sql`INSERT INTO auth.user (id, name, email, username, role, inspector) VALUES (${code.toLowerCase()},
			${code}, ${`${code}@account.invalid`}, ${code.toLowerCase()}, 'inspector', ${code})`.execute(db);
	}
	const question = { id: RESULT, kind: 'choice', text: '结果', unit: null, required: true };
	const options = ['none_found', 'found', 'not_checked'].map((value) => ({ value, label: value }));
	const pack = {
		...{ v: 1, series: 1, plan: 1, route: '2026-07-10 O1 1', day: '2026-07-10' },
		...{ county: { code: county, name: 'c' }, office: { code: 'O1', name: '一所', at: [0, 0] } },
		crew: ['Y1', 'Y2'].map((code) => ({
			...{ code, name: code, certificate: `证${code}`, validFrom: null, validThrough: null }
		})),
		stops: called.map((code, k) => ({
			...{ id: stopOf(k), position: k + 1, arrivalS: 32_400, serviceMin: 40, party: null },
			targets: [{ code, name: code, shape: [] }],
			checks: [
				{ id: checkOf(k), item: 'KC-G', target: code, name: '界桩', questions: [{ ...question, options }] }
			]
		}))
	};
	const bytes = packBytes(pack as never);
	hash = packHash(bytes);
	await db
		.insertInto('app.field_pack')
		.values({
			...{ county, hash, series: 1, plan: 1, draw, route: pack.route, day: pack.day, office: 'O1' },
			...{ crew: ['Y1', 'Y2'], stops: called.length, bytes: Buffer.from(bytes) },
			...{ expires: new Date('2026-07-19'), made_at: at }
		})
		.execute();
});

async function phone(skewMs = 0) {
	const who = await as('y1', 'inspector');
	const device = await enrolDevice(who, (await inspectorOf(who.db, county, 'y1'))!, '手机');
	let [seq, prev] = [0, null as string | null];
	const written: FieldEvent[] = [];
	const write = (stop: string, kind: string, body: object) => {
		const event = {
			...{ v: EVENT_VERSION, id: uuidv7(at.getTime(), randomBytes(10)), device, seq: ++seq, prev },
			...{ at: new Date(at.getTime() + skewMs).toISOString(), by: 'Y1', pack: hash, stop, kind, body }
		} as FieldEvent;
		prev = eventHash(event);
		written.push(event);
		return event;
	};
	return {
		device,
		write,
		/** A whole record of a stop: what was found, signed and closed. */
		whole(k: number, value: string, findings: object[] = []): FieldEvent[] {
			const stop = stopOf(k);
			const events = [
				write(stop, 'arrived', { fix: null, fence: 'unknown', reason: '无信号' }),
				write(stop, 'notice_given', { to: '甲', how: 'shown' }),
				write(stop, 'answered', { check: checkOf(k), question: RESULT, value, replaces: [] }),
				...findings.map((finding) => write(stop, 'finding', { check: checkOf(k), ...finding }))
			];
			const over = foldRecord(events, stop).content;
			const pen = { strokes: 'M0 0L1 1', width: 10, height: 10, refused: null, over };
			return [
				...events,
				...['Y1', 'Y2'].map((code) =>
					write(stop, 'signed', { who: 'inspector', inspector: code, name: code, ...pen })
				),
				write(stop, 'signed', { who: 'party', inspector: null, name: '甲', ...pen }),
				write(stop, 'closed', { over })
			];
		},
		send: async (events: object[]) =>
			sync(who, { device, now: new Date(at.getTime() + skewMs).toISOString(), events, photos: [] }, key)
	};
}
const accepted: Decision = { to: 'accepted', outcomes: {} };
const results = async (record: string) => {
	const rows = await db.selectFrom('app.result').where('record', '=', record).selectAll().execute();
	return rows;
};

test('who may review: not the crew, not who only reads; the row policies say so too', async () => {
	expect(permissions.field_review).toEqual(['planner', 'office_head', 'legal_reviewer']);
	expect(may({ roles: ['inspector'] }, 'field_review')).toBe(false);
	const one = await phone();
	await one.send(one.whole(0, 'none_found'));
	const decide = (who: FieldActing) => decideRecord(who, stopOf(0), accepted);
	// A head of the office who is on the crew.
	expect(await decide(await as('y2', 'office_head'))).toMatchObject({ ok: false, reason: 'own_record' });
	for (const [account, role, office] of [
		['h2', 'office_head', 'O2'],
		['w1', 'witness', null],
		['p1', 'publisher', null]
	] as const) {
		const who = await as(account, role, office);
		expect(await readRecord(who.db, county, stopOf(0), at)).toBeNull();
		expect(await archiveOf(who.db, county, stopOf(0))).toBeNull();
		expect(await decide(who)).toMatchObject({ ok: false });
	}
	// Sees it, and has no right to the row.
	expect(await decide(await as('l1', 'leader'))).toMatchObject({ ok: false, reason: 'no_such_record' });
	const stranger = await as('y3', 'inspector');
	expect(await readRecord(stranger.db, county, stopOf(0), at)).toBeNull();
	expect(await results(stopOf(0))).toEqual([]);
});

test('accepted, it is one result with source, inspectors and day; the day is ours, whatever the phone’s clock says', async () => {
	const two = await phone(3 * 86_400_000);
	await two.send(
		two.whole(1, 'found', [{ severity: 'minor', text: '界桩倾斜', measure: 'ordered', due: '2026-07-20' }])
	);
	const reviewer = await as('r1', 'legal_reviewer');
	expect(await decideRecord(reviewer, stopOf(1), accepted)).toEqual({ ok: true, results: [1] });
	expect(await results(stopOf(1))).toMatchObject([
		{ draw, target: called[1], outcome: 'ordered', source: 'field', recorded_by: 'r1' }
	]);
	const { rows } = await sql<{ day: string; certificates: string }>`SELECT checked_on::text AS day,
		inspectors::text AS certificates FROM app.result WHERE id = 1`.execute(db);
	expect(rows[0]!.day).toBe('2026-07-10');
	expect(rows[0]!.certificates).toMatch(/证Y1.*证Y2/);
	expect(await decideRecord(await head(), stopOf(1), accepted)).toMatchObject({
		ok: false,
		reason: 'not_closed'
	});
	const orders = await listOrders((await head()).db, county, new Date('2026-07-22'), {
		...{ state: 'overdue', office: '', page: 1 }
	});
	expect(orders.rows).toMatchObject([
		{ result: 1, rectifyBy: '2026-07-20', clock: 'overdue', record: stopOf(1) }
	]);
	expect(await askAgain(await head(), { result: 1, number: 1 })).toEqual({ ok: true });
	const told =
		await sql`SELECT inspector FROM app.field_message WHERE kind = 'rectification' ORDER BY 1`.execute(db);
	expect(told.rows).toEqual([{ inspector: 'Y1' }, { inspector: 'Y2' }]);
});

test('what cannot be recorded is not accepted either: nothing of it stays', async () => {
	const one = await phone();
	await one.send(one.whole(2, 'found', [{ severity: 'minor', text: '无', measure: 'none', due: null }]));
	const decide = async (outcomes = {}) => decideRecord(await head(), stopOf(2), { to: 'accepted', outcomes });
	expect(await decide()).toEqual({ ok: false, reason: 'measure_of_outcome', target: called[2] });
	const { state } = await db
		.selectFrom('app.field_record')
		.where('stop', '=', stopOf(2))
		.select('state')
		.executeTakeFirstOrThrow();
	expect(state).toBe('closed');
	await one.send(one.whole(3, 'not_checked'));
	const third = async (outcomes: Record<string, string>) =>
		decideRecord(await head(), stopOf(3), { to: 'accepted', outcomes });
	expect(await third({})).toMatchObject({ reason: 'open_outcome', target: called[3] });
	expect(await third({ [called[3]!]: 'ordered' })).toMatchObject({ reason: 'open_outcome' });
	expect(await third({ [called[3]!]: 'refused' })).toMatchObject({ ok: true });
	const [result] = await results(stopOf(3));
	expect(result?.outcome).toBe('refused');
});

test('the board tells an office what waits for it, and another office nothing', async () => {
	const late = new Date('2026-07-10T09:00:00Z');
	const of = async (who: FieldActing, scope: Parameters<typeof readBoard>[2]) =>
		(await readBoard(who.db, county, scope, late)).flatMap(({ stops }) => stops.map(({ state }) => state));
	// Of no current plan here: only what was recorded stands on the board.
	expect(await of(await head(), { office: 'O1' })).toEqual(['review', 'review']);
	expect(await of(await as('h2', 'office_head', 'O2'), { office: 'O2' })).toEqual([]);
});

test('the archive proves itself: every file by its hash, every event by the root in the ledger', async () => {
	const files = unzipSync((await archiveOf((await head()).db, county, stopOf(1)))!);
	const read = <T>(path: string) => JSON.parse(new TextDecoder().decode(files[path])) as T;
	const manifest = read<{ files: { path: string; sha256: string }[]; events: { hash: string }[] }>(
		'manifest.json'
	);
	expect(Object.keys(files).length).toBe(manifest.files.length + 1);
	for (const { path, sha256: named } of manifest.files) expect(toHex(sha256(files[path]!))).toBe(named);
	const { received, decision } = read<{
		received: { entry: number; hashes: string[] }[];
		decision: { entry: number };
	}>('ledger.json');
	const entryOf = async (seq: number) => {
		const { bytes } = await db
			.selectFrom('ledger.entry')
			.where('seq', '=', seq)
			.select('bytes')
			.executeTakeFirstOrThrow();
		return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
	};
	const [batch] = received;
	const root = toHex(treeRoot(batch!.hashes.map((one) => leafHash(fromHex(one)))));
	expect(await entryOf(batch!.entry)).toMatchObject({ type: 'field.received', root });
	for (const { hash: one } of manifest.events) expect(batch!.hashes).toContain(one);
	expect(await entryOf(decision.entry)).toMatchObject({
		type: 'field.accepted',
		stop: stopOf(1),
		results: [1]
	});
});

test('a rescue file is taken in once, counted exactly; altered, foreign and revoked ones are refused', async () => {
	const one = await phone();
	const bytes = new Uint8Array(randomBytes(3000));
	const [photo, lost] = [toHex(sha256(bytes)), 'a'.repeat(64)];
	const exif = { make: null, model: null, takenAt: null, at: null, direction: null };
	const rest = { type: 'image/jpeg', width: 1, height: 1, original: lost, fix: null, direction: null, exif };
	const sent = [one.write(stopOf(4), 'note', { check: null, text: '已到' })];
	await one.send(sent);
	const kept = [
		one.write(stopOf(4), 'photo', {
			...{ ...rest, sha256: photo, size: bytes.length, takenAt: at.toISOString(), check: null, caption: '' }
		}),
		one.write('1.nowhere', 'note', { check: null, text: '别处' })
	];
	const manifest = { v: 1, county, device: one.device, at: at.toISOString(), photos: [photo, lost] };
	const zip = (events: object[], more = {}) =>
		zipSync({
			'manifest.json': strToU8(JSON.stringify({ ...manifest, events, ...more })),
			[`photos/${photo}`]: bytes
		});
	const take = async (file: Uint8Array, who?: FieldActing) => takeRescue(who ?? (await head()), file);
	expect(await take(new Uint8Array(9))).toMatchObject({ ok: false, reason: 'not_a_zip' });
	expect(await take(zip(kept, { county: '350100' }))).toMatchObject({ reason: 'other_county' });
	expect(await take(zip([kept[1]!, kept[0]!]))).toMatchObject({ reason: 'broken_chain', event: 2 });
	expect(await take(zip(kept), await as('h2', 'office_head', 'O2'))).toMatchObject({
		reason: 'other_office'
	});
	const first = await take(zip([...sent, ...kept]));
	expect(first).toMatchObject({
		ok: true,
		counts: {
			...{ events: 3, fresh: 2, known: 1, aside: { unknown_stop: 1 }, refused: [] },
			...{ photos: 2, photosFresh: 1, photosKnown: 0, photosMissing: [lost], photosAltered: [] }
		}
	});
	expect(await take(zip([...sent, ...kept]))).toMatchObject({
		counts: { fresh: 0, known: 3, photosFresh: 0, photosKnown: 1 }
	});
	expect((await readPhoto((await head()).db, county, photo))?.bytes.length).toBe(3000);
	expect(await readPhoto((await as('h2', 'office_head', 'O2')).db, county, photo)).toBeNull();
	const security = await as('s1', 'security_admin', null);
	expect((await listDevices(security.db, county)).map(({ id }) => id)).toContain(one.device);
	expect(await revokeDevice(security, one.device)).toBe(true);
	expect(await take(zip(kept))).toMatchObject({ reason: 'revoked' });
	const witness = await as('w1', 'witness', null);
	expect(await listDevices(witness.db, county).catch(() => [])).toEqual([]);
});
