// Which encoding a text is in: the byte order mark, else UTF-8 where all of it is valid UTF-8, else GB18030 (a superset
// of GBK and GB 2312). A .dbf without .cpg and without a language byte is treated the same way.
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';

const isUtf8 = (bytes: Uint8Array, whole: boolean) => {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
		return true;
	} catch {
		return false;
	}
};

export type DecodedText = { ok: true; text: string; encoding: string } | { ok: false; encoding: string };

/** A text file, decoded as `given` says or as its bytes do. */
export const readText = async (path: string, given: string | null): Promise<DecodedText> =>
	decodeText(await readFile(path), given);

export function decodeText(bytes: Uint8Array, given: string | null): DecodedText {
	const encoding = given ?? (isUtf8(bytes, true) ? 'utf-8' : 'gb18030');
	try {
		return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
	} catch {
		return { ok: false, encoding };
	}
}

/** GDAL's ENCODING for a Shapefile, or null where the file says it itself (a .cpg, or the language byte of its .dbf). */
export async function dbfEncoding(shp: string): Promise<string | null> {
	const stem = shp.replace(/\.\w+$/, '');
	if (['.cpg', '.CPG'].some((extension) => existsSync(stem + extension))) return null;
	const dbf = ['.dbf', '.DBF'].map((extension) => stem + extension).find((path) => existsSync(path));
	if (!dbf) return null;
	const file = await open(dbf);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 20), 0, 1 << 20, 0);
		const bytes = buffer.subarray(0, bytesRead);
		if (bytes.length < 32 || bytes[29] !== 0) return null;
		// The header holds lengths and other binary; names and records are text. A cut last character is no fault.
		const names = Buffer.concat(fieldNames(bytes));
		const records = bytes.subarray(bytes.readUInt16LE(8));
		return isUtf8(names, false) && isUtf8(records, false) ? 'UTF-8' : 'GBK';
	} finally {
		await file.close();
	}
}

/** Field descriptors: 32 bytes each from byte 32, the name in the first 11, ended by 0x0D. */
function fieldNames(dbf: Buffer): Buffer[] {
	const names: Buffer[] = [];
	for (let at = 32; at + 32 <= dbf.length && dbf[at] !== 0x0d; at += 32) {
		const name = dbf.subarray(at, at + 11);
		const end = name.indexOf(0);
		names.push(end < 0 ? name : name.subarray(0, end), Buffer.from(' '));
	}
	return names;
}
