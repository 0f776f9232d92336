// The defect of another platform: one random start and every ⌊N/n⌋-th row of a sorted list. A start lies in the first
// k = ⌊N/n⌋ rows, so rows n·k … N − 1 (N mod n of them) can never be drawn, whatever the start; and two neighbours never
// together. Found by its pattern: the drawn stand exactly k apart, in the order of the file or in an order such a list is
// sorted by. A fair draw shows it with chance k / C(N, n), which is stated, and must be below MOST to be called found.

import { logChoose } from './chi-square';
import type { AuditRow, Batch } from './list';

export type SortedBy = 'file' | 'office' | 'id' | 'registered';
/** end: goes on at the beginning of the list, so that every row can be reached. */
export type Stepping = 'stops' | 'wraps';

export interface EveryKth {
	batch: string;
	size: number;
	drawn: number;
	step: number;
	/** Position of the first drawn, from 1. */
	start: number;
	sortedBy: SortedBy;
	stepping: Stepping;
	/** log10 of the chance that a fair draw looks like this under one of the orders tried. */
	log10Chance: number;
	/** Exactly the targets that no start could have reached, in the order of that list. */
	unreachable: string[];
}

/** A pattern more likely than this says nothing. */
const MOST_LOG10 = -6;

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const orders: Record<SortedBy, ((a: AuditRow, b: AuditRow) => number) | null> = {
	file: null,
	office: (a, b) => text(a.office, b.office),
	id: (a, b) => text(a.id, b.id),
	registered: (a, b) => text(a.registered ?? '', b.registered ?? '')
};

/** null: this batch was not drawn so, or is too small to tell. */
export function findEveryKth({ name, rows }: Batch): EveryKth | null {
	const size = rows.length;
	const drawn = rows.filter((row) => row.drawn).length;
	if (drawn < 2 || drawn >= size) return null;
	const step = Math.floor(size / drawn);
	for (const [sortedBy, compare] of Object.entries(orders) as [SortedBy, (typeof orders)[SortedBy]][]) {
		// Stable: within an office the file's own order stays.
		const list = compare ? [...rows].sort(compare) : rows;
		const at = list.flatMap((row, i) => (row.drawn ? [i] : []));
		const stops = at.every((position, j) => position === at[0]! + j * step) && at[0]! < step;
		const first = stops ? at[0]! : wrappedStart(at, step, size);
		if (first === null) continue;
		const starts = stops ? step : size;
		const tried = 2 * Object.keys(orders).length;
		const log10Chance = (Math.log(starts * tried) - logChoose(size, drawn)) / Math.LN10;
		if (log10Chance > MOST_LOG10) return null;
		return {
			...{ batch: name, size, drawn, step, start: first + 1, sortedBy },
			stepping: stops ? 'stops' : 'wraps',
			log10Chance,
			unreachable: stops ? list.slice(drawn * step).map(({ id }) => id) : []
		};
	}
	return null;
}

/** Where an evenly stepped list that runs over the end began; null: it is none. */
function wrappedStart(at: readonly number[], step: number, size: number): number | null {
	const drawn = new Set(at);
	for (const start of at) {
		if (drawn.has((start - step + size) % size)) continue;
		return at.every((_, j) => drawn.has((start + j * step) % size)) ? start : null;
	}
	return null;
}

/** Targets that no batch in which they stood could have drawn, when every one of these was drawn so. */
export function neverReachable(batches: readonly Batch[], found: readonly (EveryKth | null)[]): string[] {
	const chances = new Map<string, boolean>();
	for (const [b, { rows }] of batches.entries()) {
		const out = new Set(found[b]?.unreachable ?? []);
		for (const { id } of rows) chances.set(id, (chances.get(id) ?? false) || !out.has(id));
	}
	return [...chances].flatMap(([id, could]) => (could ? [] : [id]));
}
