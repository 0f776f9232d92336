// 应急导出: everything of this device that no receipt names, as the zip the office takes in (core/field/rescue.ts).
import { strToU8, zipSync, type Zippable } from 'fflate';
import { RESCUE_VERSION, rescuePhoto, type Rescue } from '../core/field/rescue';
import type { Device, StoredEvent, StoredPhoto } from './store';

/** From the first event that is not received to the last, without a gap, and the photos that are still here. */
export async function rescueFile(
	{ county, device }: Device,
	events: readonly StoredEvent[],
	photos: readonly StoredPhoto[],
	bytesOf: (sha256: string) => Promise<Uint8Array | null>,
	at: Date
): Promise<Uint8Array> {
	const ordered = [...events].sort((a, b) => a.event.seq - b.event.seq);
	const first = ordered.findIndex(({ state }) => state !== 'received');
	const files: Zippable = {};
	for (const { sha256, state, here } of photos) {
		const bytes = here && state !== 'received' ? await bytesOf(sha256) : null;
		// Photos are compressed already.
		if (bytes) files[rescuePhoto(sha256)] = [bytes, { level: 0 }];
	}
	const rescue: Rescue = {
		...{ v: RESCUE_VERSION, county: county.code, device, at: at.toISOString() },
		events: first < 0 ? [] : ordered.slice(first).map(({ event }) => event),
		photos: Object.keys(files).map((path) => path.slice('photos/'.length))
	};
	return zipSync({ 'manifest.json': strToU8(JSON.stringify(rescue)), ...files });
}
