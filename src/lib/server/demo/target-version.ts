// A target of the demonstration over time: the version the registry began with, and the one since something changed.
import { cellOf, wholeMetres } from '../../core/geo/cell';
import type { TargetKind } from '../../core/model';
import { toLonLat } from './plane';
import type { Ring } from './polygon';
import type { Random } from './random';
import { representative } from './representative';

type Status = 'active' | 'suspended' | 'closed';

/** One version of a target. */
export interface TargetVersion {
	code: string;
	kind: TargetKind;
	name: string;
	party: string;
	township: string;
	/** GeoJSON MultiPolygon, EPSG:4490. */
	geometry: string;
	/** The representative point, EPSG:4490. */
	lon: number;
	lat: number;
	xM: number;
	yM: number;
	cell: string;
	attributes: Record<string, string>;
	status: Status;
	/** Instants, ISO 8601; `to` null while it is current. */
	from: string;
	to: string | null;
}

/** Central meridian of the county's plane CRS, EPSG:4549. */
const CENTRAL_MERIDIAN = 120;

/** Days since 1970-01-01. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** The instant at which a day begins in China. */
export const startOf = (day: number): string => new Date(day * 86_400_000 - 8 * 3_600_000).toISOString();

/** The registry of the demonstration begins. */
export const FIRST_DAY = dayOf('2023-01-01');
/** Nothing of the demonstration changes after this day. */
const LAST_DAY = dayOf('2026-06-30');

/** Day on which a target entered the registry: most with its beginning, the rest over the first three years. */
export const registeredOn = (rng: Random): number =>
	rng.chance(0.86) ? FIRST_DAY : FIRST_DAY + 20 + rng.int(dayOf('2025-12-31') - FIRST_DAY - 20);

export function place(ring: Ring): Pick<TargetVersion, 'geometry' | 'lon' | 'lat' | 'xM' | 'yM' | 'cell'> {
	const corners = ring.map(toLonLat);
	const point = toLonLat(representative(ring));
	return {
		geometry: JSON.stringify({ type: 'MultiPolygon', coordinates: [[[...corners, corners[0]!]]] }),
		lon: point[0],
		lat: point[1],
		...wholeMetres(point, CENTRAL_MERIDIAN),
		cell: cellOf(point)
	};
}

/** Where the status today is not `active`, the target was active until a day in between. */
export function versions(
	today: Omit<TargetVersion, 'from' | 'to'>,
	registered: number,
	rng: Random
): TargetVersion[] {
	const from = startOf(registered);
	if (today.status === 'active') return [{ ...today, from, to: null }];
	const changed = startOf(registered + 90 + rng.int(LAST_DAY - registered - 90));
	return [
		{ ...today, status: 'active', from, to: changed },
		{ ...today, from: changed, to: null }
	];
}
