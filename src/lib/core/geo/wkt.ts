// Well-known text to a shape: POINT, POLYGON and MULTIPOLYGON, with or without Z, M and a leading SRID=…; (EWKT).
// Invariant: text that is not wholly understood is null, never half a geometry; other types are named, not read.

import type { Ring, Shape } from './shape';

export function readWkt(source: string): Shape | null {
	const head = /^\s*(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:ZM|Z|M)?\s*(\(.*\))\s*$/is.exec(source);
	if (!head) return null;
	// POINTZ is written as well as POINT Z; no type ends in Z or M by itself.
	const type = head[1]!.toUpperCase().replace(/(ZM|Z|M)$/, '');
	const shape: Shape = { type, polygons: [], lines: [], point: null };
	if (!['POINT', 'POLYGON', 'MULTIPOLYGON'].includes(type)) return shape;
	const nested = parse(head[2]!);
	if (nested === null) return null;
	const ring = (value: Nested): Ring | null => {
		const [text, ...more] = typeof value === 'string' ? [] : value;
		return typeof text === 'string' && more.length === 0 ? pairs(text) : null;
	};
	const polygon = (value: Nested): boolean => {
		if (typeof value === 'string') return false;
		const rings = value.map(ring);
		if (rings.includes(null)) return false;
		shape.polygons.push(rings as Ring[]);
		return true;
	};
	if (type === 'POINT') {
		const xy = ring(nested);
		if (xy?.length !== 2) return null;
		shape.point = [xy[0]!, xy[1]!];
		return shape;
	}
	if (typeof nested === 'string') return null;
	return (type === 'POLYGON' ? polygon(nested) : nested.every(polygon)) ? shape : null;
}

type Nested = string | Nested[];

/** Brackets to nested lists; the innermost stay text. */
function parse(text: string): Nested | null {
	const stack: Nested[][] = [[]];
	for (const token of text.match(/[()]|[^()]+/g) ?? []) {
		const top = stack.at(-1)!;
		if (token === '(') stack.push([]);
		else if (token === ')') {
			const done = stack.pop()!;
			const outer = stack.at(-1);
			if (!outer) return null;
			outer.push(done);
		} else if (token.replaceAll(',', '').trim() !== '') top.push(token);
	}
	return stack.length === 1 && stack[0]!.length === 1 ? stack[0]![0]! : null;
}

/** `x y [z [m]], …` to flat pairs. */
function pairs(text: string): Ring | null {
	const points = text.split(',').map((point) => point.trim().split(/\s+/).map(Number));
	if (points.some((point) => point.length < 2 || point.length > 4 || point.some(Number.isNaN))) return null;
	return Float64Array.from(points.flatMap((point) => point.slice(0, 2)));
}
