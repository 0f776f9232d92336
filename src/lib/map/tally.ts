// Counts of a selection, by township.
import type { TownshipCount } from './workspace-types';

export interface Tally {
	mining: number;
	parcels: number;
	/** Of both, those that can be drawn. */
	active: number;
}

/** The server's rows, one per township and kind, brought together by township. */
export function tallyOf(counts: readonly TownshipCount[]): Map<string, Tally> {
	const tallies = new Map<string, Tally>();
	for (const { township, kind, total, active } of counts) {
		const tally = tallies.get(township) ?? { mining: 0, parcels: 0, active: 0 };
		if (kind === 'mining_right') tally.mining += total;
		else tally.parcels += total;
		tally.active += active;
		tallies.set(township, tally);
	}
	return tallies;
}
