// Comma-separated tables, with their geometry as WKT or as longitude and latitude (or east and north) in two columns.
import { detectCrs, givenCrs, type Extent } from '../../core/geo/crs';
import type { Shape } from '../../core/geo/shape';
import { readWkt } from '../../core/geo/wkt';
import { readCsv, type CsvRecord } from '../../core/registry/csv';
import type { FailureReason } from '../../core/registry/failure';
import type { Columns } from '../../core/registry/fields';
import { readText } from './encoding';
import type { Failed, Feature, Features, Source, SourceOptions } from './source';

export async function openTable(
	path: string,
	name: string,
	options: SourceOptions
): Promise<Source | Failed> {
	const fail = (reason: FailureReason, values: Record<string, string | number> = {}): Failed => ({
		ok: false,
		failure: { reason, file: name, values }
	});
	const decoded = await readText(path, options.encoding);
	if (!decoded.ok) return fail('text_encoding', { encoding: decoded.encoding });
	const [head, ...records] = readCsv(decoded.text);
	if (!head || records.length === 0) return fail('empty');

	return {
		ok: true,
		header: head.fields.map((field) => field.trim()),
		numeric: head.fields.map(() => false),
		encoding: decoded.encoding,
		size: records.length,
		async features(columns) {
			const rows = records.map((record) => ({
				...geometryOf(record, columns),
				line: record.line,
				values: record.fields
			}));
			const extent = extentOf(rows);
			if (!extent) return { ok: true, crs: null, overruledCrs: null, rows };
			const found = options.crs ? givenCrs(options.crs, false) : detectCrs(null, extent);
			if (found.ok) return { ok: true, crs: found.crs, overruledCrs: null, rows } satisfies Features;
			return fail(found.reason, { ...wholeExtent(extent), epsg: options.crs ?? 0 });
		}
	};
}

export const wholeExtent = (extent: Extent) => ({
	minX: Math.round(extent.minX),
	maxX: Math.round(extent.maxX),
	minY: Math.round(extent.minY),
	maxY: Math.round(extent.maxY)
});

function geometryOf({ fields }: CsvRecord, columns: Columns): Pick<Feature, 'shape' | 'unreadable'> {
	const get = (field: string) => fields[columns.get(field) ?? -1]?.trim() ?? '';
	const wkt = get('wkt');
	if (wkt) {
		const shape = readWkt(wkt);
		return shape ? { shape, unreadable: null } : { shape: null, unreadable: wkt.slice(0, 60) };
	}
	const [x, y] = [get('lon'), get('lat')];
	if (!x && !y) return { shape: null, unreadable: null };
	const point: [number, number] = [Number(x || 'x'), Number(y || 'y')];
	if (!point.every(Number.isFinite)) return { shape: null, unreadable: `${x} ${y}` };
	return { shape: { type: 'POINT', polygons: [], lines: [], point }, unreadable: null };
}

function extentOf(rows: readonly { shape: Shape | null }[]): Extent | null {
	const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
	const add = (x: number, y: number) => {
		extent.minX = Math.min(extent.minX, x);
		extent.minY = Math.min(extent.minY, y);
		extent.maxX = Math.max(extent.maxX, x);
		extent.maxY = Math.max(extent.maxY, y);
	};
	for (const { shape } of rows) {
		if (shape?.point) add(...shape.point);
		for (const ring of shape?.polygons.flat() ?? []) {
			for (let i = 0; i < ring.length; i += 2) add(ring[i]!, ring[i + 1]!);
		}
	}
	return extent.minX === Infinity ? null : extent;
}
