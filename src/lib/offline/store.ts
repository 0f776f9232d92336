// Everything the device keeps, opened and sealed on the way. Pages and the syncer speak to this and never to a table.
// Invariant: an event and the photo it names are written in one transaction, so that neither is there without the other.

import { eventHash, type FieldEvent } from '../core/field/event';
import { readPack, type Pack } from '../core/field/pack';
import type { EventRow, EventState, FieldDatabase, PhotoRow } from './database';
import { makeKey, seal, sealJson, unseal, unsealJson } from './vault';

/** What enrolment gave. key: verifies receipts. */
export interface Device {
	device: string;
	key: string;
	inspector: { code: string; name: string };
	county: { code: string; name: string };
}

export interface StoredEvent {
	/** As it was written: this is what is hashed and sent. */
	event: FieldEvent;
	hash: string;
	state: EventState;
	reason: string | null;
}

export type StoredPhoto = Omit<PhotoRow, 'sealed'> & { here: boolean };

export const isFull = (problem: unknown): boolean =>
	problem instanceof DOMException && problem.name === 'QuotaExceededError';

export class Store {
	readonly #db: FieldDatabase;
	#key: CryptoKey | null = null;
	constructor(db: FieldDatabase) {
		this.#db = db;
	}

	/** Whether there is a key: without it nothing here can be read. */
	async open(): Promise<boolean> {
		this.#key = ((await this.#db.get('meta', 'key')) as CryptoKey | undefined) ?? null;
		return this.#key !== null;
	}
	get #vault(): CryptoKey {
		if (!this.#key) throw new Error('the store is locked');
		return this.#key;
	}

	async enrol(device: Device): Promise<void> {
		this.#key = await makeKey();
		await this.#db.put('meta', this.#key, 'key');
		await this.set('device', device);
	}
	device = () => this.get<Device>('device');

