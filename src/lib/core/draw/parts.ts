// The parts of a frame: the rows of one township in one cell. The draw settles each part first, so each part is drawn
// to within one of its share. Invariant: parts come by township, then cell, and rows inside a part in frame order.

import type { Frame } from './frame';

export interface Parts {
	count: number;
	/** All rows of the frame, part after part. */
	rows: Int32Array;
	/** Where each part starts in `rows`; one more entry, the size of the frame. */
	starts: Int32Array;
	/** Place of each part's township and cell in the frame's dictionaries. */
	township: Int32Array;
	cell: Int32Array;
}

/** Rows sorted by key, stable: a counting sort over keys 0 … keys − 1. */
function sortBy(rows: Int32Array, key: Int32Array, keys: number): Int32Array {
	const next = new Int32Array(keys + 1);
	for (const row of rows) next[key[row]! + 1]!++;
	for (let k = 0; k < keys; k++) next[k + 1]! += next[k]!;
	const sorted = new Int32Array(rows.length);
	for (const row of rows) sorted[next[key[row]!]!++] = row;
	return sorted;
}

export function partsOf(frame: Frame): Parts {
	const { size, townshipOf, cellOf } = frame;
	const byCell = sortBy(
		new Int32Array(size).map((_, i) => i),
		cellOf,
		frame.cells.length
	);
	const rows = sortBy(byCell, townshipOf, frame.townships.length);
	const starts: number[] = [];
	for (let at = 0; at < size; at++) {
		const row = rows[at]!;
		const before = rows[at - 1];
		if (before === undefined || townshipOf[row] !== townshipOf[before] || cellOf[row] !== cellOf[before])
			starts.push(at);
	}
	return {
		count: starts.length,
		rows,
		starts: Int32Array.from([...starts, size]),
		township: Int32Array.from(starts, (at) => townshipOf[rows[at]!]!),
		cell: Int32Array.from(starts, (at) => cellOf[rows[at]!]!)
	};
}
