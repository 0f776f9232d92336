// 覆盖: what coverage is counted from, as columns, so that a browser can count it again at every movement of a slider. A row
// is a target for as long as it was active in one place; its visits are the rounds (batches that count) that called it.
// Invariant: rounds are in the order of their days, and so are the visits of a row. Days count from 1970-01-01 in China.

import { targetKinds, type TargetKind } from '../model';

export const kinds = targetKinds;
/** How a plan weighs a target: blacklisted before its grade; none: the registry names no party. */
export const standings = ['A', 'B', 'C', 'D', 'blacklist', 'none'] as const;
export type Standing = (typeof standings)[number];

/** A batch that counts and has a list: not a trial, not void. */
export interface Round {
	/** Of the draw. */
	id: number;
	name: string;
	kind: TargetKind;
	day: number;
	/** Targets called, substitutes instead of those they stand for. */
	called: number;
	/** Last day on which its inspections are on time; 0: none was set. */
	until: number;
	/** Places among `items` and `departments`: those of the task it was drawn for, none where it was drawn without one. */
	items: number[];
	departments: number[];
}

export interface CoverageHead {
	/** Day of the figures. */
	today: number;
	rows: number;
	visits: number;
	/** H3 at resolution 9. */
	cells: string[];
	/** office: place among the offices, −1 where none answers for it. */
	townships: { code: string; name: string; office: number }[];
	offices: { code: string; name: string }[];
	/** Of the rounds' tasks. kind: of the targets that the item applies to. */
	items: { code: string; name: string; kind: TargetKind }[];
	departments: string[];
	rounds: Round[];
	/** The newest frozen batch of each kind, which the chances are of. */
	chances: { id: number; name: string; kind: TargetKind }[];
}

export interface CoverageTable extends CoverageHead {
	/** Place among `cells`, among `townships`. */
	cell: Uint32Array;
	township: Uint16Array;
	/** kind + 2 × standing, places in the lists above. */
	traits: Uint8Array;
	/** Active from the day `from` until before the day `to`; STILL: until now. */
	from: Uint16Array;
	to: Uint16Array;
	/** Chance in `chances`, in units of 2⁻³⁰; 0: not in one of these frames. */
	mass: Int32Array;
	/** Visits of row i: visitStart[i] … visitStart[i + 1] − 1. */
	visitStart: Uint32Array;
	visitRound: Uint16Array;
	/** Day of its inspection, 0: none so far, or nobody could be reached. */
	visitChecked: Uint16Array;
	/** Bits of MARKS. */
	visitMarks: Uint8Array;
}

/** routed: it is placed in day routes of that draw; found: its inspection had findings, or was refused. */
export const MARKS = { routed: 1, found: 2 } as const;

export const STILL = 65_535;

/** Columns in their order in the bytes, widest first, so that each begins on a multiple of its width. */
const columns = [
	['cell', Uint32Array, 'rows'],
	['mass', Int32Array, 'rows'],
	['visitStart', Uint32Array, 'ends'],
	['township', Uint16Array, 'rows'],
	['from', Uint16Array, 'rows'],
	['to', Uint16Array, 'rows'],
	['visitRound', Uint16Array, 'visits'],
	['visitChecked', Uint16Array, 'visits'],
	['traits', Uint8Array, 'rows'],
	['visitMarks', Uint8Array, 'visits']
] as const;

const lengthOf = ({ rows, visits }: CoverageHead, of: 'rows' | 'ends' | 'visits') =>
	of === 'visits' ? visits : of === 'ends' ? rows + 1 : rows;

/** Length of the head as uint32, the head as JSON padded to a multiple of 4, then the columns; little-endian. */
export function encodeCoverage(table: CoverageTable): Uint8Array<ArrayBuffer> {
	const { today, rows, visits, cells, townships, offices, items, departments, rounds, chances } = table;
	const head: CoverageHead = {
		...{ today, rows, visits, cells, townships, offices, items, departments, rounds, chances }
	};
	const text = new TextEncoder().encode(JSON.stringify(head));
	const start = 4 + Math.ceil(text.length / 4) * 4;
	const size = columns.reduce(
		(sum, [, type, of]) => sum + lengthOf(head, of) * type.BYTES_PER_ELEMENT,
		start
	);
	const bytes = new Uint8Array(size).fill(32, 4, start);
	new DataView(bytes.buffer).setUint32(0, start - 4, true);
	bytes.set(text, 4);
	let at = start;
	for (const [name] of columns) {
		const column = table[name];
		bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
		at += column.byteLength;
	}
	return bytes;
}

/** The columns are views of the bytes: nothing is copied. */
export function decodeCoverage(bytes: ArrayBuffer): CoverageTable {
	const length = new DataView(bytes).getUint32(0, true);
	const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as CoverageHead;
	let at = 4 + length;
	const read = columns.map(([name, type, of]) => {
		const column = new type(bytes, at, lengthOf(head, of));
		at += column.byteLength;
		return [name, column];
	});
	return { ...head, ...(Object.fromEntries(read) as Omit<CoverageTable, keyof CoverageHead>) };
}
