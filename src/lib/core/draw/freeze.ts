// The freeze (protocol, §2): raw targets in degrees become frame rows in whole metres and H3 cells, once, before the
// commitment. Invariant: the cell comes from the unrounded point; x and y are multiples of the grid, halves up, in the
// plan's CRS without zone prefix; everything after the freeze treats them as data and never recomputes them.

import { latLngToCell } from 'h3-js';
import { crsOfZone, toPlane, zoneNumber, zoneOfCrs, type Zone } from '../geo/zone';
import type { Result } from '../model';
import { makeFrame, type Frame, type FrameRow } from './frame';
import { atLine, parseTable, wholeNumber, type CsvError } from './frame-csv';

export interface FreezeOptions {
	/** `EPSG:4549` or any other CGCS2000 3° Gauss–Krüger CRS; prefixes are left out either way. */
	crs: string;
	h3Resolution: number;
	/** Metres. */
	grid: number;
}

export type FreezeError = CsvError | { reason: 'unknown_crs'; crs: string };

/** Metres to the nearest multiple of `grid`, halves up. */
export const toGrid = (metres: number, grid: number) => Math.floor(metres / grid + 0.5) * grid + 0;

/** Point and cell of a row: degrees CGCS2000 in, whole metres and H3 index out. `zone` is that of the plan's CRS. */
function freezePoint(
	lon: number,
	lat: number,
	{ centralMeridian }: Zone,
	h3Resolution: number,
	grid: number
) {
	const { x, y } = toPlane([lon, lat], centralMeridian);
	return { cell: latLngToCell(lat, lon, h3Resolution), x: toGrid(x, grid), y: toGrid(y, grid) };
}

/** How far from its central meridian a point may lie, degrees: a neighbouring zone, not another part of the world. */
const REACH = 4.5;

/**
 * Raw CSV `id,lon,lat,township[,weight][,take]` to a frame. Without a CRS, that of the zone of the mean longitude;
 * the CRS used is returned.
 */
export function freezeCsv(
	source: string | Uint8Array,
	{ crs, h3Resolution, grid }: Omit<FreezeOptions, 'crs'> & { crs: string | null }
): Result<{ frame: Frame; crs: string }, FreezeError> {
	const table = parseTable(source, ['id', 'lon', 'lat', 'township'], ['weight', 'take']);
	if (!table.ok) return table;
	const lons = table.records.map((record) => degrees(record[1]!));
	const mean = lons.reduce((sum, lon) => sum + lon, 0) / lons.length;
	const used = crs ?? crsOfZone(zoneNumber(mean), false);
	const bad = lons.findIndex((lon) => !(Math.abs(lon) <= 180));
	if (bad >= 0) return refuse('not_degrees', bad, 'lon', table.records[bad]![1]!);
	const zone = zoneOfCrs(used);
	if (!zone) return { ok: false, reason: 'unknown_crs', crs: used };

	const [weight, take] = ['weight', 'take'].map((column) => table.header.indexOf(column)) as [number, number];
	const rows: FrameRow[] = [];
	for (const [i, record] of table.records.entries()) {
		const [id, lonText, latText, township] = record as [string, string, string, string];
		const lat = degrees(latText);
		if (!(Math.abs(lat) <= 90)) return refuse('not_degrees', i, 'lat', latText);
		if (Math.abs(lons[i]! - zone.centralMeridian) > REACH) return refuse('outside_zone', i, 'lon', lonText);
		rows.push({
			id,
			township,
			...freezePoint(lons[i]!, lat, zone, h3Resolution, grid),
			weight: weight < 0 ? 1 : wholeNumber(record[weight]!),
			take: (take < 0 ? 0 : wholeNumber(record[take]!)) as FrameRow['take'],
			salt: ''
		});
	}
	const made = makeFrame(rows);
	if (made.ok) return { ok: true, frame: made.frame, crs: used };
	return { ok: false, ...atLine(made, table) };
}

const refuse = (reason: CsvError['reason'], row: number, field: string, value: string) =>
	({ ok: false, reason, line: row + 2, field, value }) as const;

const degrees = (text: string) => (/^-?[0-9]+(\.[0-9]+)?$/.test(text) ? Number(text) : NaN);
