// Chances of a draw (protocol, §5): the sample is shared over townships by weight within their bounds, then each
// township's share over its rows, all in units of 2⁻³⁰ targets.
// Invariant: Σ mass = sampleSize · M, 0 < mass ≤ M, a taken row has M, and no township is below its minimum.

import type { Result } from '../model';
import { wholeParts, type ShareClass } from '../plan/shares';
import type { Frame } from './frame';
import type { Allocation, DrawPlan } from './plan';

/** One whole target, 2³⁰. */
export const M = 2 ** 30;

export type MassError =
	| { reason: 'not_whole'; field: 'sampleSize' | 'minPerTownship' | 'substitutes' }
	| { reason: 'sample_too_small'; sampleSize: number }
	| { reason: 'sample_too_large'; sampleSize: number; size: number }
	| { reason: 'too_many_taken'; taken: number; sampleSize: number }
	/** The minimum of every township together, taken rows included, is more than the sample. */
	| { reason: 'minimum_too_large'; needed: number; sampleSize: number }
	| { reason: 'zero_chance'; id: string; township: string };

export interface Masses {
	/** a_i for each row of the frame, 1 … 2³⁰. */
	mass: Int32Array;
	/** In code order, every township of the frame. */
	allocation: Allocation[];
}

/** Rows of one township that are not taken: how many of each weight. */
interface Untaken {
	classes: ShareClass[];
	place: Map<number, number>;
}

/** Numbers of a plan that a draw needs; null counts as 0. */
export type DrawSize = Pick<DrawPlan, 'sampleSize' | 'minPerTownship'>;

export function masses(frame: Frame, plan: DrawSize): Result<Masses, MassError> {
	const { sampleSize } = plan;
	const minimum = plan.minPerTownship ?? 0;
	if (!Number.isSafeInteger(sampleSize)) return { ok: false, reason: 'not_whole', field: 'sampleSize' };
	if (!Number.isSafeInteger(minimum) || minimum < 0)
		return { ok: false, reason: 'not_whole', field: 'minPerTownship' };
	if (sampleSize < 1) return { ok: false, reason: 'sample_too_small', sampleSize };
	if (sampleSize > frame.size) return { ok: false, reason: 'sample_too_large', sampleSize, size: frame.size };

	const size = new Array<number>(frame.townships.length).fill(0);
	const taken = size.slice();
	const untaken: Untaken[] = size.map(() => ({ classes: [], place: new Map() }));
	const classOf = new Int32Array(frame.size);
	for (let i = 0; i < frame.size; i++) {
		const t = frame.townshipOf[i]!;
		size[t]!++;
		if (frame.take[i]) taken[t]!++;
		else classOf[i] = countWeight(untaken[t]!, frame.weight[i]!);
	}

	const totalTaken = taken.reduce((sum, n) => sum + n, 0);
	if (totalTaken > sampleSize) return { ok: false, reason: 'too_many_taken', taken: totalTaken, sampleSize };
	const open = size.map((_, t) => t).filter((t) => size[t]! > taken[t]!);
	const bounds = open.map((t) => ({
		weight: untaken[t]!.classes.reduce((sum, { weight, count }) => sum + weight * count, 0),
		lo: M * Math.max(0, Math.min(minimum, size[t]!) - taken[t]!),
		hi: M * (size[t]! - taken[t]!),
		count: 1
	}));
	const needed = totalTaken + bounds.reduce((sum, { lo }) => sum + lo / M, 0);
	if (needed > sampleSize) return { ok: false, reason: 'minimum_too_large', needed, sampleSize };

	const share = wholeParts(bounds, M * (sampleSize - totalTaken));
	const totals = new Array<number>(size.length).fill(0);
	open.forEach((t, i) => (totals[t] = share(i)));
	const parts = untaken.map(({ classes }, t) => wholeParts(classes, totals[t]!));

	const mass = new Int32Array(frame.size);
	for (let i = 0; i < frame.size; i++) {
		const t = frame.townshipOf[i]!;
		mass[i] = frame.take[i] ? M : parts[t]!(classOf[i]!);
		if (mass[i] === 0)
			return { ok: false, reason: 'zero_chance', id: frame.ids[i]!, township: frame.townships[t]! };
	}
	const allocation = frame.townships.map((township, t) => ({
		township,
		size: size[t]!,
		mass: M * taken[t]! + totals[t]!
	}));
	return { ok: true, mass, allocation };
}

/** The class of a weight among a township's untaken rows, one more row counted into it. */
function countWeight({ classes, place }: Untaken, weight: number): number {
	let of = place.get(weight);
	if (of === undefined) {
		place.set(weight, (of = classes.length));
		classes.push({ weight, lo: 0, hi: M, count: 0 });
	}
	classes[of]!.count++;
	return of;
}
