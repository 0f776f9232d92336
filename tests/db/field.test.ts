// The phone's half of field work against the database: each event once, foreign and altered things refused and noted,
// photos in pieces, clocks that are a day off.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { toHex } from '../../src/lib/core/bytes/hex';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import { eventHash, EVENT_VERSION } from '../../src/lib/core/field/event';
import { packBytes, packHash } from '../../src/lib/core/field/pack';
import { receiptKey, verifyReceipt } from '../../src/lib/core/field/receipt';
import { uuidv7 } from '../../src/lib/core/field/uuid';
import { formatVerifierKey } from '../../src/lib/core/ledger/note';
import type { Database } from '../../src/lib/server/db/database';
import { enrolDevice, inspectorOf, revokeDevice, type FieldActing } from '../../src/lib/server/field/device';
import { decideRecord } from '../../src/lib/server/field/decide';
import { eventsOf } from '../../src/lib/server/field/record';
import { foldRecord } from '../../src/lib/core/field/record';
import { putPhoto } from '../../src/lib/server/field/photo';
import { sync, type SyncOutcome } from '../../src/lib/server/field/sync';
import { databaseAs, freshDatabase } from '../support/database';

const county = '350125';
const at = new Date('2026-07-01T02:00:00.000Z');
const seed = new Uint8Array(32).fill(7);
const key = { ok: true, seed, trusted: [] } as const;
const publicKey = formatVerifierKey(receiptKey(county, seed));
const STOP = '1.T1';
let db: Database;
let hash: string;
const acting = {} as Record<'one' | 'two' | 'other', FieldActing>;

beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county(${county}, '测试县', 4549, true)`.execute(db);
	await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${county}, 'O1', '一所',
		'{350125101}', ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	for (const code of ['Y1', 'Y2', 'Y3']) {
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${county}, ${code}, ${code}, 'O1', '{}', '{}', ${code}, '县',
			'[2020-01-01,2030-01-01)')`.execute(db);
		await sql`INSERT INTO auth.user (id, name, email, username, role, inspector) VALUES (${code.toLowerCase()},
			${code}, ${`${code}@account.invalid`}, ${code.toLowerCase()}, 'inspector', ${code})`.execute(db);
	}
	const pack = {
		...{
			v: 1,
			series: 1,
			plan: 1,
			route: 'r',
			day: '2026-07-01',
			crew: ['Y1', 'Y2'].map((code) => ({ code, name: code, validFrom: null, validThrough: null }))
		},
		stops: [{ id: STOP, targets: [], checks: [] }]
	};
	const bytes = packBytes(pack as never);
	hash = packHash(bytes);
	await db
		.insertInto('app.field_pack')
		.values({
			...{
				county,
				hash,
				series: 1,
				plan: 1,
				route: 'r',
				day: '2026-07-01',
				office: 'O1',
				crew: ['Y1', 'Y2']
			},
			...{ stops: 1, bytes: Buffer.from(bytes), expires: new Date('2026-07-09'), made_at: at }
		})
		.execute();
	for (const [name, account] of [
		['one', 'y1'],
		['two', 'y2'],
		['other', 'y3']
	] as const)
		acting[name] = {
			db: await databaseAs({ role: 'fairlot_app', account, roles: ['inspector'], office: 'O1' }),
			...{ county, actor: account, at }
		};
});

async function phone(who: FieldActing) {
	const inspector = (await inspectorOf(who.db, county, who.actor))!;
	const device = await enrolDevice(who, inspector, '手机');
	let [seq, prev] = [0, null as string | null];
	return {
		device,
		write(kind: string, body: object, change: object = {}) {
			const event = {
				...{ v: EVENT_VERSION, id: uuidv7(at.getTime(), randomBytes(10)), device, seq: ++seq, prev },
				...{ at: at.toISOString(), by: inspector.code, pack: hash, stop: STOP, kind, body, ...change }
			};
			prev = eventHash(event);
			return event;
		},
		send: (events: object[], photos: string[] = [], now = at) =>
			sync(who, { device, now: now.toISOString(), events, photos }, key)
	};
}
const note = (text: string) => ({ check: null, text });
const ok = (outcome: SyncOutcome) => {
	if (!outcome.ok) throw new Error(outcome.reason);
	return outcome;
};
const received = (outcome: SyncOutcome, device: string) => {
	const verified = verifyReceipt(ok(outcome).receipt ?? '', publicKey, device);
	if (!verified.ok) throw new Error(verified.reason);
	return verified.receipt;
};
const refusals = async () => {
	const rows = await db.selectFrom('app.field_refusal').select('reason').orderBy('id').execute();
	return rows.map(({ reason }) => reason);
};

