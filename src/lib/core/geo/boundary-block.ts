// One parcel or area of a corner list: what was read of it, and the polygons that come of its corners.
// Invariant: a finished block has polygons or faults, never both; every fault names its line.

import type { Corner } from './corner';
import { MAX_RINGS, nestRings } from './nest';
import type { Ring } from './shape';

export interface BoundaryFault {
	line: number;
	field: string;
	rule: BoundaryRule;
	values: Readonly<Record<string, string | number>>;
}
export type BoundaryRule =
	| 'corner_form'
	| 'corner_units'
	| 'corner_count'
	| 'axes_swapped'
	| 'zone_missing'
	| 'zone_conflict'
	| 'geometry_ring'
	| 'rings_many'
	| 'not_area'
	| 'area_form';

export interface BoundaryCorner extends Corner {
	line: number;
	label: string;
	/** 圈号. */
	ring: number;
}

export interface BoundaryBlock {
	line: number;
	/** Of a parcel: what stands before its @. */
	columns: string[];
	/** By the names that a column of a table would have. */
	properties: Map<string, string>;
	/** As written, with its unit; '' where there is none that can be read. */
	area: string;
	/** As written, closing ones included. */
	corners: BoundaryCorner[];
	unit: Corner['unit'];
	/** East with the prefix of a 3° zone and north, or degrees; closed. */
	polygons: Ring[][];
	faults: BoundaryFault[];
	notes: BoundaryFault[];
}

export const emptyBlock = (line: number): BoundaryBlock => ({
	line,
	columns: [],
	properties: new Map(),
	area: '',
	corners: [],
	unit: 'metre',
	polygons: [],
	faults: [],
	notes: []
});

/** From corners to polygons, with everything that is odd about them. */
export function finishBlock(block: BoundaryBlock, stated: number | null, zone: number | null): void {
	const { line, faults, notes, corners } = block;
	const note = (rule: BoundaryRule, field: string, values: BoundaryFault['values'] = {}) =>
		notes.push({ line, field, rule, values });
	const fault = (rule: BoundaryRule, field: string, values: BoundaryFault['values'] = {}, at = line) =>
		faults.push({ line: at, field, rule, values });
	inReadingOrder(corners);
	block.unit = corners[0]?.unit ?? 'metre';
	const other = corners.find((corner) => corner.unit !== block.unit);
	if (other) fault('corner_units', '界址点', {}, other.line);
	const bare = corners.find((corner) => corner.bare);
	if (bare && zone === null) fault('zone_missing', 'Y', {}, bare.line);
	const prefixed = corners.find((corner) => corner.unit === 'metre' && !corner.bare);
	const prefix = prefixed && Math.floor(prefixed.east / 1e6);
	if (stated !== null && prefix && prefix !== stated) note('zone_conflict', '带号', { stated, prefix });
	const swapped = corners.filter((corner) => corner.swapped).length;
	if (swapped > 0 && block.unit === 'metre') note('axes_swapped', 'X', { count: swapped });

	const rings = ringsOf(corners);
	if (rings.length > MAX_RINGS) return void fault('rings_many', '圈号', { max: MAX_RINGS });
	const short = rings.find((ring) => ring.length < 3);
	if (short || rings.length === 0) fault('geometry_ring', '界址点', {}, short?.[0]?.line ?? line);
	const count = Number(block.columns[0]);
	const open = rings.reduce((sum, ring) => sum + ring.length, 0);
	if (block.columns.length > 0 && !(count >= open && count <= open + rings.length)) {
		note('corner_count', '界址点数', { stated: block.columns[0]!.slice(0, 20), count: open });
	}
	if (faults.length > 0) return;
	const east = (corner: BoundaryCorner) => (corner.bare ? corner.east + zone! * 1e6 : corner.east);
	block.polygons = nestRings(
		rings.map((ring) => Float64Array.from([...ring, ring[0]!].flatMap((each) => [east(each), each.north])))
	);
}

/** Tables in two columns are read line by line; their numbers say how they go on. */
function inReadingOrder(corners: BoundaryCorner[]): void {
	const paired = corners.some((corner, i) => i > 0 && corner.line === corners[i - 1]!.line);
	const numbers = corners.map(({ label }) => Number(/\d+$/.exec(label)?.[0] ?? NaN));
	if (!paired || new Set(numbers).size < corners.length || numbers.some(Number.isNaN)) return;
	const number = new Map(corners.map((corner, i) => [corner, numbers[i]!]));
	corners.sort((a, b) => number.get(a)! - number.get(b)!);
}

/** Open rings: a new one begins with another 圈号, and after a corner that repeats the first. */
function ringsOf(corners: readonly BoundaryCorner[]): BoundaryCorner[][] {
	const rings: BoundaryCorner[][] = [];
	let ring: BoundaryCorner[] = [];
	for (const corner of corners) {
		const [first] = ring;
		if (first && first.ring !== corner.ring) {
			rings.push(ring);
			ring = [corner];
		} else if (first && ring.length > 2 && first.east === corner.east && first.north === corner.north) {
			rings.push(ring);
			ring = [];
		} else ring.push(corner);
	}
	return ring.length > 0 ? [...rings, ring] : rings;
}
