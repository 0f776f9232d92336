// From what the user gave to what can be read: archives unpacked, parts of a Shapefile counted to their .shp.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { FailureReason } from '../../core/registry/failure';
import type { Failed } from './source';
import { unzip } from './unzip';

const tables = ['.csv', '.txt', '.tsv'];
const layers = ['.geojson', '.json', '.geojsonl', '.shp', '.gpkg', '.fgb', '.gml', '.xlsx', '.osm', '.pbf'];
const parts = ['.dbf', '.shx', '.prj', '.cpg', '.sbn', '.sbx', '.qix', '.qmd', '.qpj', '.xml'];

export interface Input {
	path: string;
	/** As the report names it. */
	name: string;
	reader: 'table' | 'layer';
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
	for (const path of paths) {
		const name = basename(path);
		const extension = extname(path).toLowerCase();
		if (!existsSync(path)) return failed(path, 'file_missing');
		if (extension === '.zip') {
			const target = await mkdtemp(join(folder, 'zip-'));
			let unpacked: string[];
			try {
				unpacked = await unzip(path, target);
			} catch (error) {
				return failed(name, 'zip_unreadable', {
					detail: error instanceof Error ? error.message : String(error)
				});
			}
			const inner = await readableInputs(unpacked.filter(isKnown), folder);
			if (!inner.ok) return inner;
			if (inner.inputs.length === 0) return failed(name, 'zip_empty');
			inputs.push(...inner.inputs.map((input) => ({ ...input, name: `${name}/${input.name}` })));
		} else if (tables.includes(extension)) inputs.push({ path, name, reader: 'table' });
		else if (layers.includes(extension)) {
			if (extension === '.shp') {
				const missing = missingPart(path);
				if (missing) return failed(name, 'shape_part', { part: missing });
			}
			inputs.push({ path, name, reader: 'layer' });
		} else if (!parts.includes(extension)) return failed(name, 'file_kind');
		else if (!hasShape(path)) {
			if (extension !== '.dbf')
				return failed(name, 'shape_part', { part: `${name.slice(0, -extension.length)}.shp` });
			inputs.push({ path, name, reader: 'layer' });
		}
	}
	return { ok: true, inputs };
}

const isKnown = (path: string) => [...tables, ...layers, ...parts].includes(extname(path).toLowerCase());

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
