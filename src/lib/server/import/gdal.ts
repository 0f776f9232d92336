// GDAL in WebAssembly (gdal3.js), for a worker thread only: it computes without yielding and sets global.location.
// Features leave it as a PostgreSQL dump (COPY text with hexadecimal WKB), because printing coordinates as decimals
// takes five times as long as everything else: 100,000 parcels in 2 s instead of 15.
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { oldDatumIn } from '../../core/geo/datum';
import type { DeclaredCrs, Extent } from '../../core/geo/crs';

interface GdalField {
	name: string;
	type: string;
}
export interface GdalLayer {
	name: string;
	featureCount: number;
	fidColumnName?: string;
	fields: GdalField[];
	geometryFields: {
		extent?: (number | null)[];
		coordinateSystem?: { wkt?: string; projjson?: ProjJson };
	}[];
}
interface ProjJson {
	type: string;
	name: string;
	datum?: { name: string };
	datum_ensemble?: { name: string };
	base_crs?: ProjJson;
	/** Of a bound or compound system: what it is made of. */
	source_crs?: ProjJson;
	components?: ProjJson[];
	conversion?: { method: { name: string }; parameters: { name: string; value: number }[] };
}
interface GdalDataset {
	info: { layers?: GdalLayer[] };
}
interface Gdal {
	open(path: string, options: string[]): Promise<{ datasets: GdalDataset[]; errors: { message: string }[] }>;
	ogr2ogr(dataset: GdalDataset, options: string[], name: string): Promise<unknown>;
	close(dataset: GdalDataset): Promise<void>;
}

/** Seen by GDAL as /output, so that what it writes can go to the folder of any import. */
const ROOT = '/';

/** What GDAL said on its standard error since the last call: the first error there is the cause, the last an effect. */
let said: string[] = [];

let instance: Promise<Gdal> | undefined;
let aborted = false;

/** True once its memory is in no known state: the thread must not be used again. */
export const gdalAborted = () => aborted;

/** One instance per thread, made at the first call. */
export const startGdal = (): Promise<Gdal> => (instance ??= start());

async function start(): Promise<Gdal> {
	const require = createRequire(import.meta.url);
	const initialize = require('gdal3.js/node.js') as (options: {
		path: string;
		dest: string;
		useWorker: boolean;
		env: Record<string, string>;
		logHandler: () => void;
		errorHandler: (line: string) => void;
	}) => Promise<Gdal>;
	const root = join(dirname(require.resolve('gdal3.js/node.js')), 'dist', 'package');
	// It puts './' in front of the path, so an absolute one is not found.
	return initialize({
		path: relative(process.cwd(), root),
		dest: ROOT,
		useWorker: false,
		// A sheet's first row is its header, also where every column is text.
		env: { PG_USE_COPY: 'YES', OGR_XLSX_HEADERS: 'FORCE', OGR_XLSX_FIELD_TYPES: 'STRING' },
		logHandler: () => undefined,
		errorHandler: (line) => void said.push(line.trim())
	});
}

export type OpenedDataset =
	{ ok: true; dataset: GdalDataset; layers: GdalLayer[] } | { ok: false; detail: string };

export async function openDataset(gdal: Gdal, path: string, options: string[]): Promise<OpenedDataset> {
	said = [];
	try {
		const { datasets, errors } = await gdal.open(path, options);
		const dataset = datasets[0];
		const layers = dataset?.info.layers ?? [];
		if (dataset && layers.length > 0) return { ok: true, dataset, layers };
		return { ok: false, detail: errors[0]?.message || 'no layer' };
	} catch (error) {
		return { ok: false, detail: messageOf(error) };
	}
}

/**
 * Writes one layer as `<path>.sql`, an absolute path. transform: to EPSG:4490 from the file's own system, or from EPSG:n;
 * null leaves the coordinates as they are. Answers what went wrong, or null.
 */
export async function dumpLayer(
	gdal: Gdal,
	dataset: GdalDataset,
	layer: string,
	transform: { from: number | null } | null,
	path: string
): Promise<string | null> {
	const from = transform?.from ? ['-s_srs', `EPSG:${transform.from}`] : [];
	const options = ['GEOMETRY_NAME=wkb', 'LAUNDER=NO', 'CREATE_TABLE=NO', 'CREATE_SCHEMA=NO', 'DROP_TABLE=NO'];
	said = [];
	try {
		await gdal.ogr2ogr(
			dataset,
			[
				...['-f', 'PGDUMP', '-nln', 't', '-dim', 'XY', '-nlt', 'GEOMETRY', '-nlt', 'CONVERT_TO_LINEAR'],
				...(transform ? [...from, '-t_srs', 'EPSG:4490'] : []),
				...[...options, 'SPATIAL_INDEX=NONE'].flatMap((option) => ['-lco', option]),
				layer
			],
			relative(ROOT, path)
		);
		return null;
	} catch (error) {
		return messageOf(error);
	}
}

function messageOf(error: unknown): string {
	aborted ||= error instanceof WebAssembly.RuntimeError;
	const cause = said.find((line) => line.startsWith('ERROR'));
	if (cause) return cause.replace(/^ERROR \d+: /, '');
	if (Array.isArray(error)) return error.map(messageOf).join('; ');
	if (error && typeof error === 'object' && 'message' in error) return String(error.message);
	return String(error);
}

export function extentOf(layer: GdalLayer): Extent | null {
	const [minX, minY, maxX, maxY] = layer.geometryFields[0]?.extent ?? [];
	if (minX == null || minY == null || maxX == null || maxY == null) return null;
	return { minX, minY, maxX, maxY };
}

/** The file's own coordinate system in the few words that matter here; null where it has none. */
export function declaredCrs(layer: GdalLayer): DeclaredCrs | null {
	let json = layer.geometryFields[0]?.coordinateSystem?.projjson;
	while (json?.source_crs ?? json?.components?.[0]) json = json?.source_crs ?? json?.components?.[0];
	if (!json) return null;
	const { name } = json;
	const geographic = json.base_crs ?? json;
	const datum = geographic.datum?.name ?? geographic.datum_ensemble?.name ?? geographic.name;
	const modern =
		/China[ _]2000|China_Geodetic|CGCS[ _]?2000|World Geodetic System 1984|WGS[ _]?(19)?84/i.test(datum);
	const old = { datum: oldDatumIn(datum) };
	const known = modern || old.datum !== null;
	if (json.type === 'GeographicCRS') return { kind: known ? 'geographic' : 'other', name, ...old };
	if (!/2000/.test(datum) && !old.datum) return { kind: 'other', name, ...old };
	const value = (pattern: RegExp) =>
		json?.conversion?.parameters.find((p) => pattern.test(p.name))?.value ?? NaN;
	const centralMeridian = value(/^Longitude of natural origin$/);
	const falseEast = value(/^False easting$/);
	const plain =
		json.conversion?.method.name === 'Transverse Mercator' &&
		value(/^Scale factor at natural origin$/) === 1 &&
		value(/^Latitude of natural origin$/) === 0 &&
		value(/^False northing$/) === 0;
	return plain
		? { kind: 'gauss_kruger', name, centralMeridian, falseEast, ...old }
		: { kind: 'other', name, ...old };
}
