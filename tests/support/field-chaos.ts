// Phones that bring their work over a bad line to a server that is killed now and then: requests and answers are lost,
// sent twice, cut off by a crash of either side; clocks are a day off; an update comes in between. What a phone may
// delete is what a verified receipt names, nothing else. Same seed, same misfortunes.
import { sql, type KyselyPlugin } from 'kysely';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import { stream, type Stream } from '../../src/lib/core/bytes/stream';
import { toHex } from '../../src/lib/core/bytes/hex';
import { EVENT_VERSION, eventHash, type FieldEvent } from '../../src/lib/core/field/event';
import { packBytes, packHash } from '../../src/lib/core/field/pack';
import { receiptKey, verifyReceipt } from '../../src/lib/core/field/receipt';
import { uuidv7 } from '../../src/lib/core/field/uuid';
import { formatVerifierKey } from '../../src/lib/core/ledger/note';
import type { Database } from '../../src/lib/server/db/database';
import { enrolDevice, inspectorOf, type FieldActing } from '../../src/lib/server/field/device';
import { photoState, putPhoto } from '../../src/lib/server/field/photo';
import { sync } from '../../src/lib/server/field/sync';
import { databaseAs } from './database';

const county = '350125';
const at = new Date('2026-07-01T02:00:00.000Z');
const DAY_MS = 86_400_000;
const seed = new Uint8Array(32).fill(7);
const key = { ok: true, seed, trusted: [] } as const;
const publicKey = formatVerifierKey(receiptKey(county, seed));
const PIECE = 700;

export interface ChaosPhone {
	device: string;
	stop: string;
	written: FieldEvent[];
	photos: Map<string, Uint8Array>;
}
export interface ChaosCounts {
	lost: number;
	twice: number;
	killed: number;
	requests: number;
}

class Killed extends Error {}

/** Every so many statements the server is gone in the middle of what it does. */
function dying(db: Database, random: Stream, counts: ChaosCounts): Database {
	const plugin: KyselyPlugin = {
		transformQuery({ node }) {
			if (random.int(400) === 0) {
				counts.killed++;
				throw new Killed();
			}
			return node;
		},
		transformResult: ({ result }) => Promise.resolve(result)
	};
	return db.withPlugin(plugin);
}

