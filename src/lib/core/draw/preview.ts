// What a plan would do, before any seed: shares of townships and of each township's part of each cell.
// Invariant: part shares sum to the township's, township shares to the sample; a part with share s will get ⌊s⌋ or ⌈s⌉.

import type { Result } from '../model';
import type { Frame } from './frame';
import { M, masses, type DrawSize, type MassError } from './masses';
import { partsOf } from './parts';
import type { Allocation } from './plan';

export interface PartShare {
	township: string;
	cell: string;
	size: number;
	/** Expected number of draws in units of 2⁻³⁰. */
	mass: number;
}

export interface Preview {
	allocation: Allocation[];
	/** By township, then cell. */
	parts: PartShare[];
	/** Parts certain of at least one draw. */
	guaranteed: number;
	/** a_i for each row of the frame, in units of 2⁻³⁰. */
	mass: Int32Array;
}

export function preview(frame: Frame, plan: DrawSize): Result<Preview, MassError> {
	const shares = masses(frame, plan);
	if (!shares.ok) return shares;
	const { rows, starts, township, cell, count } = partsOf(frame);
	const parts: PartShare[] = [];
	for (let p = 0; p < count; p++) {
		let mass = 0;
		for (let at = starts[p]!; at < starts[p + 1]!; at++) mass += shares.mass[rows[at]!]!;
		parts.push({
			township: frame.townships[township[p]!]!,
			cell: frame.cells[cell[p]!]!,
			size: starts[p + 1]! - starts[p]!,
			mass
		});
	}
	const guaranteed = parts.filter(({ mass }) => mass >= M).length;
	return { ...shares, parts, guaranteed };
}
