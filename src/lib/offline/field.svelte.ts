// What the pages of the phone show: the store's contents as reactive state, and the loop that keeps server and device in step.
import { eventHash, type Bodies, type FieldEvent, type Kind } from '../core/field/event';
import type { Pack } from '../core/field/pack';
import { foldRecord, type StopRecord } from '../core/field/record';
import { ifFree } from './alone';
import { openTables } from './database';
import { write, type Place } from './outbox';
import { remote, type Overview } from './remote';
import { isFull, Store, type Device, type StoredEvent, type StoredPhoto } from './store';
import { synchronise } from './sync';

export interface PackHere {
	hash: string;
	size: number;
	pack: Pack;
}
type Phase = 'starting' | 'enrol' | 'ready' | 'revoked' | 'broken';

/** Days without the server after which what is here stays closed until there is contact again. */
const AWAY_DAYS = 7;

class Field {
	phase = $state<Phase>('starting');
	/** Why the last try to enrol or to synchronise failed; null: it did not. */
	problem = $state<string | null>(null);
	busy = $state(false);
	online = $state(true);
	device = $state.raw<Device | null>(null);
	packs = $state.raw<PackHere[]>([]);
	events = $state.raw<StoredEvent[]>([]);
	others = $state.raw<FieldEvent[]>([]);
	photos = $state.raw<StoredPhoto[]>([]);
	overview = $state.raw<Overview | null>(null);
	syncedAt = $state<string | null>(null);
	skewMs = $state<number | null>(null);
	usage = $state.raw<{ used: number; quota: number; kept: boolean } | null>(null);

	#store: Store | null = null;
	#channel: BroadcastChannel | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	#started = false;

	waiting = $derived(this.events.filter(({ state }) => state === 'waiting').length);
	unsentPhotos = $derived(this.photos.filter(({ state, here }) => state !== 'received' && here).length);
	troubled = $derived(this.events.filter(({ state }) => state === 'refused' || state === 'aside'));
	#all = $derived([...this.others, ...this.events.map(({ event }) => event)]);

