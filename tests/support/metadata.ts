// What a picture says beside what it shows: EXIF, comments, texts, the day it was made.

/** Parts of a PNG that are the picture itself (PNG 3rd ed., 11). */
const drawn = new Set([
	...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs']
]);

function pngParts(file: Buffer): string[] {
	const found: string[] = [];
	for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
		const type = file.toString('latin1', at + 4, at + 8);
		if (!drawn.has(type)) found.push(type);
	}
	return found;
}

/** Segments before the picture: APP0 (JFIF) and APP2 (colours) say nothing of who, where or when. */
function jpegParts(file: Buffer): string[] {
	const found: string[] = [];
	for (let at = 2; file[at] === 0xff && file[at + 1] !== 0xda; at += 2 + file.readUInt16BE(at + 2)) {
		const marker = file[at + 1]!;
		const said = (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2) || marker === 0xfe;
		if (said)
			found.push(
				`${marker === 0xfe ? 'COM' : `APP${marker - 0xe0}`} ${file.toString('latin1', at + 4, at + 8)}`
			);
	}
	return found;
}

/** Empty: the picture and nothing else. */
export function pictureMetadata(file: Buffer): string[] {
	if (file.readUInt32BE(0) === 0x89504e47) return pngParts(file);
	if (file.readUInt16BE(0) === 0xffd8) return jpegParts(file);
	throw new Error('neither PNG nor JPEG');
}

/** A JPEG as a phone writes it: position, maker, model, owner and time (EXIF 2.3), and a comment. */
export function asCamera(jpeg: Buffer): Buffer {
	const texts: [tag: number, text: string][] = [
		[0x010f, 'Maker of the test'],
		[0x0110, 'Model of the test'],
		[0x0132, '2026:03:01 08:30:00'],
		[0x013b, 'Owner of the test']
	];
	const head = 8;
	const entries = texts.length + 1;
	let free = head + 2 + entries * 12 + 4;
	const tiff = Buffer.alloc(512);
	tiff.write('MM\0*', 0, 'latin1');
	tiff.writeUInt32BE(head, 4);
	tiff.writeUInt16BE(entries, head);
	const entry = (at: number, tag: number, type: number, count: number, value: number) => {
		tiff.writeUInt16BE(tag, at);
		tiff.writeUInt16BE(type, at + 2);
		tiff.writeUInt32BE(count, at + 4);
		tiff.writeUInt32BE(value, at + 8);
	};
	texts.forEach(([tag, text], k) => {
		entry(head + 2 + k * 12, tag, 2, text.length + 1, free);
		free += tiff.write(`${text}\0`, free, 'latin1');
	});
	// 25°52′12″ N, 118°56′24″ E.
	entry(head + 2 + texts.length * 12, 0x8825, 4, 1, free);
	const gps = free;
	free += 2 + 4 * 12 + 4;
	tiff.writeUInt16BE(4, gps);
	const places: [reference: string, degrees: number[]][] = [
		['N', [25, 52, 12]],
		['E', [118, 56, 24]]
	];
	places.forEach(([reference, degrees], k) => {
		const at = gps + 2 + k * 24;
		entry(at, 1 + 2 * k, 2, 2, reference.charCodeAt(0) << 24);
		entry(at + 12, 2 + 2 * k, 5, 3, free);
		for (const part of degrees) {
			tiff.writeUInt32BE(part, free);
			tiff.writeUInt32BE(1, free + 4);
			free += 8;
		}
	});
	const segment = (marker: number, content: Buffer) => {
		const start = Buffer.from([0xff, marker, 0, 0]);
		start.writeUInt16BE(content.length + 2, 2);
		return Buffer.concat([start, content]);
	};
	const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff.subarray(0, free)]));
	const comment = segment(0xfe, Buffer.from('Owner of the test'));
	return Buffer.concat([jpeg.subarray(0, 2), exif, comment, jpeg.subarray(2)]);
}
