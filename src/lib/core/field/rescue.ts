// 应急导出: what a phone still holds, as a zip that the office takes in when the phone cannot reach the server any more.
// manifest.json beside photos/<sha256>; the chain of the events shows whether anything is missing or changed.
// Invariant: a manifest is taken as a whole or refused with the first thing that is wrong.

import { isHex } from '../bytes/hex';
import { eventHash } from './event';
import { hasEnvelope } from './event-form';
import { isUuid } from './uuid';

export const RESCUE_VERSION = 1;

export interface Rescue {
	v: typeof RESCUE_VERSION;
	county: string;
	device: string;
	/** Clock of the device when it was written. */
	at: string;
	/** As they were written, in the order of their numbers. */
	events: readonly object[];
	/** Photos in the zip, each as photos/<sha256>. */
	photos: readonly string[];
}

export type RescueRefusal = {
	ok: false;
	reason: 'not_a_manifest' | 'other_version' | 'bad_event' | 'foreign_device' | 'broken_chain' | 'bad_photo';
	/** Number of the event, from 1, where it is one. */
	event: number | null;
};

export const rescuePhoto = (sha256: string) => `photos/${sha256}`;

export function readRescue(manifest: unknown): { ok: true; rescue: Rescue } | RescueRefusal {
	const refuse = (reason: RescueRefusal['reason'], event: number | null = null): RescueRefusal => ({
		...{ ok: false, reason, event }
	});
	if (typeof manifest !== 'object' || manifest === null) return refuse('not_a_manifest');
	const rescue = manifest as Rescue;
	if (rescue.v !== RESCUE_VERSION) return refuse('other_version');
	if (typeof rescue.county !== 'string' || typeof rescue.at !== 'string' || !isUuid(rescue.device))
		return refuse('not_a_manifest');
	if (!Array.isArray(rescue.events) || !Array.isArray(rescue.photos)) return refuse('not_a_manifest');
	if (!rescue.photos.every((hash) => isHex(hash, 32))) return refuse('bad_photo');
	let before: { seq: number; hash: string } | null = null;
	for (const [k, written] of rescue.events.entries()) {
		if (!hasEnvelope(written)) return refuse('bad_event', k + 1);
		const { device, seq, prev } = written as { device: string; seq: number; prev: string | null };
		if (device !== rescue.device) return refuse('foreign_device', k + 1);
		// What the server has acknowledged may have been deleted: the chain may begin anywhere, and has no gap after.
		if (before && (seq !== before.seq + 1 || prev !== before.hash)) return refuse('broken_chain', k + 1);
		before = { seq, hash: eventHash(written) };
	}
	return { ok: true, rescue };
}
