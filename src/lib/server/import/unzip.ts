// Takes the files out of a .zip (APPNOTE 6.3: stored and deflated entries). Every folder of the archive becomes a
// numbered one, so that nothing is written outside; a file geodatabase (x.gdb/…) keeps its own name.
// Bounds: 1,000 entries and the bytes allowed, by its directory and by what really comes out. Refused whole: names that
// climb out, links, encrypted entries, archives in archives.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const MAX_ENTRIES = 1000;

type ZipFault = 'damaged' | 'too_large' | 'unsafe_name' | 'link' | 'encrypted' | 'nested' | 'method';

/** What an archive is refused for; `entry` names the place. */
export class ZipRefused extends Error {
	constructor(
		readonly fault: ZipFault,
		readonly entry = ''
	) {
		super(fault);
	}
}

interface Entry {
	name: string;
	method: number;
	packed: number;
	unpacked: number;
	offset: number;
}

/** Paths of what was written: files, and file geodatabases as folders. @throws ZipRefused */
export async function unzip(
	path: string,
	folder: string,
	maxBytes: number
): Promise<{ paths: string[]; bytes: number }> {
	const file = await open(path);
	try {
		const entries = await directory(file);
		const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
		if (entries.length > MAX_ENTRIES || total > maxBytes) throw new ZipRefused('too_large');
		const folders = new Map<string, string>();
		const paths = new Set<string>();
		for (const entry of entries) {
			const inside = dirname(entry.name);
			const geodatabase = inside.toLowerCase().endsWith('.gdb');
			if (!folders.has(inside)) {
				const target = join(folder, String(folders.size), geodatabase ? basename(inside) : '');
				await mkdir(target, { recursive: true });
				folders.set(inside, target);
			}
			const own = folders.get(inside)!;
			const target = join(own, basename(entry.name));
			await extract(path, file, entry, target);
			paths.add(geodatabase ? own : target);
		}
		return { paths: [...paths], bytes: total };
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
	if (end < 0 || end + 22 > tail.length) throw new ZipRefused('damaged');
	const count = tail.readUInt16LE(end + 10);
	const length = tail.readUInt32LE(end + 12);
	if (count > MAX_ENTRIES || length > size)
		throw new ZipRefused(count > MAX_ENTRIES ? 'too_large' : 'damaged');
	const list = await bytesAt(file, tail.readUInt32LE(end + 16), length);
	const entries: Entry[] = [];
	for (let i = 0, at = 0; i < count; i++) {
		if (at + 46 > list.length || list.readUInt32LE(at) !== 0x02014b50) throw new ZipRefused('damaged');
		const flags = list.readUInt16LE(at + 8);
		const nameLength = list.readUInt16LE(at + 28);
		const raw = list.subarray(at + 46, at + 46 + nameLength);
		// Bit 11 says UTF-8; Windows in China writes GBK without it.
		const decoder = new TextDecoder(flags & 0x800 || isUtf8(raw) ? 'utf-8' : 'gb18030');
		const name = decoder.decode(raw).replaceAll('\\', '/');
		const mode = list.readUInt32LE(at + 38) >>> 16;
		const base = basename(name);
		if (!name.endsWith('/') && !base.startsWith('.') && !name.startsWith('__MACOSX')) {
			if (flags & 1) throw new ZipRefused('encrypted', name);
			if (/^\/|^[a-z]:|\0/i.test(name) || name.split('/').includes('..'))
				throw new ZipRefused('unsafe_name', name);
			if ((mode & 0o170000) === 0o120000) throw new ZipRefused('link', name);
			if (/\.(zip|kmz|rar|7z)$/i.test(base)) throw new ZipRefused('nested', name);
			entries.push({
				name,
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

async function extract(path: string, file: FileHandle, entry: Entry, target: string): Promise<void> {
	if (entry.method !== 0 && entry.method !== 8) throw new ZipRefused('method', entry.name);
	const head = await bytesAt(file, entry.offset, 30);
	if (head.length < 30) throw new ZipRefused('damaged', entry.name);
	const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
	let written = 0;
	const limit = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			written += chunk.length;
			done(written > entry.unpacked ? new ZipRefused('too_large', entry.name) : null, chunk);
		}
	});
	const out = createWriteStream(target);
	if (entry.packed === 0) return void (await pipeline([], out));
	const source = createReadStream(path, { start, end: start + entry.packed - 1 });
	try {
		await (entry.method === 8
			? pipeline(source, createInflateRaw(), limit, out)
			: pipeline(source, limit, out));
	} catch (error) {
		throw error instanceof ZipRefused ? error : new ZipRefused('damaged', entry.name);
	}
}
