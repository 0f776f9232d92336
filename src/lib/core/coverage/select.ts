// 交叉筛选: which rows are counted. Every row carries the filters it fails as bits, so that one pass serves the map (which
// does not heed its own extent), the figures (which do) and the counts on the chips (each heeding all filters but its own).

import { cellToLatLng } from 'h3-js';
import { kinds, STILL, standings, type CoverageTable } from './table';

/** Nothing chosen in a dimension: all of it. Places in the lists of the table. */
export interface CoverageFilter {
	kinds: readonly number[];
	standings: readonly number[];
	offices: readonly number[];
	/** Of the tasks that rounds belong to: the visits of other rounds are not counted. */
	items: readonly number[];
	departments: readonly number[];
}
export const noFilter: CoverageFilter = { kinds: [], standings: [], offices: [], items: [], departments: [] };
export type Box = readonly [west: number, south: number, east: number, north: number];

/** What is known at a point of time: the first `rounds` rounds have been held, and `day` is today. */
export interface Moment {
	day: number;
	rounds: number;
	/** 1 for each round whose visits are counted. */
	counted: Uint8Array;
}

export const FAILS = { kind: 1, standing: 2, office: 4, box: 8, item: 16 } as const;

/** The last position of the slider: 0 before the first round, k after round k on its day, and one more: today. */
export const lastPosition = ({ rounds }: CoverageTable): number => rounds.length + 1;

export function momentAt(table: CoverageTable, position: number, filter = noFilter): Moment {
	const { rounds, today } = table;
	const counted = countedRounds(table, filter);
	if (position > rounds.length || rounds.length === 0) return { day: today, rounds: rounds.length, counted };
	return { day: rounds[position - 1]?.day ?? rounds[0]!.day - 1, rounds: Math.max(0, position), counted };
}

const ofAny = (places: readonly number[], own: readonly number[]) =>
	places.length === 0 || own.some((place) => places.includes(place));

/** 1 for each round that the items and departments chosen take part in. */
export const countedRounds = ({ rounds }: CoverageTable, { items, departments }: CoverageFilter) =>
	Uint8Array.from(rounds, (round) =>
		Number(ofAny(items, round.items) && ofAny(departments, round.departments))
	);

export const activeAt = (table: CoverageTable, row: number, day: number): boolean => {
	const to = table.to[row]!;
	return table.from[row]! <= day && (to === STILL || day < to);
};

/** Place of the office of each township; those without one come last, as one. */
export const officeOf = ({ townships, offices }: CoverageTable): Int32Array =>
	Int32Array.from(townships, ({ office }) => (office < 0 ? offices.length : office));

const chosen = (places: readonly number[], size: number) =>
	Uint8Array.from({ length: size }, (_, k) => Number(places.length === 0 || places.includes(k)));

const centres = new WeakMap<object, Float64Array>();

/** Longitude, latitude of each cell of resolution 9, one after the other. */
function centresOf(table: CoverageTable): Float64Array {
	let known = centres.get(table.cells);
	if (!known) {
		known = new Float64Array(2 * table.cells.length);
		for (const [k, cell] of table.cells.entries()) {
			const [lat, lon] = cellToLatLng(cell);
			known[2 * k] = lon;
			known[2 * k + 1] = lat;
		}
		centres.set(table.cells, known);
	}
	return known;
}

/** The bits of FAILS for each row. A target lies in the box when the centre of its cell (350 m across) does. */
export function failuresOf(table: CoverageTable, filter: CoverageFilter, box: Box | null): Uint8Array {
	const kind = chosen(filter.kinds, 2);
	const applies = kinds.map((one) =>
		ofAny(
			filter.items,
			table.items.flatMap((item, k) => (item.kind === one ? [k] : []))
		)
	);
	const standing = chosen(filter.standings, standings.length);
	const byOffice = chosen(filter.offices, table.offices.length + 1);
	const office = officeOf(table).map((place) => byOffice[place]!);
	const outside = new Uint8Array(table.cells.length);
	if (box) {
		const at = centresOf(table);
		const [west, south, east, north] = box;
		for (let k = 0; k < outside.length; k++) {
			const [lon, lat] = [at[2 * k]!, at[2 * k + 1]!];
			if (lon < west || lon > east || lat < south || lat > north) outside[k] = FAILS.box;
		}
	}
	const fails = new Uint8Array(table.rows);
	for (let i = 0; i < fails.length; i++) {
		const traits = table.traits[i]!;
		fails[i] =
			(kind[traits & 1] ? 0 : FAILS.kind) |
			(applies[traits & 1] ? 0 : FAILS.item) |
			(standing[traits >> 1] ? 0 : FAILS.standing) |
			(office[table.township[i]!] ? 0 : FAILS.office) |
			outside[table.cell[i]!]!;
	}
	return fails;
}

/** Targets by value of each dimension among those that pass every other filter; by item and department, their visits. */
export function facetsOf(
	table: CoverageTable,
	fails: Uint8Array,
	{ day, rounds }: Moment,
	filter: CoverageFilter
) {
	const kind = new Uint32Array(2);
	const standing = new Uint32Array(standings.length);
	const office = new Uint32Array(table.offices.length + 1);
	const held = new Uint32Array(table.rounds.length);
	const offices = officeOf(table);
	for (let i = 0; i < fails.length; i++) {
		if (!activeAt(table, i, day)) continue;
		const failed = fails[i]!;
		const traits = table.traits[i]!;
		if ((failed & ~FAILS.kind) === 0) kind[traits & 1]!++;
		if ((failed & ~FAILS.standing) === 0) standing[traits >> 1]!++;
		if ((failed & ~FAILS.office) === 0) office[offices[table.township[i]!]!]!++;
		if ((failed & ~FAILS.item) !== 0) continue;
		for (let v = table.visitStart[i]!; v < table.visitStart[i + 1]! && table.visitRound[v]! < rounds; v++)
			held[table.visitRound[v]!]!++;
	}
	const among = (dimension: 'items' | 'departments', counted: Uint8Array) => {
		const sums = new Uint32Array(table[dimension].length);
		for (const [r, round] of table.rounds.entries())
			if (counted[r]) for (const place of round[dimension]) sums[place]! += held[r]!;
		return sums;
	};
	return {
		...{ kind, standing, office },
		item: among('items', countedRounds(table, { ...filter, items: [] })),
		department: among('departments', countedRounds(table, { ...filter, departments: [] }))
	};
}
