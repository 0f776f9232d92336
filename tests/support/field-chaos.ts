// Phones that bring their work over a bad line to a server that is killed now and then: requests and answers are lost,
// sent twice, cut off by a crash of either side; clocks are a day off; an update comes in between. What a phone may
// delete is what a verified receipt names, nothing else. Same seed, same misfortunes.
import { sql, type KyselyPlugin } from 'kysely';
import { sha256 } from '../../src/lib/core/bytes/sha256';
import { stream, type Stream } from '../../src/lib/core/bytes/stream';
import { toHex } from '../../src/lib/core/bytes/hex';
import { EVENT_VERSION, eventHash, type FieldEvent } from '../../src/lib/core/field/event';
import { formOf, RESULT } from '../../src/lib/core/field/form';
import { checkId, PACK_VERSION, packBytes, packHash, type Pack } from '../../src/lib/core/field/pack';
import { receiptKey, verifyReceipt } from '../../src/lib/core/field/receipt';
import { uuidv7 } from '../../src/lib/core/field/uuid';
import { formatVerifierKey } from '../../src/lib/core/ledger/note';
import type { Database } from '../../src/lib/server/db/database';
import { enrolDevice, inspectorOf, type FieldActing } from '../../src/lib/server/field/device';
import { photoState, putPhoto } from '../../src/lib/server/field/photo';
import { sync, type Brought } from '../../src/lib/server/field/sync';
import { databaseAs } from './database';

export const county = '350125';
const at = new Date('2026-07-01T02:00:00.000Z');
const DAY_MS = 86_400_000;
/** Of the ledger, and so of the receipts. */
export const seed = new Uint8Array(32).fill(7);
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
	/** Asked while the server died or was gone. */
	killed: number;
	requests: number;
}
export const noCounts = (): ChaosCounts => ({ lost: 0, twice: 0, killed: 0, requests: 0 });

/** The way to the server; undefined: no answer came. Throws on an answer that no phone may get. */
export interface Line {
	sync(brought: Brought): Promise<{ receipt: string | null; refused: object[] } | undefined>;
	/** Bytes of a photo that are there. */
	have(hash: string): Promise<number | undefined>;
	/** The same after these bytes. */
	put(hash: string, from: number, piece: Uint8Array): Promise<number | undefined>;
}

class Killed extends Error {}

/** Every so many statements the server is gone in the middle of what it does. */
function dying(db: Database, random: Stream): Database {
	const plugin: KyselyPlugin = {
		transformQuery({ node }) {
			if (random.int(150) === 0) throw new Killed();
			return node;
		},
		transformResult: ({ result }) => Promise.resolve(result)
	};
	return db.withPlugin(plugin);
}

/** Straight into the functions of the server. */
function direct(acting: FieldActing, device: string, random: Stream, counts: ChaosCounts): Line {
	const mortal = { ...acting, db: dying(acting.db, random) };
	const alive = async <Out>(ask: Promise<Out>): Promise<Out | undefined> => {
		try {
			return await ask;
		} catch (error) {
			if (!(error instanceof Killed)) throw error;
			return void counts.killed++;
		}
	};
	return {
		async sync(brought) {
			const outcome = await alive(sync(mortal, brought, key));
			if (outcome?.ok === false) throw new Error(outcome.reason);
			return outcome;
		},
		have: async (hash) => (await alive(photoState(mortal.db, county, hash)))?.have,
		async put(hash, from, piece) {
			const put = await alive(putPhoto(mortal, device, hash, from, piece));
			if (put?.ok === false && put.reason !== 'gap') throw new Error(put.reason);
			return put?.have;
		}
	};
}

/** A county of `phones` inspectors, each with an account. */
export async function chaosCounty(db: Database, phones: number): Promise<string[]> {
	await sql`SELECT app.add_county(${county}, '测试县', 4549, true)`.execute(db);
	await sql`INSERT INTO app.office (county, code, name, townships, point) VALUES (${county}, 'O1', '一所',
		'{350125101}', ST_SetSRID(ST_MakePoint(118.9, 25.8), 4490))`.execute(db);
	const codes = Array.from({ length: phones }, (_, k) => `Y${k}`);
	// The first is for the account that a demonstration makes by itself.
	for (const code of ['A0', ...codes])
		await sql`INSERT INTO app.inspector (county, code, name, office, home_townships, scopes, certificate, issuer,
			certificate_valid) VALUES (${county}, ${code}, ${code}, 'O1', '{}', '{}', ${code}, '县',
			'[2020-01-01,2099-01-01)')`.execute(db);
	for (const code of codes)
		await sql`INSERT INTO auth.user (id, name, email, username, role, office, inspector) VALUES
			(${code.toLowerCase()}, ${code}, ${`${code}@account.invalid`}, ${code.toLowerCase()}, 'inspector', 'O1',
			${code})`.execute(db);
	return codes;
}

