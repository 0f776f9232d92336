// 应急导出 taken in by the office: the zip of a phone that cannot reach the server. Its events join the chain of their
// device as if the phone had brought them, in the name of whoever hands the file in; what is there already counts once.
// Invariant: every event and photo of the file is counted in exactly one place.
import { unzipSync } from 'fflate';
import { rescuePhoto, readRescue, type RescueRefusal } from '../../core/field/rescue';
import { recorded } from '../ledger';
import { BATCH_MOST, takeEvents, type RefusedEvent, type Standing } from './chain';
import { deviceOf, type FieldActing } from './device';
import { PIECE_MOST, photoState, putPhoto } from './photo';
import { noteRefused } from './sync';

/** Unpacked. */
const BYTES_MOST = 256 * 2 ** 20;
const MANIFEST = 'manifest.json';

export interface RescueCounts {
	device: string;
	events: number;
	fresh: number;
	known: number;
	/** New or known, and not part of a record. */
	aside: Partial<Record<Standing, number>>;
	refused: RefusedEvent[];
	photos: number;
	photosFresh: number;
	photosKnown: number;
	/** Named in the manifest, and missing in the file, altered, or of no event that is here. */
	photosMissing: string[];
	photosAltered: string[];
	photosUnknown: string[];
}
type RescueOutcome =
	| { ok: true; counts: RescueCounts }
	| RescueRefusal
	| {
			ok: false;
			reason: 'not_a_zip' | 'too_large' | 'other_county' | 'unknown_device' | 'revoked' | 'other_office';
			event: null;
	  };

export async function takeRescue(acting: FieldActing, zip: Uint8Array): Promise<RescueOutcome> {
	const { db, county } = acting;
	const refuse = (reason: (RescueOutcome & { ok: false; event: null })['reason']) =>
		({ ok: false, reason, event: null }) as RescueOutcome;
	const opened = unpacked(zip);
	if (!opened.ok) return refuse(opened.reason);
	const read = readRescue(opened.manifest);
	if (!read.ok) return read;
	const { rescue } = read;
	if (rescue.county !== county) return refuse('other_county');
	const device = await deviceOf(db, county, rescue.device);
	if (!device) return refuse('unknown_device');
	if (device.revokedAt) return refuse('revoked');
	if (!(await seesPacks(acting, rescue.events))) return refuse('other_office');
	const counts: RescueCounts = {
		...{ device: device.id, events: rescue.events.length, fresh: 0, known: 0, aside: {}, refused: [] },
		...{ photos: rescue.photos.length, photosFresh: 0, photosKnown: 0 },
		...{ photosMissing: [], photosAltered: [], photosUnknown: [] }
	};
	// The clock of the phone is not here to be compared: what was last known of it holds.
	const bearer = { id: device.id, inspector: device.inspector, skewMs: Number(device.skewMs ?? 0) };
	for (let from = 0; from < rescue.events.length; from += BATCH_MOST) {
		const batch = rescue.events.slice(from, from + BATCH_MOST);
		const taken = await recorded(db, (trx, append) => takeEvents(trx, append, acting, bearer, batch));
		await noteRefused(acting, device.id, taken.refused);
		counts.refused.push(...taken.refused);
		for (const { standing, fresh } of taken.acknowledged) {
			counts[fresh ? 'fresh' : 'known']++;
			if (standing !== 'record') counts.aside[standing] = (counts.aside[standing] ?? 0) + 1;
		}
	}
	for (const sha256 of rescue.photos)
		await takePhoto(acting, counts, sha256, opened.files[rescuePhoto(sha256)]);
	return { ok: true, counts };
}

function unpacked(zip: Uint8Array) {
	let bytes = 0;
	try {
		const files = unzipSync(zip, {
			filter: ({ name, originalSize }) => {
				const wanted = name === MANIFEST || /^photos\/[0-9a-f]{64}$/.test(name);
				if (wanted) bytes += originalSize;
				return wanted && bytes <= BYTES_MOST;
			}
		});
		if (bytes > BYTES_MOST) return { ok: false, reason: 'too_large' } as const;
		const manifest: unknown = files[MANIFEST] ? JSON.parse(new TextDecoder().decode(files[MANIFEST])) : null;
		return { ok: true, manifest, files } as const;
	} catch {
		return { ok: false, reason: 'not_a_zip' } as const;
	}
}

/** An office that does not see a pack could only put its events aside, and for ever: then somebody else takes the file in. */
async function seesPacks({ db, county }: FieldActing, events: readonly object[]): Promise<boolean> {
	const named = [...new Set(events.map((event) => (event as { pack: string }).pack))];
	if (named.length === 0) return true;
	const seen = await db
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where('hash', 'in', named)
		.select('hash')
		.execute();
	return seen.length === named.length;
}

async function takePhoto(
	acting: FieldActing,
	counts: RescueCounts,
	sha256: string,
	bytes: Uint8Array | undefined
): Promise<void> {
	if (!bytes) return void counts.photosMissing.push(sha256);
	const before = await photoState(acting.db, acting.county, sha256);
	if (!before) return void counts.photosUnknown.push(sha256);
	if (before.complete) return void counts.photosKnown++;
	for (let from = 0; from < bytes.length; from += PIECE_MOST) {
		const put = await putPhoto(acting, counts.device, sha256, from, bytes.subarray(from, from + PIECE_MOST));
		if (!put.ok) return void counts.photosAltered.push(sha256);
		if (put.complete) return void counts.photosFresh++;
	}
	// Shorter than its event says.
	counts.photosAltered.push(sha256);
}