test('each event once, however often it is sent; the receipt names it and cannot be forged', async () => {
	const { device, write, send } = await phone(acting.one);
	const events = [write('note', note('一')), write('note', note('二'))];
	const receipt = received(await send(events), device);
	expect(receipt.events).toEqual(events.map(eventHash));
	expect(receipt.ledger).toBeGreaterThan(0);
	const again = received(await send([...events, events[0]!]), device);
	expect([again.ledger, again.events.length]).toEqual([0, 3]);
	const rows = await db.selectFrom('app.field_event').where('device', '=', device).select('hash').execute();
	expect(rows.length).toBe(2);
	const text = ok(await send(events)).receipt!;
	expect(verifyReceipt(text.replace(eventHash(events[0]!), '0'.repeat(64)), publicKey, device).ok).toBe(
		false
	);
	expect(verifyReceipt(text, publicKey, randomUUID())).toEqual({ ok: false, reason: 'other_device' });
});

test('foreign, forked and broken events are refused and noted; a gap is told', async () => {
	const { device, write, send } = await phone(acting.one);
	const [first, second, third] = [
		write('note', note('一')),
		write('note', note('二')),
		write('note', note('三'))
	];
	const gap = ok(await send([second]));
	expect([gap.refused[0]?.reason, gap.have, gap.receipt]).toEqual(['gap', 0, null]);
	await send([first]);
	const reasonOf = async (event: object) => ok(await send([event])).refused[0]?.reason;
	expect(await reasonOf({ ...first, body: note('别的') })).toBe('forked');
	expect(await reasonOf({ ...second, prev: '0'.repeat(64) })).toBe('broken_chain');
	expect(await reasonOf({ ...second, device: randomUUID() })).toBe('foreign_device');
	expect(await reasonOf({ ...second, id: first.id })).toBe('same_id');
	expect(await reasonOf({ ...second, seq: 'x' })).toBe('form');
	expect(
		(await sync(acting.two, { device, now: at.toISOString(), events: [second], photos: [] }, key)).ok
	).toBe(false);
	expect(received(await send([second, third]), device).events.length).toBe(2);
	expect(await refusals()).toEqual(
		expect.arrayContaining(['forked', 'broken_chain', 'foreign_device', 'same_id', 'form'])
	);
});

test('who is not on the crew, or writes for somebody else, is kept aside and reaches no record', async () => {
	const { device, write, send } = await phone(acting.other);
	const receipt = received(await send([write('note', note('外人'))]), device);
	expect(receipt.aside.map(({ reason }) => reason)).toEqual(['unknown_pack']);
	const crew = await phone(acting.one);
	const events = [crew.write('note', note('代写'), { by: 'Y2' }), crew.write('note', { text: 1 })];
	expect(received(await crew.send(events), crew.device).aside.map(({ reason }) => reason)).toEqual([
		'foreign_author',
		'form'
	]);
	expect(await acting.other.db.selectFrom('app.field_record').select('stop').execute()).toEqual([]);
});

test('a revoked phone is refused', async () => {
	const { device, write, send } = await phone(acting.two);
	const head = await databaseAs({ role: 'fairlot_app', account: 'h', roles: ['office_head'], office: 'O1' });
	expect(await revokeDevice({ db: head, county, actor: 'h', at }, device)).toBe(true);
	expect(await send([write('note', note('晚了'))])).toEqual({ ok: false, reason: 'revoked' });
});

