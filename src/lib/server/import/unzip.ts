// Takes the files out of a .zip (APPNOTE 6.3: stored and deflated entries) into one flat folder.
// Bounds: 200 entries, 1 GB unpacked. Names of folders are dropped, so nothing can be written outside the folder.
import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const MAX_ENTRIES = 200;
const MAX_BYTES = 2 ** 30;

interface Entry {
	name: string;
	method: number;
	packed: number;
	unpacked: number;
	offset: number;
}

/** Paths of the files written. @throws Error with a reason a person can read */
export async function unzip(path: string, folder: string): Promise<string[]> {
	const file = await open(path);
	try {
		const entries = await directory(file);
		const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
		if (entries.length > MAX_ENTRIES || total > MAX_BYTES)
			throw new Error('over 200 files, or 1 GB unpacked');
		const paths: string[] = [];
		for (const entry of entries) {
			const target = join(folder, entry.name);
			await extract(file, entry, target);
			paths.push(target);
		}
		return paths;
	} finally {
		await file.close();
	}
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
	return buffer.subarray(0, bytesRead);
}

async function directory(file: FileHandle): Promise<Entry[]> {
	const { size } = await file.stat();
	const tailAt = Math.max(0, size - 66_000);
	const tail = await bytesAt(file, tailAt, size - tailAt);
	const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	if (end < 0) throw new Error('not a zip archive');
	const count = tail.readUInt16LE(end + 10);
	const list = await bytesAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
	const entries: Entry[] = [];
	for (let i = 0, at = 0; i < count; i++) {
		if (list.readUInt32LE(at) !== 0x02014b50) throw new Error('its directory is damaged');
		const flags = list.readUInt16LE(at + 8);
		const nameLength = list.readUInt16LE(at + 28);
		const raw = list.subarray(at + 46, at + 46 + nameLength);
		// Bit 11 says UTF-8; Windows in China writes GBK without it.
		const name = new TextDecoder(flags & 0x800 || isUtf8(raw) ? 'utf-8' : 'gb18030').decode(raw);
		if (flags & 1) throw new Error('it is encrypted');
		const base = name.split(/[/\\]/).at(-1)!;
		if (base !== '' && !base.startsWith('.') && !name.startsWith('__MACOSX')) {
			entries.push({
				name: base,
				method: list.readUInt16LE(at + 10),
				packed: list.readUInt32LE(at + 20),
				unpacked: list.readUInt32LE(at + 24),
				offset: list.readUInt32LE(at + 42)
			});
		}
		at += 46 + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
	}
	return entries;
}

const isUtf8 = (bytes: Uint8Array) => {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
};

async function extract(file: FileHandle, entry: Entry, target: string): Promise<void> {
	if (entry.method !== 0 && entry.method !== 8) throw new Error(`${entry.name}: unknown compression`);
	const head = await bytesAt(file, entry.offset, 30);
	const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
	let written = 0;
	const limit = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			written += chunk.length;
			done(written > entry.unpacked ? new Error(`${entry.name} is larger than it says`) : null, chunk);
		}
	});
	const out = createWriteStream(target);
	if (entry.packed === 0) return void (await pipeline([], out));
	const source = file.createReadStream({ start, end: start + entry.packed - 1, autoClose: false });
	await (entry.method === 8
		? pipeline(source, createInflateRaw(), limit, out)
		: pipeline(source, limit, out));
}
