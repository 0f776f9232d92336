// What speaks for and against each way of reading a file's coordinates: where its extent would come to lie, and how far
// that is from the county. People decide by it; nothing is converted because of it.
// Invariant: candidates are in a fixed order, the one in use among them marked `chosen`.

import { detectCrs, exchanged, givenCrs, toGeographic, type Extent } from './crs';
import { fromGcj02, toGcj02 } from './gcj02';
import { zoneNumber, crsOfZone } from './zone';

/** Degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

export interface Reading {
	/** Null: as the file itself says. */
	epsg: number | null;
	/** North and east exchanged. */
	swapped: boolean;
	/** Put back from GCJ-02. */
	gcj02: boolean;
}

export interface Candidate extends Reading {
	box: Box;
	/** From the county's box; 0 where they meet. */
	awayKm: number;
	chosen: boolean;
}

const KM_PER_DEGREE = 111.2;

function awayKm(a: Box, b: Box): number {
	const east = Math.max(0, a[0] - b[2], b[0] - a[2]) * Math.cos((b[1] * Math.PI) / 180);
	const north = Math.max(0, a[1] - b[3], b[1] - a[3]);
	return Math.round(Math.hypot(east, north) * KM_PER_DEGREE * 10) / 10;
}

/** Of an extent in source coordinates; null where it cannot be that. */
function boxOf(extent: Extent, { epsg, swapped, gcj02 }: Reading): Box | null {
	const own = swapped ? exchanged(extent) : extent;
	const found = epsg === null ? detectCrs(null, own) : givenCrs(epsg, false);
	if (!found.ok) return null;
	const move = toGeographic(found.crs);
	const corners = [own.minX, own.maxX].flatMap((x) => [own.minY, own.maxY].map((y) => move(x, y)));
	const points = gcj02 ? corners.map(fromGcj02) : corners;
	const lons = points.map(([lon]) => lon);
	const lats = points.map(([, lat]) => lat);
	const box: Box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
	const sane = box.every(Number.isFinite) && box[0] >= -180 && box[2] <= 180 && box[1] >= -90 && box[3] <= 90;
	return sane ? box : null;
}

/** `county`: box of the jurisdiction. `used`: how the file is read now and where that puts it; null where it cannot be read. */
export function candidatesOf(
	extent: Extent,
	county: Box,
	used: (Reading & { box: Box }) | null
): Candidate[] {
	const plain = { epsg: null, swapped: false, gcj02: false };
	const zones = [...new Set([zoneNumber(county[0]), zoneNumber(county[2])])];
	const bare = zones.map((zone) => ({ ...plain, epsg: Number(crsOfZone(zone, false).slice(5)) }));
	const readings: Reading[] = [
		plain,
		...bare,
		{ ...plain, swapped: true },
		...bare.map((reading) => ({ ...reading, swapped: true })),
		// Those maps give degrees; metres come from surveyors.
		...(extent.maxX <= 180 ? [{ ...plain, gcj02: true }] : [])
	];
	const same = (a: Reading) =>
		used !== null && a.epsg === used.epsg && a.swapped === used.swapped && a.gcj02 === used.gcj02;
	const candidates = readings.flatMap((reading): Candidate[] => {
		const box = same(reading) && used ? used.box : boxOf(extent, reading);
		// Metres read in the wrong zone lie 3° away; anything further is no candidate.
		if (!box || (!same(reading) && awayKm(box, county) > 1000)) return [];
		return [{ ...reading, box, awayKm: awayKm(box, county), chosen: same(reading) }];
	});
	if (used && !candidates.some(({ chosen }) => chosen)) {
		const { box, ...reading } = used;
		candidates.unshift({ ...reading, box, awayKm: awayKm(box, county), chosen: true });
	}
	return candidates;
}

/** Whether a mean offset in metres is that of GCJ-02 at a place, within a fifth of it. */
export function isGcj02Offset(eastM: number, northM: number, [lon, lat]: readonly [number, number]): boolean {
	const [shiftedLon, shiftedLat] = toGcj02([lon, lat]);
	const metres = KM_PER_DEGREE * 1000;
	const east = (shiftedLon - lon) * metres * Math.cos((lat * Math.PI) / 180);
	const north = (shiftedLat - lat) * metres;
	return Math.hypot(eastM - east, northM - north) < 0.2 * Math.hypot(east, north);
}