test('a clock a day off is recorded', async () => {
	const { device, write, send } = await phone(acting.one);
	for (const day of [-1, 1]) {
		const receipt = received(
			await send([write('note', note('钟'))], [], new Date(at.getTime() + day * 86_400_000)),
			device
		);
		expect(receipt.skewMs).toBe(day * 86_400_000);
	}
});

test('photos in pieces, dropped, repeated and altered', async () => {
	const { device, write, send } = await phone(acting.one);
	const photoOf = (bytes: Uint8Array) => ({
		...{ sha256: toHex(sha256(bytes)), size: bytes.length, type: 'image/jpeg', width: 10, height: 10 },
		...{
			original: '0'.repeat(64),
			fix: null,
			direction: null,
			takenAt: at.toISOString(),
			check: null,
			caption: ''
		},
		exif: { make: null, model: null, takenAt: null, at: null, direction: null }
	});
	const bytes = new Uint8Array(randomBytes(2500));
	const photo = photoOf(bytes);
	const put = (from: number, to: number) =>
		putPhoto(acting.one, device, photo.sha256, from, bytes.subarray(from, to));
	expect(await put(0, 10)).toEqual({ ok: false, reason: 'unknown_photo' });
	await send([write('photo', photo)]);
	expect(await put(0, 1000)).toMatchObject({ have: 1000, complete: false });
	expect(await put(2000, 2500)).toEqual({ ok: false, reason: 'gap', have: 1000 });
	expect(await put(500, 1500)).toMatchObject({ have: 1500 });
	expect(await send([], [photo.sha256])).toMatchObject({ receipt: null });
	expect(await put(1500, 2500)).toMatchObject({ have: 2500, complete: true });
	expect(await put(0, 1000)).toMatchObject({ complete: true });
	expect(received(await send([], [photo.sha256]), device).photos).toEqual([photo.sha256]);

	const false_ = photoOf(new Uint8Array(randomBytes(100)));
	await send([write('photo', false_)]);
	const altered = await putPhoto(acting.one, device, false_.sha256, 0, new Uint8Array(100));
	expect(altered).toEqual({ ok: false, reason: 'altered' });
	expect(await refusals()).toContain('altered');
});

test('the office returns a closed record with a reason, and accepts it once nothing is lacking; then it stays', async () => {
	const [one, two] = [await phone(acting.one), await phone(acting.two)];
	const head = await databaseAs({ role: 'fairlot_app', account: 'h', roles: ['office_head'], office: 'O1' });
	const decide = (to: 'accepted' | 'returned', reason = '') =>
		decideRecord(
			{ db: head, county, actor: 'h', at },
			STOP,
			to === 'accepted' ? { to, outcomes: {} } : { to, reason }
		);
	const content = foldRecord(await eventsOf(db, county, STOP), STOP).content;
	const signed = (inspector: string) => ({
		...{ who: 'inspector', inspector, name: inspector, strokes: 'M0 0L1 1', width: 10, height: 10 },
		...{ refused: null, over: content }
	});
	const first = one.write('closed', { over: content });
	ok(await one.send([first]));
	expect(await decide('accepted')).toMatchObject({ ok: false, reason: 'lacking' });
	expect(await decide('returned')).toMatchObject({ ok: false, reason: 'no_reason' });
	expect(await decide('returned', '未签名')).toEqual({ ok: true, results: [] });
	expect(await decide('accepted')).toMatchObject({ ok: false, reason: 'not_closed' });
	await two.send([
		two.write('arrived', { fix: null, fence: 'unknown', reason: '无信号' }),
		two.write('signed', signed('Y1')),
		two.write('signed', signed('Y2')),
		two.write('reopened', { of: [first.id], reason: '补签名' }),
		two.write('closed', { over: content })
	]);
	expect(await decide('accepted')).toEqual({ ok: true, results: [] });
	const late = received(await two.send([two.write('note', note('太晚'))]), two.device);
	expect(late.aside.map(({ reason }) => reason)).toEqual(['accepted_record']);
});
