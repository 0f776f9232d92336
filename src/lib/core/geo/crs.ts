// Which coordinate system a file is in: what the user says, else the zone prefix of its eastings, else what the file
// says, else degrees where they can be nothing else. Storage is geographic CGCS2000 (EPSG:4490); WGS 84 is taken as it
// is, the two differing by centimetres. Invariant: coordinates are never guessed between zones; unknown is refused.

import { toLonLat, zoneOfCrs } from './zone';

/** What a file declares, boiled down by whoever read it. */
export type DeclaredCrs =
	| { kind: 'geographic'; name: string }
	/** Gauss–Krüger on CGCS2000, scale 1; falseEast 40 500 000 carries the prefix 40, 500 000 none. */
	| { kind: 'gauss_kruger'; name: string; centralMeridian: number; falseEast: number }
	/** Anything else, for the reading program to transform, e.g. Xian 1980. */
	| { kind: 'other'; name: string };

export type SourceCrs =
	| Exclude<DeclaredCrs, { kind: 'gauss_kruger' }>
	| Extract<DeclaredCrs, { kind: 'gauss_kruger' }>
	/** 3° zones by the two leading digits of every easting, so one file may hold several zones. */
	| { kind: 'prefix'; name: string };

export type CrsResult =
	| { ok: true; crs: SourceCrs; overruled: string | null }
	| { ok: false; reason: 'crs_unknown' | 'crs_unsupported' }
	| { ok: false; reason: 'datum_old'; datum: string };

export interface Extent {
	minX: number;
	minY: number;
	maxX: number;
	maxY: number;
}

export const exchanged = ({ minX, minY, maxX, maxY }: Extent): Extent => ({
	minX: minY,
	minY: minX,
	maxX: maxY,
	maxY: maxX
});

const inDegrees = ({ minX, minY, maxX, maxY }: Extent) =>
	minX >= -180 && maxX <= 180 && minY >= -90 && maxY <= 90;
const prefixOf = (east: number) => Math.floor(east / 1e6);
const isPrefix = (zone: number) => zone >= 25 && zone <= 45;

/** Xian 1980 and Beijing 1954 are tens of metres off, by parameters that are secret and differ from place to place. */
export const isOldDatum = (name: string) => /Xian|西安|1980|Beijing|北京|1954|Pulkovo/i.test(name);
const oldEpsg = (epsg: number) =>
	(epsg >= 2327 && epsg <= 2442) || (epsg >= 21413 && epsg <= 21483) || epsg === 4610 || epsg === 4214;

/** `EPSG:n` given by the user. `canTransform`: whether the reading program knows other systems too. */
export function givenCrs(epsg: number, canTransform: boolean): CrsResult {
	const name = `EPSG:${epsg}`;
	if (oldEpsg(epsg)) return { ok: false, reason: 'datum_old', datum: name };
	if (epsg === 4490 || epsg === 4326) return { ok: true, crs: { kind: 'geographic', name }, overruled: null };
	const zone = zoneOfCrs(name);
	if (zone) {
		const falseEast = (zone.prefixed ? zone.zone * 1e6 : 0) + 500_000;
		return {
			ok: true,
			crs: { kind: 'gauss_kruger', name, centralMeridian: zone.centralMeridian, falseEast },
			overruled: null
		};
	}
	return canTransform
		? { ok: true, crs: { kind: 'other', name }, overruled: null }
		: { ok: false, reason: 'crs_unsupported' };
}

/** From the file and its extent, in source coordinates. `overruled`: the declared system that its own eastings contradict. */
export function detectCrs(declared: DeclaredCrs | null, extent: Extent): CrsResult {
	const first = prefixOf(extent.minX);
	const last = prefixOf(extent.maxX);
	const prefixed = isPrefix(first) && isPrefix(last) && extent.minY > 0 && extent.maxY < 1e7;
	if (declared?.kind === 'other') {
		return isOldDatum(declared.name)
			? { ok: false, reason: 'datum_old', datum: declared.name }
			: { ok: true, crs: declared, overruled: null };
	}
	if (declared?.kind === 'gauss_kruger') {
		const own = prefixOf(declared.falseEast);
		const agrees = prefixed ? first === own && last === own : own === 0;
		// Six-degree zones carry prefixes 13–23, which no 3° zone of China has: the file is believed.
		if (agrees || (own > 0 && !isPrefix(own))) return { ok: true, crs: declared, overruled: null };
	}
	if (declared?.kind === 'geographic' && inDegrees(extent))
		return { ok: true, crs: declared, overruled: null };
	const overruled = declared?.name ?? null;
	if (prefixed) {
		const name = first === last ? `CGCS2000 3° ${first}` : `CGCS2000 3° ${first}–${last}`;
		return { ok: true, crs: { kind: 'prefix', name }, overruled };
	}
	if (declared === null && inDegrees(extent)) {
		return { ok: true, crs: { kind: 'geographic', name: 'EPSG:4490' }, overruled };
	}
	return { ok: false, reason: 'crs_unknown' };
}

/** Degrees to 10⁻⁹ (0.1 mm), so that the same outline read from two formats is the same bytes. */
export const rounded = (degrees: number) => Math.round(degrees * 1e9) / 1e9;

/** From source coordinates to rounded EPSG:4490. `other` is expected in degrees already. */
export function toGeographic(crs: SourceCrs): (x: number, y: number) => [number, number] {
	if (crs.kind === 'gauss_kruger' || crs.kind === 'prefix') {
		return (x, y) => {
			const prefix = crs.kind === 'prefix' ? prefixOf(x) : 0;
			const meridian = crs.kind === 'prefix' ? prefix * 3 : crs.centralMeridian;
			const east = crs.kind === 'prefix' ? x - prefix * 1e6 : x - crs.falseEast + 500_000;
			const [lon, lat] = toLonLat({ x: east, y }, meridian);
			return [rounded(lon), rounded(lat)];
		};
	}
	return (x, y) => [rounded(x), rounded(y)];
}
