// The tables on the device. What names a person, a place or a finding is sealed; keys and states are in the clear, since
// they are needed to find things and to see what is still to be sent.
// Invariant: an upgrade only adds; a row that an older program wrote is still there and still to be sent afterwards.

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Sealed } from './vault';

export const DATABASE = 'fairlot-field';
export const DATABASE_VERSION = 2;

/** waiting: to be sent. received: a signed receipt names it. aside: kept by the server, not in a record. refused: not kept. */
export type EventState = 'waiting' | 'received' | 'aside' | 'refused';

export interface EventRow {
	seq: number;
	hash: string;
	state: EventState;
	/** Why it is aside or refused. */
	reason: string | null;
	sealed: Sealed;
}

export interface PhotoRow {
	sha256: string;
	/** received: a signed receipt names it; only then may its bytes go. orphan: the server does not know its event. */
	state: 'waiting' | 'uploaded' | 'received' | 'orphan' | 'damaged';
	size: number;
	/** null: thrown away after the receipt, to make room. */
	sealed: Sealed | null;
}

export interface PackRow {
	hash: string;
	/** UTC, ISO 8601: wiped then. */
	expires: string;
	size: number;
	sealed: Sealed;
}

export interface ReceiptRow {
	/** Clock of the server. */
	at: string;
	note: string;
}

export interface FieldTables extends DBSchema {
	meta: { key: string; value: unknown };
	packs: { key: string; value: PackRow };
	events: { key: number; value: EventRow };
	/** Of the other phones of one's crews, by hash. */
	others: { key: string; value: { hash: string; sealed: Sealed } };
	photos: { key: string; value: PhotoRow };
	receipts: { key: number; value: ReceiptRow };
}
export type FieldDatabase = IDBPDatabase<FieldTables>;

/** onblocked: another tab still runs the version before. onlost: the browser closed the database under us. */
export function openTables(
	onblocked: () => void = () => {},
	onlost: () => void = () => {}
): Promise<FieldDatabase> {
	return openDB<FieldTables>(DATABASE, DATABASE_VERSION, {
		upgrade(db, from) {
			if (from < 1) {
				db.createObjectStore('meta');
				db.createObjectStore('packs', { keyPath: 'hash' });
				db.createObjectStore('events', { keyPath: 'seq' });
				db.createObjectStore('photos', { keyPath: 'sha256' });
			}
			// Two phones at one stop, and the receipts kept as evidence.
			if (from < 2) {
				db.createObjectStore('others', { keyPath: 'hash' });
				db.createObjectStore('receipts', { autoIncrement: true });
			}
		},
		blocked: onblocked,
		blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
		terminated: onlost
	});
}
