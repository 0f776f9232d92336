// Who is called after substitution: each drawn target, or the substitute that was granted in its place.
import type { FilingFacts, FilingRow, FilingTarget } from '../../schema/filing';

export interface Called extends FilingTarget {
	serial: number;
	township: string;
	/** Rank of the granted substitute; 0: drawn itself. */
	rank: number;
}

export interface CalledParty {
	/** null: the registry names no party for the target. */
	party: string | null;
	uscc: string | null;
	targets: Called[];
}

/** One entry for each party, in the order of its first serial number: several targets of one party are one visit's notice. */
export function calledParties({ rows, granted }: NonNullable<FilingFacts['list']>): CalledParty[] {
	const rankOf = new Map<number, number>();
	for (const { serial, rank } of granted) rankOf.set(serial, Math.max(rank, rankOf.get(serial) ?? 0));
	const parties = new Map<string, CalledParty>();
	for (const row of rows) {
		const called = calledFor(row, rankOf.get(row.serial) ?? 0);
		const key = called.uscc ?? `target ${called.code}`;
		const party = parties.get(key) ?? { party: called.party, uscc: called.uscc, targets: [] };
		party.targets.push(called);
		parties.set(key, party);
	}
	return [...parties.values()];
}

function calledFor(row: FilingRow, rank: number): Called {
	const target = rank === 0 ? row : row.substitutes[rank - 1]!;
	const { code, name, party, uscc } = target;
	return { code, name, party, uscc, serial: row.serial, township: row.township, rank };
}
