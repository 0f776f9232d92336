// From the camera's file to what is kept: its own data read first (exifr), then drawn on a canvas and encoded again, which
// leaves nothing in the file that the event does not say. Both hashes are kept: of the original and of what is stored.
import { toHex } from '../core/bytes/hex';
import { sha256 } from '../core/bytes/sha256';
import type { Bodies, Exif, Fix } from '../core/field/event';
import { toE7 } from '../core/field/pack';

/** Longer side, px. */
const LONGEST = 2048;

type Read = Partial<Record<'Make' | 'Model' | 'DateTimeOriginal', string>> & {
	latitude?: number;
	longitude?: number;
	GPSImgDirection?: number;
};

async function exifOf(file: Blob): Promise<Exif> {
	const { parse } = await import('exifr');
	const tags = (await parse(file, { gps: true, reviveValues: false }).catch(() => undefined)) as
		Read | undefined;
	const text = (value: unknown) =>
		typeof value === 'string' && value.trim() !== '' ? value.trim().normalize('NFC').slice(0, 64) : null;
	const taken = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(tags?.DateTimeOriginal ?? '');
	const { latitude: lat, longitude: lon, GPSImgDirection: turn } = tags ?? {};
	return {
		...{ make: text(tags?.Make), model: text(tags?.Model) },
		takenAt: taken ? `${taken[1]}-${taken[2]}-${taken[3]}T${taken[4]}` : null,
		at: typeof lat === 'number' && typeof lon === 'number' ? toE7([lon, lat]) : null,
		direction:
			typeof turn === 'number' && Number.isFinite(turn) ? ((Math.round(turn) % 360) + 360) % 360 : null
	};
}

export interface TakenPhoto {
	body: Bodies['photo'];
	bytes: Uint8Array;
}

/** Throws when the file is no picture. */
export async function takePhoto(
	file: Blob,
	given: { fix: Fix | null; direction: number | null; check: string | null; at: Date }
): Promise<TakenPhoto> {
	const [exif, original, picture] = await Promise.all([
		exifOf(file),
		file.arrayBuffer().then((bytes) => toHex(sha256(new Uint8Array(bytes)))),
		createImageBitmap(file, { imageOrientation: 'from-image' })
	]);
	const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
	picture.close();
	const stored = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
	if (!stored) throw new TypeError('the picture could not be encoded');
	const bytes = new Uint8Array(await stored.arrayBuffer());
	return {
		bytes,
		body: {
			...{ sha256: toHex(sha256(bytes)), size: bytes.length, type: 'image/jpeg', original },
			...{ width: canvas.width, height: canvas.height, exif, caption: '' },
			...{ fix: given.fix, direction: given.direction ?? exif.direction },
			...{ takenAt: given.at.toISOString(), check: given.check }
		}
	};
}
