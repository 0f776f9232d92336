// One layer of a file that GDAL reads: Shapefile, GeoPackage, GeoJSON and its relatives.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { detectCrs, givenCrs } from '../../core/geo/crs';
import { readWkb } from '../../core/geo/wkb';
import type { FailureReason } from '../../core/registry/failure';
import { copyRows } from './copy-text';
import { dbfEncoding } from './encoding';
import { declaredCrs, dumpLayer, extentOf, openDataset, startGdal, type GdalLayer } from './gdal';
import type { Failed, Feature, Source, SourceOptions } from './source';
import { wholeExtent } from './table-source';

let dumps = 0;

export async function openLayer(
	path: string,
	name: string,
	options: SourceOptions
): Promise<Source | Failed> {
	const fail = (reason: FailureReason, values: Record<string, string | number> = {}): Failed => ({
		ok: false,
		failure: { reason, file: name, values }
	});
	const shapefile = /\.(shp|dbf)$/i.test(path);
	const encoding = shapefile ? (options.encoding ?? (await dbfEncoding(path))) : null;
	const instance = await startGdal();
	const opened = await openDataset(instance, path, encoding ? [`ENCODING=${encoding}`] : []);
	if (!opened.ok) return fail('file_unreadable', { detail: opened.detail });
	const { dataset, layers } = opened;
	const osm = /\.(osm|pbf)$/i.test(path);
	const layer = chooseLayer(layers, options.layer ?? (osm ? 'lines' : null));
	const names = layers.map((each) => each.name).join('、');
	if (!layer) {
		return options.layer
			? fail('layer_unknown', { layer: options.layer, layers: names })
			: fail('layer_choice', { layers: names });
	}
	if (layer.featureCount === 0) return fail('empty');
	const fields = layer.fields.map((field) => field.name);

	return {
		ok: true,
		header: fields,
		numeric: layer.fields.map((field) => /^(Integer|Integer64|Real)$/.test(field.type)),
		encoding,
		size: layer.featureCount,
		async features() {
			const extent = extentOf(layer);
			// OpenStreetMap is WGS 84, and its extent is not known before it is read.
			const epsg = osm ? 4326 : options.crs;
			const found = epsg
				? extent || osm
					? givenCrs(epsg, true)
					: null
				: extent && detectCrs(declaredCrs(layer), extent);
			if (found && !found.ok) return fail(found.reason, { ...wholeExtent(extent!), epsg: options.crs ?? 0 });
			const transform = found?.crs.kind === 'other' ? { from: options.crs } : null;
			const dump = join(options.folder, `dump${++dumps}`);
			const fault = await dumpLayer(instance, dataset, layer.name, transform, dump);
			await instance.close(dataset);
			if (fault) return fail('file_unreadable', { detail: fault });
			return {
				ok: true,
				crs: found?.crs ?? null,
				overruledCrs: found?.overruled ?? null,
				rows: dumpedFeatures(`${dump}.sql`, fields)
			};
		}
	};
}

/** The one asked for, else the only one, else the only one with a geometry. */
function chooseLayer(layers: readonly GdalLayer[], asked: string | null): GdalLayer | undefined {
	if (asked) return layers.find((layer) => layer.name === asked);
	if (layers.length === 1) return layers[0];
	const spatial = layers.filter((layer) => layer.geometryFields.length > 0);
	return spatial.length === 1 ? spatial[0] : undefined;
}

async function* dumpedFeatures(path: string, fields: readonly string[]): AsyncGenerator<Feature> {
	let order: number[] | null = null;
	let wkb = -1;
	let line = 0;
	for await (const row of copyRows(path)) {
		if (order === null) {
			order = fields.map((field) => row.indexOf(field));
			wkb = row.indexOf('wkb');
			continue;
		}
		line++;
		const hex = row[wkb];
		yield {
			line,
			values: order.map((at) => row[at] ?? null),
			shape: hex ? readWkb(Buffer.from(hex, 'hex')) : null,
			unreadable: null
		};
	}
	await rm(path, { force: true });
}
