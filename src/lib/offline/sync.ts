// One round of synchronising: events in batches, photos in pieces, a signed receipt for both, then what others wrote and the
// packs of the days to come. Pure of browser and clock: the store, the server and the time are arguments.
// Invariant: a row becomes `received` only when a receipt of the enrolled key names its hash; nothing is deleted here.

import { parseEvent } from '../core/field/event-form';
import { eventHash, type FieldEvent } from '../core/field/event';
import { readPack } from '../core/field/pack';
import { verifyReceipt } from '../core/field/receipt';
import { sha256 } from '../core/bytes/sha256';
import { toHex } from '../core/bytes/hex';
import type { Failure, Overview, Remote } from './remote';
import type { EventState } from './database';
import type { Device, Store, StoredEvent } from './store';

const BATCH = 200;
const BATCH_BYTES = 900_000;
const PIECE = 512 * 1024;

export type SyncResult =
	| { ok: true; overview: Overview; skewMs: number | null }
	/** revoked: wipe. signed_out: sign in again. false_receipt: not of the key of enrolment. */
	| { ok: false; reason: string };

export interface SyncTools {
	store: Store;
	device: Device;
	remote: Remote;
	now: () => Date;
}

const failed = ({ reason }: Failure): SyncResult => ({ ok: false, reason });

export async function synchronise(tools: SyncTools): Promise<SyncResult> {
	const { store, device, remote } = tools;
	const sent = await sendEvents(tools);
	if (!sent.ok) return sent;
	const photos = await sendPhotos(tools);
	if (!photos.ok) return photos;
	const overview = await remote.overview(device.device);
	if (!overview.ok) return failed(overview);
	if (overview.body.device.revoked) return { ok: false, reason: 'revoked' };
	const fetched = await fetchOthers(tools);
	if (!fetched.ok) return fetched;
	const packs = await fetchPacks(tools, overview.body);
	if (!packs.ok) return packs;
	await store.set('overview', overview.body);
	return { ok: true, overview: overview.body, skewMs: sent.skewMs ?? photos.skewMs };
}

type Step = { ok: true; skewMs: number | null } | { ok: false; reason: string };

/** Up to the bounds of one request. */
function batchOf(waiting: readonly StoredEvent[]): StoredEvent[] {
	let bytes = 0;
	const batch: StoredEvent[] = [];
	for (const stored of waiting) {
		bytes += new TextEncoder().encode(JSON.stringify(stored.event)).length;
		if (batch.length === BATCH || (batch.length > 0 && bytes > BATCH_BYTES)) break;
		batch.push(stored);
	}
	return batch;
}

async function sendEvents({ store, device, remote, now }: SyncTools): Promise<Step> {
	let skewMs: number | null = null;
	for (let rounds = 0; rounds < 1000; rounds++) {
		const all = await store.events();
		const waiting = all.filter(({ state }) => state === 'waiting');
		const batch = batchOf(waiting);
		if (batch.length === 0) break;
		const events = batch.map(({ event }) => event);
		const answer = await remote.sync({
			...{ device: device.device, now: now().toISOString(), events, photos: [] }
		});
		if (!answer.ok) return { ok: false, reason: answer.reason };
		const taken = await takeReceipt(store, device, answer.body.receipt);
		if (!taken.ok) return taken;
		skewMs = taken.skewMs ?? skewMs;
		const refused = answer.body.refused.filter(({ reason }) => reason !== 'gap');
		await store.markEvents(
			refused.map(({ seq, reason, field }) => ({
				...{ seq, state: 'refused', reason: field ? `${reason} ${field}` : reason }
			}))
		);
		const { have } = answer.body;
		if (answer.body.refused.some(({ reason }) => reason === 'gap') && refused.length === 0) {
			// The server has lost what it had taken (an older backup): everything after what it has goes again.
			const again = all.filter(({ event, state }) => event.seq > have && state !== 'waiting');
			if (again.length === 0) return { ok: false, reason: 'gap' };
			await store.markEvents(
				again.map(({ event: { seq } }) => ({ seq, state: 'waiting', reason: null }) as const)
			);
			continue;
		}
		// What follows a refused one waits: the chain is broken there, and the rescue file is the way out.
		if (refused.length > 0 || taken.events === 0) break;
	}
	return { ok: true, skewMs };
}

