// From what the user gave to what can be read: archives unpacked, parts of a Shapefile counted to their .shp.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FailureReason } from '../../core/registry/failure';
import { MAX_UNPACKED_BYTES } from '../../schema/import';
import type { Failed } from './source';
import { unzip, ZipRefused } from './unzip';

const tables = ['.csv', '.txt', '.tsv'];
const layers = [
	...['.geojson', '.json', '.geojsonl', '.shp', '.gpkg', '.fgb', '.gml', '.gdb'],
	...['.dxf', '.xlsx', '.osm', '.pbf']
];
const archives = ['.zip', '.kmz'];
const parts = ['.dbf', '.shx', '.prj', '.cpg', '.sbn', '.sbx', '.qix', '.qmd', '.qpj', '.xml'];

export interface Input {
	path: string;
	/** As the report names it. */
	name: string;
	reader: 'table' | 'layer' | 'kml';
	/** Which of the given files it came in. */
	given: number;
}

export interface GivenFile {
	name: string;
	sha256: string;
	bytes: number;
}

const failed = (
	file: string,
	reason: FailureReason,
	values: Record<string, string | number> = {}
): Failed => ({
	ok: false,
	failure: { reason, file, values }
});

export async function readableInputs(
	paths: readonly string[],
	folder: string
): Promise<{ ok: true; inputs: Input[] } | Failed> {
	const inputs: Input[] = [];
	let left = MAX_UNPACKED_BYTES;
	for (const [given, path] of paths.entries()) {
		const name = basename(path);
		if (!existsSync(path)) return failed(path, 'file_missing');
		if (!archives.includes(extname(path).toLowerCase())) {
			const input = readable(path);
			if ('ok' in input) return input;
			if (input.reader) inputs.push({ ...input, reader: input.reader, given });
			continue;
		}
		try {
			const unpacked = await unzip(path, await mkdtemp(join(folder, 'zip-')), left);
			left -= unpacked.bytes;
			const inner = unpacked.paths.filter(isKnown).map(readable);
			for (const input of inner) {
				if ('ok' in input) return input;
				if (input.reader)
					inputs.push({ ...input, name: `${name}/${input.name}`, reader: input.reader, given });
			}
			if (!inner.some((input) => 'reader' in input && input.reader)) return failed(name, 'zip_empty');
		} catch (error) {
			if (!(error instanceof ZipRefused)) throw error;
			return failed(name, `zip_${error.fault}`, { entry: error.entry.slice(0, 120) });
		}
	}
	return { ok: true, inputs };
}

/** Who reads it; null: a part of a Shapefile, which its .shp brings along. */
function readable(path: string): Failed | { path: string; name: string; reader: Input['reader'] | null } {
	const name = basename(path);
	const extension = extname(path).toLowerCase();
	const read = (reader: Input['reader'] | null) => ({ path, name, reader });
	if (tables.includes(extension)) return read('table');
	if (extension === '.kml') return read('kml');
	if (extension === '.shp') {
		const missing = missingPart(path);
		return missing ? failed(name, 'shape_part', { part: missing }) : read('layer');
	}
	if (layers.includes(extension)) return read('layer');
	if (!parts.includes(extension)) return failed(name, 'file_kind');
	if (hasShape(path)) return read(null);
	if (extension === '.dbf') return read('layer');
	return failed(name, 'shape_part', { part: `${name.slice(0, -extension.length)}.shp` });
}

const isKnown = (path: string) =>
	[...tables, ...layers, ...parts, '.kml'].includes(extname(path).toLowerCase());

const hasShape = (part: string) => {
	const stem = part.replace(/(\.shp)?\.\w+$/i, '');
	return existsSync(`${stem}.shp`) || existsSync(`${stem}.SHP`);
};

function missingPart(shp: string): string | null {
	const stem = shp.slice(0, -4);
	for (const part of ['.dbf', '.shx']) {
		if (!existsSync(stem + part) && !existsSync(stem + part.toUpperCase())) return basename(stem) + part;
	}
	return null;
}

/** Name, size and SHA-256 of a file as it was given. */
export async function fingerprint(path: string): Promise<GivenFile> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
	return { name: basename(path), sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}
