// Plays the scenes at the stops of a pack: a phone is enrolled, its events come in through the door every phone uses, the
// photo in pieces, and the head decides.
import { readFileSync } from 'node:fs';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import { dayInChina } from '../../core/calendar/year';
import { EVENT_VERSION, eventHash, type FieldEvent } from '../../core/field/event';
import { RESULT } from '../../core/field/form';
import type { Pack, Stop } from '../../core/field/pack';
import { foldRecord } from '../../core/field/record';
import { uuidv7 } from '../../core/field/uuid';
import type { Database } from '../db/database';
import { decideRecord } from '../field/decide';
import { enrolDevice } from '../field/device';
import { putPhoto } from '../field/photo';
import { sync } from '../field/sync';
import { scenes, type Scene, type Written } from './field-scenes';
import { geodataPath } from './geodata';
import { demoBytes } from './random';

/** Signs receipts that nobody keeps. */
const key = { ok: true, seed: demoBytes('receipts'), trusted: [] } as const;
const MINUTE_MS = 60_000;
const SIGNATURE = 'M20 60C40 10 60 10 70 50S100 90 120 40S160 20 190 60L230 50';

interface Phone {
	device: string;
	by: string;
	seq: number;
	prev: string | null;
}

/** head: the account that decides. */
export async function demoRecords(
	db: Database,
	county: string,
	{ pack, hash }: { pack: Pack; hash: string },
	head: string
): Promise<void> {
	const morning = Date.parse(`${pack.day}T00:00:00+08:00`);
	const [first] = pack.crew;
	const acting = (actor: string, atMs: number) => ({ db, county, actor, at: new Date(atMs) });
	const holder = { code: first!.code, name: first!.name, office: pack.office.code };
	const device = await enrolDevice(acting('demo', morning + 8 * 60 * MINUTE_MS), holder, '演示手机');
	const phone: Phone = { device, by: first!.code, seq: 0, prev: null };
	for (const [k, scene] of scenes.entries()) {
		const stop = pack.stops[k];
		if (!stop) return;
		const arrivedMs = morning + stop.arrivalS * 1000 + (k % 3) * 4 * MINUTE_MS;
		const photo = photoOf(`${pack.day} ${stop.id}`);
		const events = written(phone, { pack, hash, stop, scene, arrivedMs, photo });
		const leftMs = arrivedMs + stop.serviceMin * MINUTE_MS;
		const sent = await sync(
			acting('demo', leftMs),
			{ device, now: new Date(leftMs).toISOString(), events, photos: [] },
			key
		);
		if (!sent.ok || sent.refused.length > 0) throw new Error(`demonstration field: ${JSON.stringify(sent)}`);
		if (!scene.open) await putPhoto(acting('demo', leftMs), device, toHex(sha256(photo)), 0, photo);
		if (!scene.decision) continue;
		const decision = scene.decision.to === 'accepted' ? { ...scene.decision, outcomes: {} } : scene.decision;
		const decided = await decideRecord(acting(head, morning + 17 * 60 * MINUTE_MS), stop.id, decision);
		if (!decided.ok) throw new Error(`demonstration field: ${JSON.stringify(decided)}`);
	}
}

/** One drawing for all; a comment in the file (JPEG COM) makes each a photo of its own. */
function photoOf(comment: string): Buffer {
	const drawing = readFileSync(geodataPath('site_photo.jpg'));
	const text = Buffer.from(comment);
	const segment = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
	return Buffer.concat([drawing.subarray(0, 2), segment, text, drawing.subarray(2)]);
}

/** What is written down, in order, without the signatures, which are over the rest of it. */
function sayings({ stop, scene, arrivedMs: atMs, photo }: Visit): Written[] {
	const fix = { at: stop.at, accuracyM: 8 };
	// Some ten metres on from where they arrived.
	const beside = [stop.at[0] + 900, stop.at[1] + 600] as const;
	const said: Written[] = [{ kind: 'arrived', body: { fix, fence: 'inside', reason: null } }];
	if (scene.open) return said;
	const { found, dueDays = 0, note } = scene;
	const due = found?.measure === 'ordered' ? dayInChina(new Date(atMs + dueDays * 1440 * MINUTE_MS)) : null;
	const taken = new Date(atMs + 10 * MINUTE_MS).toISOString();
	const at = found ? stop.checks[found.item % stop.checks.length]! : null;
	said.push(
		{ kind: 'notice_given', body: { to: '现场负责人（演示）', how: 'shown' } },
		...stop.checks.map(({ id }): Written => {
			const value = id === at?.id ? 'found' : 'none_found';
			return { kind: 'answered', body: { check: id, question: RESULT, value, replaces: [] } };
		}),
		{
			kind: 'photo',
			body: {
				...{ sha256: toHex(sha256(photo)), size: photo.length, type: 'image/jpeg', width: 480, height: 360 },
				...{
					original: toHex(sha256(photo)),
					fix: { ...fix, at: beside },
					direction: 75,
					takenAt: taken,
					check: null
				},
				exif: { make: null, model: '演示相机', takenAt: localTime(taken), at: beside, direction: 75 },
				caption: `${stop.targets[0]!.name} 界桩（演示）`
			}
		}
	);
	if (found && at) {
		const { severity, text, measure } = found;
		said.push({ kind: 'finding', body: { check: at.id, severity, text, measure, due } });
	}
	if (note) said.push({ kind: 'note', body: { check: null, text: note } });
	return said;
}

/** As a camera in China writes it. */
const localTime = (at: string) => new Date(Date.parse(at) + 480 * MINUTE_MS).toISOString().slice(0, 19);

interface Visit {
	pack: Pack;
	/** Of the pack. */
	hash: string;
	stop: Stop;
	scene: Scene;
	arrivedMs: number;
	photo: Buffer;
}

/** The events of one stop into the phone's chain: a minute each, the signatures last. */
function written(phone: Phone, visit: Visit): FieldEvent[] {
	const {
		pack: { crew },
		hash: pack,
		stop,
		scene,
		arrivedMs
	} = visit;
	const events: FieldEvent[] = [];
	const write = (one: Written) => {
		const { device, by, prev } = phone;
		const [seq, atMs] = [++phone.seq, arrivedMs + events.length * MINUTE_MS];
		const id = uuidv7(atMs, demoBytes(`event/${device}/${seq}`));
		const at = new Date(atMs).toISOString();
		const event = {
			v: EVENT_VERSION,
			id,
			device,
			seq,
			at,
			by,
			pack,
			stop: stop.id,
			prev,
			...one
		} as FieldEvent;
		phone.prev = eventHash(event);
		events.push(event);
	};
	sayings(visit).forEach(write);
	if (scene.open) return events;
	const over = foldRecord(events, stop.id).content;
	const pen = { strokes: SIGNATURE, width: 300, height: 120, refused: null, over };
	for (const { code, name } of crew)
		write({ kind: 'signed', body: { who: 'inspector', inspector: code, name, ...pen } });
	write({ kind: 'signed', body: { who: 'party', inspector: null, name: '现场负责人（演示）', ...pen } });
	write({ kind: 'closed', body: { over } });
	return events;
}