/** Marks what a receipt names, and only what is here under that hash. */
async function takeReceipt(
	store: Store,
	device: Device,
	note: string | null
): Promise<{ ok: true; skewMs: number | null; events: number } | { ok: false; reason: string }> {
	if (note === null) return { ok: true, skewMs: null, events: 0 };
	const verified = verifyReceipt(note, device.key, device.device);
	if (!verified.ok) return { ok: false, reason: 'false_receipt' };
	const { receipt } = verified;
	const named = new Set(receipt.events);
	const aside = new Map(receipt.aside.map(({ hash, reason }) => [hash, reason]));
	type Mark = { seq: number; state: EventState; reason: string | null };
	const marks = (await store.events()).flatMap(({ event, hash }): Mark[] => {
		// The hash is taken of what is here now, not of what a column says.
		if (eventHash(event) !== hash) return [];
		if (named.has(hash)) return [{ seq: event.seq, state: 'received', reason: null }];
		const why = aside.get(hash);
		return why === undefined ? [] : [{ seq: event.seq, state: 'aside', reason: why }];
	});
	await store.markEvents(marks);
	for (const hash of receipt.photos) await store.markPhoto(hash, 'received');
	await store.addReceipt(receipt.at, note);
	return { ok: true, skewMs: receipt.skewMs, events: marks.length };
}

async function sendPhotos({ store, device, remote, now }: SyncTools): Promise<Step> {
	let skewMs: number | null = null;
	for (const { sha256: name, state, here } of await store.photos()) {
		if (state === 'received' || state === 'uploaded' || !here) continue;
		const bytes = await store.photoBytes(name);
		if (!bytes || toHex(sha256(bytes)) !== name) {
			await store.markPhoto(name, 'damaged');
			continue;
		}
		const step = await sendPhoto(device.device, name, bytes, remote);
		if (step.ok) await store.markPhoto(name, 'uploaded');
		else if (step.reason === 'unknown_photo') await store.markPhoto(name, 'orphan');
		else if (step.reason !== 'altered') return step;
	}
	const uploaded = (await store.photos())
		.filter(({ state }) => state === 'uploaded')
		.map((photo) => photo.sha256);
	for (let from = 0; from < uploaded.length; from += 100) {
		const photos = uploaded.slice(from, from + 100);
		const answer = await remote.sync({ device: device.device, now: now().toISOString(), events: [], photos });
		if (!answer.ok) return { ok: false, reason: answer.reason };
		const taken = await takeReceipt(store, device, answer.body.receipt);
		if (!taken.ok) return taken;
		skewMs = taken.skewMs ?? skewMs;
		// What was uploaded and is not acknowledged goes again at the next round.
		for (const photo of await store.photos())
			if (photos.includes(photo.sha256) && photo.state === 'uploaded')
				await store.markPhoto(photo.sha256, 'waiting');
	}
	return { ok: true, skewMs };
}

async function sendPhoto(
	device: string,
	name: string,
	bytes: Uint8Array,
	remote: Remote
): Promise<{ ok: true } | { ok: false; reason: string }> {
	let from = 0;
	// Twice its pieces: room for a server that had some, or lost some.
	for (let tries = 0; tries <= 2 * Math.ceil(bytes.length / PIECE) + 2; tries++) {
		const answer = await remote.putPhoto(device, name, from, bytes.subarray(from, from + PIECE));
		if (answer.ok) {
			if (answer.body.complete) return { ok: true };
			from = Math.min(answer.body.have, bytes.length - 1);
		} else if (answer.reason === 'gap' && typeof answer.body.have === 'number') from = answer.body.have;
		else if (answer.reason === 'altered' && from > 0) from = 0;
		else return { ok: false, reason: answer.reason };
	}
	return { ok: false, reason: 'altered' };
}

async function fetchOthers({ store, device, remote }: SyncTools): Promise<Step> {
	let after = (await store.get<number>('after')) ?? 0;
	for (let more = true; more;) {
		const answer = await remote.events(device.device, after);
		if (!answer.ok) return { ok: false, reason: answer.reason };
		const events = answer.body.events.filter((written): written is FieldEvent => parseEvent(written).ok);
		await store.addOthers(events);
		more = answer.body.more && answer.body.after > after;
		after = answer.body.after;
		await store.set('after', after);
	}
	return { ok: true, skewMs: null };
}

async function fetchPacks({ store, device, remote, now }: SyncTools, { packs }: Overview): Promise<Step> {
	const here = await store.packHashes();
	for (const { hash } of packs) {
		if (here.includes(hash)) continue;
		const answer = await remote.pack(device.device, hash);
		if (!answer.ok) {
			if (answer.reason === 'expired' || answer.reason === 'unknown_pack') continue;
			return { ok: false, reason: answer.reason };
		}
		const pack = readPack(answer.body, hash);
		if (!pack) return { ok: false, reason: 'altered_pack' };
		if (pack.expires > now().toISOString()) await store.putPack(hash, pack, answer.body);
	}
	// What is no longer one's own goes, unless something written on it has not arrived yet.
	const listed = new Set(packs.map(({ hash }) => hash));
	const needed = new Set(
		(await store.events()).filter(({ state }) => state === 'waiting').map(({ event }) => event.pack)
	);
	for (const hash of here) if (!listed.has(hash) && !needed.has(hash)) await store.removePack(hash);
	return { ok: true, skewMs: null };
}