/** One target, one item: what the pages of a real phone can show. day: 2026-07-01. */
export const CHECK = checkId('I1', 'T1');
export async function pairPack(db: Database, pair: number, label: string, now: Date) {
	const crew = [`Y${2 * pair}`, `Y${2 * pair + 1}`];
	const stop = `${pair + 1}.${label}`;
	const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
	const seat = { series: pair + 1, plan: 1, route: `r${pair} ${label}`, day };
	const at = [1_189_000_000, 258_000_000] as const;
	const item = { code: 'I1', name: '越界开采', content: '是否超越批准的矿区范围' };
	const expires = new Date(now.getTime() + 8 * DAY_MS);
	const pack: Pack = {
		...{
			v: PACK_VERSION,
			county: { code: county, name: '测试县' },
			...seat,
			departsS: 28_800,
			returnsS: 61_200
		},
		office: { code: 'O1', name: '一所', at },
		crew: crew.map((code) => ({
			...{ code, name: code, office: '一所', certificate: code, issuer: '县', lead: true },
			...{ validFrom: null, validThrough: null }
		})),
		stops: [
			{
				...{ id: stop, visit: 1, position: 1, arrivalS: 32_400, serviceMin: 40, travelS: 600, metres: 5000 },
				...{ party: null, at },
				targets: [
					{
						code: 'T1',
						kind: 'mining_right',
						name: '一号',
						township: '樟城镇',
						serial: 1,
						at,
						shape: [],
						areaM2: 1
					}
				],
				checks: [
					{
						...{ id: CHECK, item: item.code, target: 'T1', name: item.name, content: item.content },
						...{ basis: '法', method: '现场', category: 'general', questions: formOf(item) }
					}
				]
			}
		],
		map: { bounds: [at[0], at[1], at[0], at[1]], townships: [], parcels: [], roads: [], labels: [] },
		notices: { rights: [], recusal: [], served: [], duty: [] },
		expires: expires.toISOString()
	};
	const bytes = packBytes(pack);
	const hash = packHash(bytes);
	const row = { county, hash, ...seat, office: 'O1', crew, stops: 1, bytes: Buffer.from(bytes) };
	await db
		.insertInto('app.field_pack')
		.values({ ...row, expires, made_at: now })
		.execute();
	return { hash, stop, route: seat.route };
}

/** All phones write notes, an answer that their colleague contradicts, and `photos` photos; and bring them in. */
export async function chaos(
	db: Database,
	codes: readonly string[],
	{ label, photos }: { label: string; photos: number }
): Promise<{ phones: ChaosPhone[]; counts: ChaosCounts }> {
	const counts = noCounts();
	const phones: ChaosPhone[] = [];
	const lines: Line[] = [];
	const packs = await Promise.all(
		Array.from({ length: codes.length / 2 }, (_, pair) => pairPack(db, pair, label, at))
	);
	for (const [k, code] of codes.entries()) {
		const account = code.toLowerCase();
		const own = await databaseAs({ role: 'fairlot_app', account, roles: ['inspector'], office: 'O1' });
		const who = { db: own, county, actor: account, at };
		const inspector = (await inspectorOf(who.db, county, who.actor))!;
		const device = await enrolDevice(who, inspector, '手机');
		phones.push(written(device, code, packs[k >> 1]!, at, luckOf(label, `phone ${k}`), photos));
		lines.push(direct(who, device, luckOf(label, `server ${k}`), counts));
	}
	await Promise.all(
		phones.map((phone, k) => bring(lines[k]!, phone, luckOf(label, `line ${k}`), counts, at))
	);
	return { phones, counts };
}

export const luckOf = (label: string, what: string): Stream => stream(sha256(`chaos ${label}`), what);

const NOTES = 10;

export function written(
	device: string,
	by: string,
	{ hash: pack, stop }: { hash: string; stop: string },
	at: Date,
	random: Stream,
	photos: number
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
	for (let k = 0; k < NOTES; k++)
		write('note', { check: null, text: `第${k}条` }, k < NOTES / 2 ? 1 : EVENT_VERSION);
	write('answered', { check: CHECK, question: RESULT, value: by, replaces: [] });
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
export async function bring(
	line: Line,
	{ device, written, photos }: ChaosPhone,
	random: Stream,
	counts: ChaosCounts,
	at: Date
): Promise<void> {
	const outbox = [...written];
	const waiting = new Map(photos);
	/** One request over the bad line: one in ten is lost on either way, one in twenty goes twice. */
	const over = async <Out>(ask: () => Promise<Out | undefined>): Promise<Out | undefined> => {
		counts.requests++;
		const luck = random.int(100);
		if (luck < 5) return void counts.lost++;
		if (luck < 10) {
			counts.twice++;
			await ask();
		}
		const answer = await ask();
		if (luck < 15 && luck >= 10) return void counts.lost++;
		return answer;
	};
	const send = async (events: readonly FieldEvent[], wanted: readonly string[]) => {
		const now = new Date(at.getTime() + (random.int(3) - 1) * DAY_MS).toISOString();
		const answer = await over(() => line.sync({ device, now, events, photos: wanted }));
		if (!answer) return;
		if (answer.refused.length > 0) throw new Error(JSON.stringify(answer.refused));
		const verified = verifyReceipt(answer.receipt ?? '', publicKey, device);
		if (!verified.ok) return;
		const { events: there, photos: whole } = verified.receipt;
		while (outbox[0] && there.includes(eventHash(outbox[0]))) outbox.shift();
		for (const hash of whole) waiting.delete(hash);
	};
	while (outbox.length > 0) await send(outbox.slice(0, 1 + random.int(12)), []);
	while (waiting.size > 0) {
		for (const [hash, bytes] of waiting) {
			const have = await over(() => line.have(hash));
			// A killed phone has forgotten how far it was, and begins where it believes to be.
			let from = random.int(4) === 0 ? 0 : (have ?? 0);
			while (from < bytes.length) {
				const piece = bytes.subarray(from, from + PIECE);
				const then = await over(() => line.put(hash, from, piece));
				if (then === undefined) break;
				from = then;
			}
		}
		await send([], [...waiting.keys()]);
	}
}
