// Reads the parameters of a request for features; says which one is wrong and what it may be.
import { sources, type CollectionId } from './collections';
import { crsOf, systems, type Crs } from './crs';
import { DEFAULT_LIMIT, MOST_ITEMS, type ItemsQuery } from './items';

export type Asked<T> = { ok: true; value: T } | { ok: false; parameter: string; expected: string };
const wrong = (parameter: string, expected: string) => ({ ok: false, parameter, expected }) as const;

const known = ['limit', 'after', 'bbox', 'bbox-crs', 'crs', 'datetime', 'f'];

export function itemsQuery(url: URL, id: CollectionId, plane: number, now: Date): Asked<ItemsQuery> {
	const given = url.searchParams;
	const { properties } = sources[id];
	const strange = [...given.keys()].find(
		(name) => !known.includes(name) && name !== 'code' && !(name in properties)
	);
	if (strange !== undefined) return wrong(strange, [...known, ...Object.keys(properties)].join(', '));
	const limit = Number(given.get('limit') ?? DEFAULT_LIMIT);
	if (!Number.isInteger(limit) || limit < 1) return wrong('limit', `1–${MOST_ITEMS}`);
	const bbox = given.get('bbox') === null ? null : boxOf(given.get('bbox')!);
	if (bbox === undefined) return wrong('bbox', 'minx,miny,maxx,maxy');
	const place = placeOf(url, id, plane, now);
	if (!place.ok) return place;
	const bboxCrs = crsOf(given.get('bbox-crs'), plane);
	if (!bboxCrs)
		return wrong(
			'bbox-crs',
			systems(plane)
				.map(({ uri }) => uri)
				.join(', ')
		);
	const equal = Object.fromEntries(
		Object.keys(properties).flatMap((name) => (given.has(name) ? [[name, given.get(name)!]] : []))
	);
	const after = given.get('after') ?? '';
	return {
		ok: true,
		value: { ...place.value, limit: Math.min(limit, MOST_ITEMS), after, bbox, bboxCrs, equal }
	};
}

/** crs and datetime, which one feature can be asked for with as well. */
export function placeOf(
	url: URL,
	id: CollectionId,
	plane: number,
	now: Date
): Asked<{ id: CollectionId; crs: Crs; at: Date | null }> {
	const crs = crsOf(url.searchParams.get('crs'), plane);
	if (!crs)
		return wrong(
			'crs',
			systems(plane)
				.map(({ uri }) => uri)
				.join(', ')
		);
	const at = instantOf(url.searchParams.get('datetime'), now);
	if (at === undefined)
		return wrong('datetime', '2026-03-01T00:00:00Z, or an interval ending there: ../2026-03-01T00:00:00Z');
	return { ok: true, value: { id, crs, at: sources[id].past ? at : null } };
}

function boxOf(text: string): [number, number, number, number] | undefined {
	const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
	const flat = numbers.length === 6 ? [numbers[0]!, numbers[1]!, numbers[3]!, numbers[4]!] : numbers;
	if (flat.length !== 4 || !flat.every(Number.isFinite)) return undefined;
	return flat[2]! >= flat[0]! && flat[3]! >= flat[1]!
		? (flat as [number, number, number, number])
		: undefined;
}

/** What held at an instant, or at the end of an interval; null: now. */
function instantOf(text: string | null, now: Date): Date | null | undefined {
	if (text === null) return null;
	const end = text.split('/').at(-1)!;
	if (end === '..' || end === '') return null;
	if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(end)) return undefined;
	const at = new Date(end);
	return Number.isNaN(at.getTime()) ? undefined : at >= now ? null : at;
}
