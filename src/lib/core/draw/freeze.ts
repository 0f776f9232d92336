// The freeze (protocol, §2): raw targets in degrees become frame rows in whole metres and H3 cells, once, before the
// commitment. Invariant: the cell comes from the unrounded point; x and y are multiples of the grid, halves up, in the
// plan's CRS without zone prefix; everything after the freeze treats them as data and never recomputes them.

import { latLngToCell } from 'h3-js';
import { toPlane, zoneOfCrs } from '../geo/zone';
import type { Result } from '../model';
import type { FrameRow } from './frame';
import { parseTable, type CsvError } from './frame-csv';

export interface FreezeOptions {
	/** `EPSG:4549` or any other CGCS2000 3° Gauss–Krüger CRS; prefixes are left out either way. */
	crs: string;
	h3Resolution: number;
	/** Metres. */
	grid: number;
}

export type FreezeError = CsvError | { reason: 'unknown_crs' };

/** Metres to the nearest multiple of `grid`, halves up. */
export const toGrid = (metres: number, grid: number) => Math.floor(metres / grid + 0.5) * grid + 0;

/** Point and cell of a row: degrees CGCS2000 in, whole metres and H3 index out. */
export function freezePoint(lon: number, lat: number, { crs, h3Resolution, grid }: FreezeOptions) {
	const zone = zoneOfCrs(crs);
	if (!zone) throw new RangeError(`${crs} is not a CGCS2000 3° zone`);
	const { x, y } = toPlane([lon, lat], zone.centralMeridian);
	return { cell: latLngToCell(lat, lon, h3Resolution), x: toGrid(x, grid), y: toGrid(y, grid) };
}

/** Whether a frozen frame or a raw one: the second column of a raw header is `lon`. */
export const isRawCsv = (text: string) => /^\ufeff?id,lon,/.test(text);

/** How far from its central meridian a point may lie, degrees: a neighbouring zone, not another part of the world. */
const REACH = 4.5;

/** Raw CSV `id,lon,lat,township[,weight][,take]` to rows, in file order; `makeFrame` checks the rest. */
export function freezeCsv(
	source: string | Uint8Array,
	options: FreezeOptions
): Result<{ rows: FrameRow[] }, FreezeError> {
	const zone = zoneOfCrs(options.crs);
	if (!zone) return { ok: false, reason: 'unknown_crs' };
	const table = parseTable(source, ['id', 'lon', 'lat', 'township'], ['weight', 'take']);
	if (!table.ok) return table;
	const [weight, take] = ['weight', 'take'].map((column) => table.header.indexOf(column)) as [number, number];
	const rows: FrameRow[] = [];
	for (const [i, record] of table.records.entries()) {
		const [id, lonText, latText, township] = record as [string, string, string, string];
		const lon = degrees(lonText);
		const lat = degrees(latText);
		const line = i + 2;
		if (!(Math.abs(lon - zone.centralMeridian) <= REACH))
			return { ok: false, reason: 'not_a_number', line, field: 'lon', value: lonText };
		if (!(Math.abs(lat) <= 90))
			return { ok: false, reason: 'not_a_number', line, field: 'lat', value: latText };
		rows.push({
			id,
			township,
			...freezePoint(lon, lat, options),
			weight: weight < 0 ? 1 : whole(record[weight]!),
			take: (take < 0 ? 0 : whole(record[take]!)) as FrameRow['take'],
			salt: ''
		});
	}
	return { ok: true, rows };
}

const degrees = (text: string) => (/^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : NaN);
const whole = (text: string) => (/^-?[0-9]+$/.test(text) ? Number(text) : NaN);
