// One layer of a file that GDAL reads: Shapefile, GeoPackage, GeoJSON and its relatives.
import { rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { detectCrs, exchanged, givenCrs } from '../../core/geo/crs';
import { exchangeAxes } from '../../core/geo/shape';
import { readWkb } from '../../core/geo/wkb';
import { copyRows } from './copy-text';
import { dbfEncoding } from './encoding';
import { declaredCrs, dumpLayer, extentOf, openDataset, startGdal, type GdalLayer } from './gdal';
import { failedBy, type Failed, type Feature, type Source, type SourceOptions } from './source';
import { crsFailure, tableFeatures } from './table-features';

let dumps = 0;

const formats: Record<string, string> = {
	shp: 'Shapefile',
	dbf: 'dBASE',
	gdb: 'FileGDB',
	gpkg: 'GeoPackage',
	dxf: 'DXF',
	xlsx: 'XLSX',
	fgb: 'FlatGeobuf',
	gml: 'GML',
	osm: 'OpenStreetMap',
	pbf: 'OpenStreetMap'
};

export async function openLayer(
	path: string,
	name: string,
	options: SourceOptions
): Promise<Source | Failed> {
	const fail = failedBy(name);
	const extension = extname(path).slice(1).toLowerCase();
	const osm = formats[extension] === 'OpenStreetMap';
	const shapefile = extension === 'shp' || extension === 'dbf';
	const encoding = shapefile ? (options.encoding ?? (await dbfEncoding(path))) : null;
	const instance = await startGdal();
	const opened = await openDataset(instance, path, encoding ? [`ENCODING=${encoding}`] : []);
	if (!opened.ok) return fail('file_unreadable', { detail: opened.detail });
	const { dataset, layers } = opened;
	const layer = chooseLayer(layers, options.layer ?? (osm ? 'lines' : null));
	const names = layers.map((each) => each.name).join('、');
	if (!layer || layer.featureCount === 0) {
		await instance.close(dataset);
		if (layer) return fail('empty');
		return options.layer
			? fail('layer_unknown', { layer: options.layer, layers: names })
			: fail('layer_choice', { layers: names });
	}
	const fields = layer.fields.map((field) => field.name);
	const dump = async (transform: { from: number | null } | null) => {
		const target = join(options.folder, `dump${++dumps}`);
		const fault = await dumpLayer(instance, dataset, layer.name, transform, target);
		await instance.close(dataset);
		return fault ? fail('file_unreadable', { detail: fault }) : dumpedFeatures(`${target}.sql`, fields);
	};

	return {
		ok: true,
		format: formats[extension] ?? 'GeoJSON',
		header: fields,
		numeric: layer.fields.map((field) => /^(Integer|Integer64|Real)$/.test(field.type)),
		encoding,
		size: layer.featureCount,
		async features(columns) {
			if (layer.geometryFields.length === 0) {
				const dumped = await dump(null);
				if ('ok' in dumped) return dumped;
				const rows = [];
				// The header is the first row of a sheet.
				for await (const { line, values } of dumped) {
					rows.push({ line: extension === 'xlsx' ? line + 1 : line, values });
				}
				const features = tableFeatures(rows, columns, options);
				return features.ok ? features : fail(features.failure.reason, features.failure.values);
			}
			const asGiven = extentOf(layer);
			const extent = asGiven && options.swapped ? exchanged(asGiven) : asGiven;
			const declared = declaredCrs(layer);
			// OpenStreetMap is WGS 84, and its extent is not known before it is read.
			const epsg = osm ? 4326 : options.crs;
			const found = epsg
				? extent || osm
					? givenCrs(epsg, true, options.datum)
					: null
				: extent && detectCrs(declared, extent, options.datum);
			if (found && !found.ok) {
				await instance.close(dataset);
				const { reason, values } = crsFailure(found, extent, options.crs);
				return fail(reason, values);
			}
			const dumped = await dump(found?.crs.kind === 'other' ? { from: options.crs } : null);
			if ('ok' in dumped) return dumped;
			const rows = options.swapped ? withAxesExchanged(dumped) : dumped;
			return {
				ok: true,
				crs: found?.crs ?? null,
				// Against a file that names an old datum the user's word stands, and is told.
				overruledCrs: found?.overruled ?? (declared?.datum && !found?.crs.old ? declared.name : null),
				extent: asGiven,
				declaredCrs: declared?.name ?? null,
				rows: extension === 'dxf' ? closedOutlines(rows) : rows
			};
		}
	};
}

async function* withAxesExchanged(features: AsyncIterable<Feature>): AsyncGenerator<Feature> {
	for await (const feature of features) {
		if (feature.shape) exchangeAxes(feature.shape);
		yield feature;
	}
}

/** A drawing has parcels as closed lines. */
async function* closedOutlines(features: AsyncIterable<Feature>): AsyncGenerator<Feature> {
	for await (const feature of features) {
		const { shape } = feature;
		const [line] = shape?.lines ?? [];
		if (shape && line && line.length >= 8 && line[0] === line.at(-2) && line[1] === line.at(-1)) {
			yield { ...feature, shape: { ...shape, type: 'POLYGON', lines: [], polygons: [[line]] } };
		} else yield feature;
	}
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
			refused: [],
			warned: []
		};
	}
	await rm(path, { force: true });
}
