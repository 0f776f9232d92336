// One checked row per kind, as the staging tables take it: names as in SQL, geometry as hexadecimal EWKB.
import { areaM2 } from '../../core/geo/area';
import { areaDifference, type StatedArea } from '../../core/geo/stated-area';
import { toLonLat, toPlane, zoneNumber } from '../../core/geo/zone';
import type { Ring, Shape } from '../../core/geo/shape';
import { writeMultiPolygon } from '../../core/geo/wkb';
import { inspectorRow } from '../../core/registry/inspector-row';
import { itemRow } from '../../core/registry/item-row';
import { matcher } from '../../core/registry/match';
import { partyRow } from '../../core/registry/party-row';
import { roadRow } from '../../core/registry/road-row';
import type { Refusal } from '../../core/registry/reason';
import { targetRow } from '../../core/registry/target-row';
import { officeRow, townshipRow } from '../../core/registry/township-row';
import type { Cells, Outcome } from '../../core/registry/validate';
import type { PrepareInput } from './prepare';
import type { Placed } from './read';
import type { Found, Source } from './source';

type Values = readonly (string | null)[];
type Build = (cells: Cells, values: Values, geometry: Placed) => Outcome<unknown>;

const SRID = 4490;
const hex = (polygons: readonly (readonly Ring[])[]) =>
	Buffer.from(writeMultiPolygon(polygons, SRID)).toString('hex');

export function rowBuilder(
	{ kind, county, townships, offices }: Pick<PrepareInput, 'kind' | 'county' | 'townships' | 'offices'>,
	{ header, numeric, keepsOthers = false }: Pick<Source, 'header' | 'numeric' | 'keepsOthers'>,
	rest: readonly number[]
): Build {
	const township = matcher(townships);
	const office = matcher(offices);
	switch (kind) {
		case 'mining_right':
		case 'land_parcel':
			return (cells, values, geometry) => {
				const row = targetRow(kind, cells);
				const stated = row.value?.area ?? null;
				const outline = outlineOf(geometry, stated?.m2 ?? null);
				if (stated && 'polygons' in outline && !outline.circle)
					compareArea(row, cells, stated, outline.polygons);
				const attributes = attributesOf(header, numeric, rest, values);
				if ('circle' in outline) attributes.outline = 'circle';
				return withGeometry(cells, row, outline, (value, polygons) => ({
					line: cells.line,
					file: cells.file,
					code: value.code,
					name: value.name,
					party: value.party,
					party_given: value.partyGiven,
					party_name: value.partyName,
					status: value.status,
					attributes,
					attributes_kept: keepsOthers,
					geom: hex(polygons)
				}));
			};
		case 'township':
			return (cells, _, geometry) =>
				withGeometry(cells, townshipRow(county, cells), outlineOf(geometry, null), (value, polygons) => ({
					line: cells.line,
					file: cells.file,
					...value,
					geom: hex(polygons)
				}));
		case 'office':
			return (cells, _, geometry) => {
				const row = officeRow(township, cells);
				const point = 'shape' in geometry ? geometry.shape.point : null;
				if ('faults' in geometry) refuse(row, cells, geometry.faults);
				else if (!point) refuse(row, cells, typeFault(geometry.shape, 'point'));
				return {
					...row,
					value: row.value && point && { ...located(cells), ...row.value, lon: point[0], lat: point[1] }
				};
			};
		case 'party':
			return (cells) => tagged(cells, partyRow(cells));
		case 'inspector':
			return (cells) => tagged(cells, inspectorRow(office, township, cells));
		case 'item':
			return (cells) => tagged(cells, itemRow(cells));
		case 'road':
			return (cells, _, geometry) => {
				const row = roadRow(cells);
				if ('faults' in geometry) refuse(row, cells, geometry.faults);
				else if (geometry.shape.lines.length === 0) refuse(row, cells, typeFault(geometry.shape, 'line'));
				const lines =
					'shape' in geometry ? geometry.shape.lines.map((line) => Array.from(line, millionths)) : [];
				return { ...row, value: row.refused.length === 0 && row.value ? { ...row.value, lines } : null };
			};
	}
}