	record = (stop: string): StopRecord => foldRecord(this.#all, stop);
	pack = (route: string): PackHere | undefined => {
		const of = this.packs.filter(({ pack }) => pack.route === route);
		const current = this.overview?.packs.filter((line) => line.current).map(({ hash }) => hash) ?? [];
		return of.find(({ hash }) => current.includes(hash)) ?? of.at(-1);
	};

	async start(): Promise<void> {
		if (this.#started) return;
		this.#started = true;
		this.online = navigator.onLine;
		try {
			const tables = await openTables(undefined, () => location.reload());
			this.#store = new Store(tables);
			this.#channel = new BroadcastChannel('fairlot-field');
			this.#channel.onmessage = () => void this.load();
			window.addEventListener('online', () => ((this.online = true), void this.sync()));
			window.addEventListener('offline', () => (this.online = false));
			document.addEventListener('visibilitychange', () => {
				if (document.visibilityState === 'visible') void this.sync();
			});
			navigator.serviceWorker?.addEventListener('message', ({ data }) => {
				if (data === 'sync') void this.sync();
			});
			await this.load();
			void this.sync();
		} catch (problem) {
			console.error(problem);
			this.phase = 'broken';
		}
	}

	/** From the store into memory; other tabs ask for it too. */
	async load(): Promise<void> {
		const store = this.#store;
		if (!store) return;
		this.device = (await store.open()) ? await store.device() : null;
		if (!this.device) {
			this.packs = [];
			this.events = this.others = this.photos = [] as never;
			this.phase = this.phase === 'revoked' ? 'revoked' : 'enrol';
			return;
		}
		const now = new Date().toISOString();
		const packs = await store.packs();
		for (const { hash, expires } of packs) if (expires <= now) await store.removePack(hash);
		this.packs = packs.filter(({ expires }) => expires > now);
		[this.events, this.others, this.photos] = await Promise.all([
			store.events(),
			store.others(),
			store.photos()
		]);
		this.overview = await store.get<Overview>('overview');
		this.syncedAt = await store.get<string>('syncedAt');
		this.skewMs = await store.get<number>('skew');
		this.phase = 'ready';
		void this.#measure();
	}

	/** True when too long without the server to be shown. */
	get away(): boolean {
		return this.syncedAt !== null && Date.now() - Date.parse(this.syncedAt) > AWAY_DAYS * 86_400_000;
	}

	async #measure(): Promise<void> {
		const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
		this.usage = { used: usage, quota, kept: (await navigator.storage?.persisted?.()) ?? false };
	}

	/** Binds this device to who is signed in. */
	async enrol(): Promise<void> {
		if (!this.#store || this.busy) return;
		this.busy = true;
		const answer = await remote.enrol(deviceName());
		this.problem = answer.ok ? null : answer.reason;
		if (answer.ok) {
			const { device, key, inspector, county } = answer.body;
			await this.#store.enrol({ device, key, inspector, county });
			await navigator.storage?.persist?.();
			this.phase = 'ready';
			await this.load();
		}
		this.busy = false;
		if (answer.ok) await this.sync();
	}

	async sync(): Promise<void> {
		const store = this.#store;
		const device = this.device;
		if (!store || !device || this.phase !== 'ready') {
			// Whoever is signed in already need not be asked: the first page enrols.
			if (this.phase === 'enrol' && !this.busy && navigator.onLine) await this.enrol();
			return;
		}
		clearTimeout(this.#timer);
		await ifFree('fairlot-field-sync', async () => {
			this.busy = true;
			try {
				const result = await synchronise({ store, device, remote, now: () => new Date() });
				this.problem = result.ok ? null : result.reason;
				this.#failures = result.ok ? 0 : this.#failures + 1;
				if (result.ok) {
					await store.set('syncedAt', new Date().toISOString());
					if (result.skewMs !== null) await store.set('skew', result.skewMs);
				} else if (result.reason === 'revoked') {
					await store.wipe();
					this.phase = 'revoked';
				}
				if (result.ok && this.usage && this.usage.used > 0.6 * this.usage.quota) await store.dropReceived();
			} catch (problem) {
				// What is here stays as it was, and the next round tries again.
				console.error(problem);
				this.problem = isFull(problem) ? 'full' : 'device';
				this.#failures++;
			} finally {
				this.busy = false;
			}
			await this.load();
			this.#channel?.postMessage('changed');
		});
		// Doubling from 5 s to 5 min after failures, with jitter; every 2 minutes otherwise.
		const waitS = this.#failures === 0 ? 120 : Math.min(300, 5 * 2 ** (this.#failures - 1));
		this.#timer = setTimeout(() => void this.sync(), waitS * 1000 * (0.75 + Math.random() / 2));
	}

	async write<K extends Kind>(
		place: Place,
		kind: K,
		body: Bodies[K],
		photo?: { sha256: string; bytes: Uint8Array }
	): Promise<FieldEvent> {
		if (!this.#store || !this.device) throw new Error('not enrolled');
		const event = await write(this.#store, this.device, place, kind, body, photo).catch((problem) => {
			this.problem = isFull(problem) ? 'full' : 'device';
			throw problem;
		});
		this.events = [...this.events, { event, hash: eventHash(event), state: 'waiting', reason: null }];
		if (photo) this.photos = await this.#store.photos();
		this.#channel?.postMessage('changed');
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.sync(), 3000);
		void askForBackgroundSync();
		return event;
	}

	photoBytes = async (sha256: string) => (await this.#store?.photoBytes(sha256)) ?? null;

	/** Whether everything was received: else signing out would lose it. */
	unsent = async () => (await this.#store?.unsent()) ?? { events: 0, photos: 0 };

	async wipe(): Promise<void> {
		await this.#store?.wipe();
		this.#channel?.postMessage('changed');
		this.phase = 'enrol';
	}
}

/** Wakes the service worker when there is a network again, where the browser can. */
async function askForBackgroundSync(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration();
	const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
	await sync?.register('fairlot-field').catch(() => {});
}

const deviceName = () =>
	(/\(([^)]*)\)/.exec(navigator.userAgent)?.[1]?.split(';').slice(-2).join(' ').trim() || 'phone').slice(
		0,
		60
	);

export const field = new Field();
