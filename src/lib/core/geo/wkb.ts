// Well-known binary (OGC 06-103r4 §8, and PostGIS's EWKB with its flag bits) to a shape and back.
// Invariant: heights and measures are dropped; a collection gives the polygons inside it; curves are named, not read.

import type { Ring, Shape } from './shape';

const names = [
	'GEOMETRY',
	'POINT',
	'LINESTRING',
	'POLYGON',
	'MULTIPOINT',
	'MULTILINESTRING',
	'MULTIPOLYGON',
	'GEOMETRYCOLLECTION'
];

/** @throws RangeError when the bytes end too early */
export function readWkb(bytes: Uint8Array): Shape {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 0;
	const shape: Shape = { type: '', polygons: [], lines: [], point: null };

	function geometry(top: boolean): void {
		const little = view.getUint8(at) === 1;
		const raw = view.getUint32(at + 1, little);
		at += 5;
		if (raw & 0x20000000) at += 4;
		const code = (raw & 0x0fffffff) % 1000;
		const iso = Math.floor((raw & 0x0fffffff) / 1000);
		const extra =
			(raw & 0x80000000 || iso === 1 || iso === 3 ? 1 : 0) + (raw & 0x40000000 || iso >= 2 ? 1 : 0);
		const stride = 8 * (2 + extra);
		if (top) shape.type = names[code] ?? 'CURVE';
		const count = () => {
			at += 4;
			return view.getUint32(at - 4, little);
		};
		const points = (n: number): Ring => {
			// Before any memory is taken for what the bytes only claim to hold.
			if (n * stride > bytes.length - at) throw new RangeError(`${n} points in ${bytes.length} bytes`);
			const ring = new Float64Array(2 * n);
			for (let i = 0; i < n; i++, at += stride) {
				ring[2 * i] = view.getFloat64(at, little);
				ring[2 * i + 1] = view.getFloat64(at + 8, little);
			}
			return ring;
		};
		if (code === 1) {
			const [x, y] = points(1);
			shape.point ??= [x!, y!];
		} else if (code === 2) {
			shape.lines.push(points(count()));
		} else if (code === 3) {
			const rings: Ring[] = [];
			for (let n = count(); n > 0; n--) rings.push(points(count()));
			if (rings.length > 0) shape.polygons.push(rings);
		} else if (code >= 4 && code <= 7) {
			for (let n = count(); n > 0; n--) geometry(false);
		} else {
			at = bytes.length;
		}
	}
	geometry(true);
	return shape;
}

/** Little-endian EWKB of a MULTIPOLYGON with an SRID. */
export function writeMultiPolygon(polygons: readonly (readonly Ring[])[], srid: number): Uint8Array {
	let size = 13;
	for (const rings of polygons) size += 9 + rings.reduce((sum, ring) => sum + 4 + 8 * ring.length, 0);
	const bytes = new Uint8Array(size);
	const view = new DataView(bytes.buffer);
	let at = 0;
	const head = (type: number) => {
		view.setUint8(at, 1);
		view.setUint32(at + 1, type, true);
		at += 5;
	};
	const word = (value: number) => {
		view.setUint32(at, value, true);
		at += 4;
	};
	head(0x20000006);
	word(srid);
	word(polygons.length);
	for (const rings of polygons) {
		head(3);
		word(rings.length);
		for (const ring of rings) {
			word(ring.length / 2);
			for (const value of ring) {
				view.setFloat64(at, value, true);
				at += 8;
			}
		}
	}
	return bytes;
}
