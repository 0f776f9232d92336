// What files are, before any of it is imported: format, encoding, columns, coordinate system with what speaks for it,
// rings and areas. Runs in the worker thread; writes nothing but what GDAL leaves in its folder.
import { areaM2 } from '../../core/geo/area';
import { candidatesOf, type Box } from '../../core/geo/crs-evidence';
import type { Extent } from '../../core/geo/crs';
import { readStatedArea } from '../../core/geo/stated-area';
import type { ImportFailure } from '../../core/registry/failure';
import { matchColumns } from '../../core/registry/fields';
import type { ImportOptions, InspectedFile } from '../../schema/import';
import { readableInputs, type Input } from './inputs';
import { mappingOf, sourceOf } from './mapping';
import { movement, placed, readers, verticesOf } from './read';
import type { Features } from './source';
import { extentOf } from './table-features';

export interface InspectInput {
	files: string[];
	options: Pick<
		ImportOptions,
		'kind' | 'crs' | 'datum' | 'gcj02' | 'swapped' | 'encoding' | 'layer' | 'mapping' | 'mappings'
	>;
	/** Of the jurisdiction; null while there are no townships. */
	county: Box | null;
	folder: string;
}
export type Inspected = { ok: true; files: InspectedFile[] } | { ok: false; failure: ImportFailure };

const SAMPLES = 3;

export async function inspect(input: InspectInput): Promise<Inspected> {
	const found = await readableInputs(input.files, input.folder);
	if (!found.ok) return found;
	const files: InspectedFile[] = [];
	for (const each of found.inputs) files.push(await inspectFile(each, input));
	return { ok: true, files };
}

async function inspectFile(
	{ path, name, reader }: Input,
	{ options, county, folder }: InspectInput
): Promise<InspectedFile> {
	const none: InspectedFile = {
		...{ name, format: '', encoding: null, header: [], source: '', samples: [], columns: {}, missing: [] },
		...{ features: 0, outlines: 0, holes: 0, corners: 0, refused: 0, statedM2: null, computedM2: 0 },
		...{ crs: null, declaredCrs: null, candidates: [], failure: null }
	};
	const source = await readers[reader](path, name, { ...options, folder });
	if (!source.ok) return { ...none, failure: source.failure };
	const { header, format, encoding } = source;
	const { columns, missing } = matchColumns(options.kind, header, mappingOf(options, header));
	const read: InspectedFile = {
		...{ ...none, format, encoding, header, source: sourceOf(header), missing },
		columns: Object.fromEntries([...columns].map(([field, at]) => [field, header[at]!]))
	};
	const features = await source.features(columns);
	if (!features.ok) {
		const extent = extentIn(features.failure.values);
		return {
			...read,
			failure: features.failure,
			candidates: extent && county ? candidatesOf(extent, county, null) : []
		};
	}
	const area = columns.get('area');
	const box = await count(read, features, options.gcj02, area);
	const { crs, gcj02, swapped } = options;
	const used = box && { epsg: crs, gcj02, swapped, box };
	// Corners that carry their own zones have one reading.
	const readings = box && county && used ? candidatesOf(features.extent ?? asExtent(box), county, used) : [];
	return {
		...read,
		crs: features.crs?.name ?? null,
		declaredCrs: features.declaredCrs,
		candidates: features.extent ? readings : readings.filter(({ chosen }) => chosen)
	};
}

/** Counts into `file`; the box of everything, in degrees. */
async function count(
	file: InspectedFile,
	features: Features,
	gcj02: boolean,
	area: number | undefined
): Promise<Box | null> {
	const move = features.crs && movement(features.crs, gcj02);
	const whole = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
	for await (const feature of features.rows) {
		if (file.features++ < SAMPLES)
			file.samples.push(feature.values.map((value) => (value ?? '').slice(0, 80)));
		file.corners += verticesOf(feature);
		const geometry = placed(feature, move);
		if ('faults' in geometry) {
			file.refused++;
			continue;
		}
		const { polygons } = geometry.shape;
		file.outlines += polygons.length;
		file.holes += polygons.reduce((sum, rings) => sum + rings.length - 1, 0);
		const stated = area === undefined ? null : readStatedArea(feature.values[area] ?? '', '平方米');
		if (stated && polygons.length > 0) {
			file.statedM2 = (file.statedM2 ?? 0) + stated.m2;
			file.computedM2 += areaM2(polygons);
		}
		const own = extentOf([geometry]);
		if (own) {
			whole.minX = Math.min(whole.minX, own.minX);
			whole.minY = Math.min(whole.minY, own.minY);
			whole.maxX = Math.max(whole.maxX, own.maxX);
			whole.maxY = Math.max(whole.maxY, own.maxY);
		}
	}
	return whole.minX === Infinity ? null : [whole.minX, whole.minY, whole.maxX, whole.maxY];
}

const asExtent = ([minX, minY, maxX, maxY]: Box): Extent => ({ minX, minY, maxX, maxY });

/** A failure about coordinates says where they are. */
function extentIn(values: ImportFailure['values']): Extent | null {
	const { minX, minY, maxX, maxY } = values;
	return typeof minX === 'number' &&
		typeof minY === 'number' &&
		typeof maxX === 'number' &&
		typeof maxY === 'number'
		? { minX, minY, maxX, maxY }
		: null;
}
