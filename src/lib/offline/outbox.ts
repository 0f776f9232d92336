// Writing an event down: one at a time over all tabs, each naming the hash of the one before.
// Invariant: numbers run 1, 2, … without gaps; two tabs that write at once get two numbers, never one.

import { EVENT_VERSION, type Bodies, type FieldEvent, type Kind } from '../core/field/event';
import { parseEvent } from '../core/field/event-form';
import { uuidv7 } from '../core/field/uuid';
import { alone } from './alone';
import type { Device, Store } from './store';

export interface Place {
	pack: string;
	stop: string;
}

/** Throws on what is no event: the pages let nothing through that this would refuse. */
export function write<K extends Kind>(
	store: Store,
	{ device, inspector }: Device,
	{ pack, stop }: Place,
	kind: K,
	body: Bodies[K],
	photo?: { sha256: string; bytes: Uint8Array }
): Promise<FieldEvent> {
	return alone('fairlot-field-write', async () => {
		for (let tries = 0; tries < 20; tries++) {
			const tail = await store.tail();
			const now = Date.now();
			const event = {
				...{ v: EVENT_VERSION, id: uuidv7(now, crypto.getRandomValues(new Uint8Array(10))), device },
				...{ seq: (tail?.seq ?? 0) + 1, at: new Date(now).toISOString(), by: inspector.code },
				...{ pack, stop, prev: tail?.hash ?? null, kind, body }
			} as FieldEvent;
			const parsed = parseEvent(event);
			if (!parsed.ok) throw new TypeError(`${kind}: ${parsed.field}`);
			if (await store.addEvent(event, photo)) return event;
		}
		throw new Error('the outbox is held by another program');
	});
}
