// A QR code as PNG (RFC 2083: one bit a pixel, greyscale), which every word processor shows; SVG is not shown by all.
import { deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Pixels of a module: sharp at 300 dpi up to 40 mm. */
const SCALE = 8;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const framed = Buffer.alloc(content.length + 8);
	framed.writeUInt32BE(data.length, 0);
	content.copy(framed, 4);
	framed.writeUInt32BE(crc32(content), content.length + 4);
	return framed;
}

/** Error correction M, a quiet zone of four modules (ISO/IEC 18004). */
export function qrPng(text: string): Buffer {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const side = size * SCALE;
	const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
	for (let y = 0; y < side; y++) {
		const at = y * (1 + Math.ceil(side / 8)) + 1;
		for (let x = 0; x < side; x++)
			if (!data[Math.floor(y / SCALE)]![Math.floor(x / SCALE)]) rows[at + (x >> 3)]! |= 0x80 >> (x & 7);
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.writeUInt8(1, 8);
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0))
	]);
}