const millionths = (degrees: number) => Math.round(degrees * 1e6);

const located = ({ file, line }: Cells) => ({ file, line });
/** A finding about the geometry, unless it names another place in its record. */
export const told = (cells: Cells, found: Found): Refusal => ({
	...located(cells),
	row: cells.line,
	field: 'geometry',
	...found
});
const typeFault = ({ type }: Shape, need: string): Found[] => [
	{ rule: 'geometry_type', values: { type, need } }
];

const tagged = <T extends object>(cells: Cells, row: Outcome<T>): Outcome<unknown> => ({
	...row,
	value: row.value && { ...located(cells), ...row.value }
});

function refuse(row: Outcome<unknown>, cells: Cells, faults: readonly Found[]) {
	row.refused.push(...faults.map((fault) => told(cells, fault)));
}

type Outline = { polygons: Ring[][]; circle?: true } | { faults: readonly Found[] };

function withGeometry<T>(
	cells: Cells,
	row: Outcome<T>,
	outline: Outline,
	make: (value: T, polygons: Ring[][]) => unknown
): Outcome<unknown> {
	if ('faults' in outline) {
		refuse(row as Outcome<unknown>, cells, outline.faults);
		return { ...row, value: null };
	}
	return { ...row, value: row.value && make(row.value, outline.polygons) };
}

function outlineOf(geometry: Placed, statedM2: number | null): Outline {
	if ('faults' in geometry) return geometry;
	const { polygons, point } = geometry.shape;
	if (polygons.length > 0) return { polygons };
	if (!point) return { faults: typeFault(geometry.shape, 'polygon') };
	return statedM2 === null
		? { faults: [{ rule: 'point_area', values: {} }] }
		: { polygons: [[circle(point, statedM2)]], circle: true };
}

function compareArea(row: Outcome<unknown>, cells: Cells, stated: StatedArea, polygons: Ring[][]): void {
	const computed = areaM2(polygons);
	const percent = areaDifference(stated, computed);
	if (percent === null) return;
	const hectares = (m2: number) => Number((m2 / 1e4).toFixed(4));
	const values = {
		stated: hectares(stated.m2),
		computed: hectares(computed),
		percent: Number(percent.toFixed(2))
	};
	row.warned.push({ ...told(cells, { rule: 'area_differs', values }), field: 'area' });
}

/** A regular 48-gon of the stated area around a point: an outline for display where only the point is known. */
function circle([lon, lat]: NonNullable<Shape['point']>, m2: number): Ring {
	const corners = 48;
	const radius = Math.sqrt(m2 / ((corners / 2) * Math.sin((2 * Math.PI) / corners)));
	const meridian = 3 * zoneNumber(lon);
	const centre = toPlane([lon, lat], meridian);
	const ring: number[] = [];
	for (let i = 0; i < corners; i++) {
		const angle = (2 * Math.PI * i) / corners;
		ring.push(
			...toLonLat(
				{ x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) },
				meridian
			)
		);
	}
	return Float64Array.of(...ring, ring[0]!, ring[1]!);
}

/** Every column that serves no field and is not empty; numbers where the file types them so. */
function attributesOf(
	header: readonly string[],
	numeric: readonly boolean[],
	rest: readonly number[],
	values: Values
): Record<string, string | number> {
	const attributes: Record<string, string | number> = {};
	for (const at of rest) {
		const value = values[at];
		const name = header[at]!.normalize('NFC');
		if (value == null || value === '' || name === '') continue;
		const number = numeric[at] ? Number(value) : NaN;
		// A NUL cannot be stored in PostgreSQL's text.
		attributes[name] = Number.isFinite(number) ? number : value.replaceAll('\0', '').normalize('NFC');
	}
	return attributes;
}
