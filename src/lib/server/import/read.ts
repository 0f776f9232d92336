// What inspection and import share: who reads a file, and its features moved to where they are stored.
import { rounded, toGeographic, type SourceCrs } from '../../core/geo/crs';
import { fromGcj02 } from '../../core/geo/gcj02';
import { checkShape, moveShape, type Shape } from '../../core/geo/shape';
import type { LonLat } from '../../core/model';
import { openKml } from './kml-source';
import { openLayer } from './layer-source';
import type { Feature, Found } from './source';
import { openTable } from './table-source';

export const readers = { table: openTable, layer: openLayer, kml: openKml };

export const verticesOf = ({ shape }: Feature) =>
	shape ? [...shape.polygons.flat(), ...shape.lines].reduce((sum, ring) => sum + ring.length / 2, 0) : 0;

export function movement(crs: SourceCrs, gcj02: boolean): (x: number, y: number) => LonLat {
	const move = toGeographic(crs);
	if (!gcj02) return move;
	return (x, y) => {
		const [lon, lat] = fromGcj02(move(x, y));
		return [rounded(lon), rounded(lat)];
	};
}

/** A geometry that has been read and moved, or the rules it breaks. */
export type Placed = { shape: Shape } | { faults: readonly Found[] };

export function placed({ shape, refused }: Feature, move: ((x: number, y: number) => LonLat) | null): Placed {
	if (refused.length > 0) return { faults: refused };
	if (!shape || !move) return { faults: [{ rule: 'geometry_missing', values: {} }] };
	const checked = checkShape(shape);
	if (!checked) return { faults: [{ rule: 'geometry_ring', values: {} }] };
	moveShape(checked, move);
	return { shape: checked };
}