	async get<T>(name: string): Promise<T | null> {
		const row = (await this.#db.get('meta', `sealed:${name}`)) as EventRow['sealed'] | undefined;
		return row ? unsealJson<T>(this.#vault, name, row) : null;
	}
	async set(name: string, value: unknown): Promise<void> {
		await this.#db.put('meta', await sealJson(this.#vault, name, value), `sealed:${name}`);
	}

	async packs(): Promise<{ hash: string; expires: string; size: number; pack: Pack }[]> {
		const rows = await this.#db.getAll('packs');
		const packs = rows.map(async ({ hash, expires, size, sealed }) => {
			const pack = readPack(await unseal(this.#vault, `pack:${hash}`, sealed), hash);
			return pack ? [{ hash, expires, size, pack }] : [];
		});
		return (await Promise.all(packs)).flat();
	}
	packHashes = () => this.#db.getAllKeys('packs');
	/** bytes: checked against their hash by the caller. */
	async putPack(hash: string, pack: Pack, bytes: Uint8Array): Promise<void> {
		const sealed = await seal(this.#vault, `pack:${hash}`, bytes);
		await this.#db.put('packs', { hash, expires: pack.expires, size: bytes.length, sealed });
	}
	removePack = (hash: string) => this.#db.delete('packs', hash);

	async events(): Promise<StoredEvent[]> {
		const rows = await this.#db.getAll('events');
		return Promise.all(
			rows.map(async ({ seq, hash, state, reason, sealed }) => ({
				...{ hash, state, reason },
				event: await unsealJson<FieldEvent>(this.#vault, `event:${seq}`, sealed)
			}))
		);
	}
	/** Number and hash of the last event written; null: none yet. */
	async tail(): Promise<{ seq: number; hash: string } | null> {
		const cursor = await this.#db.transaction('events').store.openCursor(null, 'prev');
		return cursor && { seq: cursor.value.seq, hash: cursor.value.hash };
	}
	/** False when another tab took the number first: ask for the tail again. */
	async addEvent(event: FieldEvent, photo?: { sha256: string; bytes: Uint8Array }): Promise<boolean> {
		const row: EventRow = {
			...{ seq: event.seq, hash: eventHash(event), state: 'waiting', reason: null },
			sealed: await sealJson(this.#vault, `event:${event.seq}`, event)
		};
		const file = photo && (await seal(this.#vault, `photo:${photo.sha256}`, photo.bytes));
		const transaction = this.#db.transaction(['events', 'photos'], 'readwrite', { durability: 'strict' });
		try {
			const done = transaction.done;
			const writes: Promise<unknown>[] = [transaction.objectStore('events').add(row)];
			if (photo && file)
				writes.push(
					transaction
						.objectStore('photos')
						.put({ sha256: photo.sha256, state: 'waiting', size: photo.bytes.length, sealed: file })
				);
			await Promise.all([...writes, done]);
			return true;
		} catch (problem) {
			await transaction.done.catch(() => {});
			if (problem instanceof DOMException && problem.name === 'ConstraintError') return false;
			// A full disk ends the transaction: its writes say only that they were ended.
			throw transaction.error ?? problem;
		}
	}
	async markEvents(
		marks: readonly { seq: number; state: EventState; reason: string | null }[]
	): Promise<void> {
		const transaction = this.#db.transaction('events', 'readwrite');
		for (const { seq, state, reason } of marks) {
			const row = await transaction.store.get(seq);
			if (row) await transaction.store.put({ ...row, state, reason });
		}
		await transaction.done;
	}

	async others(): Promise<FieldEvent[]> {
		const rows = await this.#db.getAll('others');
		return Promise.all(
			rows.map(({ hash, sealed }) => unsealJson<FieldEvent>(this.#vault, `other:${hash}`, sealed))
		);
	}
	async addOthers(events: readonly FieldEvent[]): Promise<void> {
		const rows = await Promise.all(
			events.map(async (event) => {
				const hash = eventHash(event);
				return { hash, sealed: await sealJson(this.#vault, `other:${hash}`, event) };
			})
		);
		const transaction = this.#db.transaction('others', 'readwrite');
		await Promise.all([...rows.map((row) => transaction.store.put(row)), transaction.done]);
	}

	async photos(): Promise<StoredPhoto[]> {
		const rows = await this.#db.getAll('photos');
		return rows.map(({ sealed, ...rest }) => ({ ...rest, here: sealed !== null }));
	}
	async photoBytes(sha256: string): Promise<Uint8Array | null> {
		const row = await this.#db.get('photos', sha256);
		return row?.sealed ? unseal(this.#vault, `photo:${sha256}`, row.sealed) : null;
	}
	async markPhoto(sha256: string, state: PhotoRow['state']): Promise<void> {
		const transaction = this.#db.transaction('photos', 'readwrite');
		const row = await transaction.store.get(sha256);
		if (row) await transaction.store.put({ ...row, state });
		await transaction.done;
	}
	/** Throws away the bytes of photos that a receipt names, and of no others. */
	async dropReceived(): Promise<number> {
		const transaction = this.#db.transaction('photos', 'readwrite');
		let freed = 0;
		for (const row of await transaction.store.getAll()) {
			if (row.state !== 'received' || !row.sealed) continue;
			freed += row.size;
			await transaction.store.put({ ...row, sealed: null });
		}
		await transaction.done;
		return freed;
	}

	addReceipt = (at: string, note: string) => this.#db.add('receipts', { at, note });
	receipts = () => this.#db.getAll('receipts');

	/** How much of this device no receipt names yet. */
	async unsent(): Promise<{ events: number; photos: number }> {
		const [events, photos] = [await this.#db.getAll('events'), await this.#db.getAll('photos')];
		return {
			events: events.filter(({ state }) => state === 'waiting' || state === 'refused').length,
			photos: photos.filter(({ state, sealed }) => state !== 'received' && sealed).length
		};
	}

	/** The key first: whatever happens then, the rest cannot be read. */
	async wipe(): Promise<void> {
		this.#key = null;
		await this.#db.delete('meta', 'key');
		const names = ['meta', 'packs', 'events', 'others', 'photos', 'receipts'] as const;
		const transaction = this.#db.transaction(names, 'readwrite');
		await Promise.all([...names.map((name) => transaction.objectStore(name).clear()), transaction.done]);
	}
}
