// The geometry of a table's rows: WKT, longitude and latitude (or north and east) in two columns, all corners of a parcel
// in one cell, or one corner to a row, where rows of the same code make one parcel.
import { emptyBlock, finishBlock, type BoundaryBlock } from '../../core/geo/boundary-block';
import { cornersIn, readCorner, readOrdinate } from '../../core/geo/corner';
import {
	cornerSystem,
	detectCrs,
	exchanged,
	givenCrs,
	toGeographic,
	type CornerSystem,
	type CrsResult,
	type Extent
} from '../../core/geo/crs';
import { exchangeAxes, moveShape, type Shape } from '../../core/geo/shape';
import { readWkt } from '../../core/geo/wkt';
import type { ImportFailure } from '../../core/registry/failure';
import type { Columns } from '../../core/registry/fields';
import type { Feature, Features, Found, SourceOptions } from './source';

export interface TableRow {
	/** Physical line of a text, number of the row of a sheet. */
	line: number;
	values: (string | null)[];
}
type Failure = { ok: false; failure: Pick<ImportFailure, 'reason' | 'values'> };

export function tableFeatures(
	records: readonly TableRow[],
	columns: Columns,
	{ crs, swapped, datum }: Pick<SourceOptions, 'crs' | 'swapped' | 'datum'>
): Features | Failure {
	const get = ({ values }: TableRow, field: string) => values[columns.get(field) ?? -1]?.trim() ?? '';
	const undeclared = { overruledCrs: null, extent: null, declaredCrs: null };
	const degrees = { ok: true, crs: { kind: 'geographic', name: 'EPSG:4490' }, ...undeclared } as const;
	const inCells = columns.has('corners') && records.some((record) => get(record, 'corners') !== '');
	if (inCells || (columns.has('corner') && columns.has('lon'))) {
		const asked = cornerSystem(crs, null, datum);
		if (!asked.ok) return { ok: false, failure: crsFailure(asked, null, crs) };
		const blocks = inCells ? records.map((record) => cellBlock(record, get)) : cornerGroups(records, get);
		return { ...degrees, rows: blocks.map((block) => cornerFeature(block, asked.system)) };
	}

	const rows = records.map((record) => ({ ...record, ...geometryOf((field) => get(record, field)) }));
	const extent = extentOf(rows);
	if (!extent) return { ok: true, crs: null, ...undeclared, rows };
	const found = crs ? givenCrs(crs, false, datum) : detectCrs(null, swapped ? exchanged(extent) : extent);
	if (swapped) for (const { shape } of rows) if (shape) exchangeAxes(shape);
	if (found.ok) return { ok: true, crs: found.crs, ...undeclared, extent, rows };
	return { ok: false, failure: crsFailure(found, extent, crs) };
}

/** Why the coordinates could not be understood, with what is needed to find out. */
export const crsFailure = (
	found: Extract<CrsResult, { ok: false }>,
	extent: Extent | null,
	crs: number | null
): Failure['failure'] => ({
	reason: found.reason,
	values: { ...(extent && wholeExtent(extent)), epsg: crs ?? 0, datum: 'datum' in found ? found.datum : '' }
});

const wholeExtent = (extent: Extent) => ({
	minX: Math.round(extent.minX),
	maxX: Math.round(extent.maxX),
	minY: Math.round(extent.minY),
	maxY: Math.round(extent.maxY)
});

type Get = (record: TableRow, field: string) => string;
type Group = BoundaryBlock & Pick<TableRow, 'values'>;

/** Rows of one code, wherever they stand; the first of them tells the rest. */
function cornerGroups(records: readonly TableRow[], get: Get): Group[] {
	const groups = new Map<string, Group>();
	let code = '';
	for (const record of records) {
		// Merged cells of a sheet leave the code in the first row only.
		code = get(record, 'code') || code;
		const group = groups.get(code) ?? { ...emptyBlock(record.line), values: record.values };
		groups.set(code, group);
		const [east, north] = [get(record, 'lon'), get(record, 'lat')];
		const corner = readCorner(north, east);
		const { line } = record;
		if (corner) {
			const ring = Number(get(record, 'ring')) || 1;
			group.corners.push({ ...corner, line, label: get(record, 'corner'), ring });
		} else {
			const field = readOrdinate(north) === null ? 'lat' : 'lon';
			group.faults.push({
				line,
				field,
				rule: 'corner_form',
				values: { value: `${north} ${east}`.slice(0, 60) }
			});
		}
	}
	return [...groups.values()];
}

function cellBlock(record: TableRow, get: Get): Group {
	const block = { ...emptyBlock(record.line), values: record.values };
	get(record, 'corners')
		.split(/[\n*]/)
		.forEach((part, ring) => {
			for (const corner of cornersIn(part)) {
				block.corners.push({ ...corner, line: record.line, ring: corner.ring ?? ring + 1 });
			}
		});
	return block;
}

function cornerFeature(block: Group, system: CornerSystem): Feature {
	finishBlock(block, null, system.zone);
	const { line, values, polygons, faults, notes } = block;
	const shape: Shape = { type: 'POLYGON', polygons, lines: [], point: null };
	moveCorners(shape, block.unit, system);
	return { line, values, shape, refused: faults, warned: notes };
}

/** From the corners' own units to degrees of CGCS2000. */
export function moveCorners(
	shape: Shape,
	unit: BoundaryBlock['unit'],
	{ metres, degrees }: CornerSystem
): void {
	const crs = unit === 'metre' ? metres : degrees;
	if (crs) moveShape(shape, toGeographic(crs));
}

function geometryOf(get: (field: string) => string): Pick<Feature, 'shape' | 'refused' | 'warned'> {
	const wkt = get('wkt');
	if (wkt) {
		const shape = readWkt(wkt);
		return shape ? found(shape) : unreadable(wkt.slice(0, 60));
	}
	const [x, y] = [get('lon'), get('lat')];
	if (!x && !y) return found(null);
	const corner = readCorner(y, x);
	const point: [number, number] = corner ? [corner.east, corner.north] : [Number(x || 'x'), Number(y || 'y')];
	if (!point.every(Number.isFinite)) return unreadable(`${x} ${y}`);
	return found({ type: 'POINT', polygons: [], lines: [], point });
}

const found = (shape: Shape | null, refused: Found[] = []) => ({ shape, refused, warned: [] });
const unreadable = (value: string) => found(null, [{ rule: 'geometry_text', values: { value } }]);

export function extentOf(rows: readonly { shape: Shape | null }[]): Extent | null {
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
