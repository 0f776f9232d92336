// Which coordinate system a file is in: what the user says, else the zone prefix of its eastings, else what the file
// says, else degrees where they can be nothing else. Storage is geographic CGCS2000 (EPSG:4490); WGS 84 is taken as it
// is, the two differing by centimetres. Invariant: coordinates are never guessed between zones; unknown is refused.

import type { LonLat } from '../model';
import {
	datumNames,
	ellipsoidOf,
	oldDatumIn,
	oldSystemOf,
	shiftOf,
	type OldDatum,
	type SevenParameters
} from './datum';
import { gaussKruger, toLonLat as toCgcs2000, zoneOfCrs } from './zone';

type System =
	| { kind: 'geographic'; name: string }
	/** Gauss–Krüger, scale 1; falseEast 40 500 000 carries the prefix 40, 500 000 none. */
	| { kind: 'gauss_kruger'; name: string; centralMeridian: number; falseEast: number }
	/** Anything else, for the reading program to transform. */
	| { kind: 'other'; name: string };

/** What a file declares, boiled down by whoever read it; on an old datum where `datum` says so. */
export type DeclaredCrs = System & { datum?: OldDatum | null };

export type SourceCrs = (
	| System
	/** 3° zones by the two leading digits of every easting, so one file may hold several zones. */
	| { kind: 'prefix'; name: string }
) & {
	/** Not on CGCS2000, and what leads there. */
	old?: { datum: OldDatum; seven: SevenParameters } | null;
};

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

const moved = (crs: SourceCrs, old: NonNullable<SourceCrs['old']>): SourceCrs => ({
	...{ ...crs, old },
	name: `${crs.name} → CGCS2000`
});

/** `EPSG:n` given by the user. `canTransform`: whether the reading program knows other systems too. `seven`: what leads from
 *  an old datum, where the user has it. */
export function givenCrs(
	epsg: number,
	canTransform: boolean,
	seven: SevenParameters | null = null
): CrsResult {
	const name = `EPSG:${epsg}`;
	const system = oldSystemOf(epsg);
	if (system) {
		const { datum, plane } = system;
		if (!seven) return { ok: false, reason: 'datum_old', datum: name };
		const crs: System = plane ? { kind: 'gauss_kruger', name, ...plane } : { kind: 'geographic', name };
		return { ok: true, crs: moved(crs, { datum, seven }), overruled: null };
	}
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

/** How corners of a list are moved, which say themselves whether they are metres or degrees, and mostly their zone. */
export interface CornerSystem {
	/** Of three degrees, for eastings without a prefix, as the user says it. */
	zone: number | null;
	metres: SourceCrs;
	/** null: they are what is stored. */
	degrees: SourceCrs | null;
}

/** `epsg`: what the user says; `datum`: what the list says. */
export function cornerSystem(
	epsg: number | null,
	datum: OldDatum | null,
	seven: SevenParameters | null
): { ok: true; system: CornerSystem } | Extract<CrsResult, { ok: false }> {
	const given = epsg === null ? null : givenCrs(epsg, false, seven);
	if (given && !given.ok) return given;
	if (datum && epsg === null && !seven) return { ok: false, reason: 'datum_old', datum };
	const old = given ? given.crs.old : datum && seven && { datum, seven };
	const meridian = given?.crs.kind === 'gauss_kruger' ? given.crs.centralMeridian : null;
	return {
		ok: true,
		system: {
			zone: meridian === null ? null : meridian / 3,
			metres: { kind: 'prefix', name: '', ...(old && { old }) },
			degrees: old ? { kind: 'geographic', name: '', old } : null
		}
	};
}

/** From the file and its extent, in source coordinates. `overruled`: the declared system that its own eastings contradict. */
export function detectCrs(
	declared: DeclaredCrs | null,
	extent: Extent,
	seven: SevenParameters | null = null
): CrsResult {
	const first = prefixOf(extent.minX);
	const last = prefixOf(extent.maxX);
	const prefixed = isPrefix(first) && isPrefix(last) && extent.minY > 0 && extent.maxY < 1e7;
	const datum = declared && (declared.datum ?? oldDatumIn(declared.name));
	if (datum && !seven) return { ok: false, reason: 'datum_old', datum: declared.name };
	const old = datum && seven ? { datum, seven } : null;
	const found = (crs: SourceCrs, overruled: string | null = null): CrsResult => ({
		...{ ok: true, overruled },
		crs: old ? moved(crs, old) : crs
	});
	if (declared?.kind === 'other') return old ? { ok: false, reason: 'crs_unsupported' } : found(declared);
	if (declared?.kind === 'gauss_kruger') {
		const own = prefixOf(declared.falseEast);
		const agrees = prefixed ? first === own && last === own : own === 0;
		// Six-degree zones carry prefixes 13–23, which no 3° zone of China has: the file is believed.
		if (agrees || (own > 0 && !isPrefix(own))) return found(declared);
	}
	if (declared?.kind === 'geographic' && inDegrees(extent)) return found(declared);
	const overruled = declared?.name ?? null;
	if (prefixed) {
		const name = `${datum ? datumNames[datum] : 'CGCS2000'} 3° ${first === last ? first : `${first}–${last}`}`;
		return found({ kind: 'prefix', name }, overruled);
	}
	if (declared === null && inDegrees(extent)) return found({ kind: 'geographic', name: 'EPSG:4490' });
	return { ok: false, reason: 'crs_unknown' };
}

/** Degrees to 10⁻⁹ (0.1 mm), so that the same outline read from two formats is the same bytes. */
export const rounded = (degrees: number) => Math.round(degrees * 1e9) / 1e9;

/** From source coordinates to rounded EPSG:4490. `other` is expected in degrees already. */
export function toGeographic(crs: SourceCrs): (x: number, y: number) => [number, number] {
	const { old } = crs;
	const { toLonLat } = old ? gaussKruger(ellipsoidOf[old.datum]) : { toLonLat: toCgcs2000 };
	const shift = old ? shiftOf(old.datum, old.seven) : (place: LonLat) => place;
	const placed = (place: LonLat): [number, number] => {
		const [lon, lat] = shift(place);
		return [rounded(lon), rounded(lat)];
	};
	if (crs.kind === 'gauss_kruger' || crs.kind === 'prefix') {
		return (x, y) => {
			const prefix = crs.kind === 'prefix' ? prefixOf(x) : 0;
			const meridian = crs.kind === 'prefix' ? prefix * 3 : crs.centralMeridian;
			const east = crs.kind === 'prefix' ? x - prefix * 1e6 : x - crs.falseEast + 500_000;
			return placed(toLonLat({ x: east, y }, meridian));
		};
	}
	return (x, y) => placed([x, y]);
}
