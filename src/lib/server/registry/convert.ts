// Outlines in the formats of the programs that bureaus draw with: GeoPackage, Shapefile, KML. GDAL makes them of GeoJSON.
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { zipSync } from 'fflate';
import { runWorker } from '../workers';

export interface ConvertInput {
	/** Absolute paths; `folder` is empty. */
	from: string;
	folder: string;
	/** Of the layer and its file. */
	name: string;
	options: readonly string[];
}

/** Shapefile keeps ten bytes of a field's name; the text is in the encoding that is asked for, and says so in a .cpg. */
const shapefile = (encoding: string) => ['-f', 'ESRI Shapefile', '-lco', `ENCODING=${encoding}`];
export const formats: Record<string, readonly string[]> = {
	'map.gpkg': ['-f', 'GPKG'],
	'map-utf8.zip': shapefile('UTF-8'),
	'map-gbk.zip': shapefile('GBK'),
	// A KML file is in WGS 84 by definition.
	'map.kml': ['-f', 'KML', '-dsco', 'NameField=name']
};

/** The file `format` of these features; several files come as one zip. */
export async function converted(
	features: AsyncIterable<string>,
	format: keyof typeof formats,
	name: string
): Promise<Uint8Array<ArrayBuffer>> {
	const work = await mkdtemp(join(tmpdir(), 'fairlot-export-'));
	try {
		const from = join(work, 'in.geojson');
		const folder = join(work, 'out');
		await mkdir(folder);
		await pipeline(Readable.from(features), createWriteStream(from));
		const input: ConvertInput = { from, folder, name, options: formats[format]! };
		const files = await runWorker<ConvertInput, string[]>('convert', input, { keepMs: 60_000 });
		const bytes = await Promise.all(files.map((file) => readFile(join(folder, file))));
		const only = extname(format) === '.zip' ? undefined : bytes[0];
		const made = only ?? zipSync(Object.fromEntries(files.map((file, i) => [file, bytes[i]!])));
		return new Uint8Array(made);
	} finally {
		await rm(work, { recursive: true, force: true });
	}
}