/** A county of `phones` inspectors, two and two on a route of one stop, each with a phone. */
export async function chaosCounty(db: Database, phones: number): Promise<FieldActing[]> {
	await sql`SELECT app.add_county(${county}, '测试县', 4549, true)`.execute(db);
	await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${county}, 'O1', '一所',
		'{350125101}', ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	const acting: FieldActing[] = [];
	for (let k = 0; k < phones; k++) {
		const code = `Y${k}`;
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${county}, ${code}, ${code}, 'O1', '{}', '{}', ${code}, '县',
			'[2020-01-01,2030-01-01)')`.execute(db);
		await sql`INSERT INTO auth.user (id, name, email, username, role, inspector) VALUES (${code.toLowerCase()},
			${code}, ${`${code}@account.invalid`}, ${code.toLowerCase()}, 'inspector', ${code})`.execute(db);
		const account = code.toLowerCase();
		const own = await databaseAs({ role: 'fairlot_app', account, roles: ['inspector'], office: 'O1' });
		acting.push({ db: own, county, actor: account, at });
	}
	return acting;
}

async function pairPack(db: Database, pair: number, label: string) {
	const crew = [`Y${2 * pair}`, `Y${2 * pair + 1}`];
	const stop = `${pair + 1}.${label}`;
	const seat = { series: pair + 1, plan: 1, route: `r${pair} ${label}`, day: '2026-07-01' };
	const members = crew.map((code) => ({ code, name: code, validFrom: null, validThrough: null }));
	const bytes = packBytes({
		...{ v: 1, ...seat, crew: members },
		stops: [{ id: stop, targets: [], checks: [] }]
	} as never);
	const hash = packHash(bytes);
	const row = { county, hash, ...seat, office: 'O1', crew, stops: 1, bytes: Buffer.from(bytes) };
	await db
		.insertInto('app.field_pack')
		.values({ ...row, expires: new Date('2026-07-09'), made_at: at })
		.execute();
	return { hash, stop };
}

/** All phones write `notes` notes, an answer that their colleague contradicts, and `photos` photos; and bring them in. */
export async function chaos(
	db: Database,
	acting: readonly FieldActing[],
	{ label, photos, notes = 10 }: { label: string; photos: number; notes?: number }
): Promise<{ phones: ChaosPhone[]; counts: ChaosCounts }> {
	const counts: ChaosCounts = { lost: 0, twice: 0, killed: 0, requests: 0 };
	const phones: ChaosPhone[] = [];
	const packs = await Promise.all(
		Array.from({ length: acting.length / 2 }, (_, pair) => pairPack(db, pair, label))
	);
	for (const [k, who] of acting.entries()) {
		const inspector = (await inspectorOf(who.db, county, who.actor))!;
		const device = await enrolDevice(who, inspector, '手机');
		const random = stream(sha256(`chaos ${label}`), `phone ${k}`);
		const { hash, stop } = packs[k >> 1]!;
		phones.push(written(device, inspector.code, hash, stop, random, { photos, notes }));
	}
	await Promise.all(
		phones.map((phone, k) => bring(acting[k]!, phone, stream(sha256(`chaos ${label}`), `line ${k}`), counts))
	);
	return { phones, counts };
}

function written(
	device: string,
	by: string,
	pack: string,
	stop: string,
	random: Stream,
	{ photos, notes }: { photos: number; notes: number }
): ChaosPhone {
	const bytesOf = (length: number) => Uint8Array.from({ length }, () => random.int(256));
	const phone: ChaosPhone = { device, stop, written: [], photos: new Map() };
	const write = (kind: string, body: object, v = EVENT_VERSION) => {
		const before = phone.written.at(-1);
		const event = {
			...{ v, id: uuidv7(at.getTime(), bytesOf(10)), device, seq: phone.written.length + 1 },
			...{ prev: before ? eventHash(before) : null, at: at.toISOString(), by, pack, stop, kind, body }
		};
		phone.written.push(event as unknown as FieldEvent);
	};
	// The first half before an update of the application, the rest after it.
	for (let k = 0; k < notes; k++)
		write('note', { check: null, text: `第${k}条` }, k < notes / 2 ? 1 : EVENT_VERSION);
	write('answered', { check: '1', question: 'result', value: by, replaces: [] });
	for (let k = 0; k < photos; k++) {
		const bytes = bytesOf(800 + random.int(1500));
		const hash = toHex(sha256(bytes));
		phone.photos.set(hash, bytes);
		write('photo', {
			...{ sha256: hash, size: bytes.length, type: 'image/jpeg', width: 10, height: 10 },
			...{ original: '0'.repeat(64), fix: null, direction: null, takenAt: at.toISOString() },
			...{ check: null, caption: '' },
			exif: { make: null, model: null, takenAt: null, at: null, direction: null }
		});
	}
	return phone;
}

/** Until nothing is left that no receipt names. */
async function bring(
	who: FieldActing,
	{ device, written, photos }: ChaosPhone,
	random: Stream,
	counts: ChaosCounts
): Promise<void> {
	const mortal = { ...who, db: dying(who.db, random, counts) };
	const outbox = [...written];
	const waiting = new Map(photos);
	/** One request over the bad line; undefined: no answer came. */
	const over = async <Out>(ask: () => Promise<Out>): Promise<Out | undefined> => {
		counts.requests++;
		const luck = random.int(100);
		if (luck < 5) return void counts.lost++;
		try {
			if (luck < 10) {
				counts.twice++;
				await ask();
			}
			const answer = await ask();
			if (luck < 15) return void counts.lost++;
			return answer;
		} catch (error) {
			if (error instanceof Killed) return undefined;
			throw error;
		}
	};
	const send = async (events: readonly FieldEvent[], wanted: readonly string[]) => {
		const now = new Date(at.getTime() + (random.int(3) - 1) * DAY_MS).toISOString();
		const outcome = await over(() => sync(mortal, { device, now, events, photos: wanted }, key));
		if (!outcome) return;
		if (!outcome.ok) throw new Error(outcome.reason);
		if (outcome.refused.length > 0) throw new Error(JSON.stringify(outcome.refused));
		const verified = verifyReceipt(outcome.receipt ?? '', publicKey, device);
		if (!verified.ok) return;
		const { events: there, photos: whole } = verified.receipt;
		while (outbox[0] && there.includes(eventHash(outbox[0]))) outbox.shift();
		for (const hash of whole) waiting.delete(hash);
	};
	while (outbox.length > 0) await send(outbox.slice(0, 1 + random.int(12)), []);
	while (waiting.size > 0) {
		for (const [hash, bytes] of waiting) {
			const state = await over(() => photoState(mortal.db, county, hash));
			// A killed phone has forgotten how far it was, and begins where it believes to be.
			let from = random.int(4) === 0 ? 0 : (state?.have ?? 0);
			while (from < bytes.length) {
				const piece = bytes.subarray(from, from + PIECE);
				const put = await over(() => putPhoto(mortal, device, hash, from, piece));
				if (!put) break;
				if (!put.ok && put.reason !== 'gap') throw new Error(put.reason);
				from = put.have;
			}
		}
		await send([], [...waiting.keys()]);
	}
}
