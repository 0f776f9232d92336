// 检查负担: in how many batches a party is called in a year (国办发〔2024〕54号; rules §2). A batch counts once however many
// targets of the party it draws. Called: drawn and not replaced, or called as a substitute. Planned: it may still be
// called, because the batch is frozen and not drawn yet, or because the party stands among its substitutes.
// Invariant: whoever the batches of a year can ever call is counted here from the freeze on.

/** A party's part in one batch: in its frame while it is not drawn (rank null), or on its list. */
export interface BatchRow {
	draw: number;
	party: string;
	/** 0: drawn itself, 1 … : substitute of that place; null: the batch has no list yet. */
	rank: number | null;
	/** The place that is called now for the same serial number: substitutes granted. */
	granted: number;
	/** All items of the batch are 重点: the limit leaves it alone. */
	exempt: boolean;
}

export interface Call {
	draw: number;
	state: 'called' | 'planned';
	exempt: boolean;
}

export interface Load {
	/** Batches the limit counts. */
	done: number;
	planned: number;
	/** Batches of 重点 items alone, called or planned: not limited. */
	exempt: number;
}

/** The calls of each party, one for each batch, by draw. A place that was replaced calls nobody. */
export function callsOf(rows: Iterable<BatchRow>): Map<string, Call[]> {
	const parties = new Map<string, Map<number, Call>>();
	for (const { draw, party, rank, granted, exempt } of rows) {
		if (rank !== null && rank < granted) continue;
		const state = rank === granted ? 'called' : 'planned';
		const own = parties.get(party) ?? new Map<number, Call>();
		parties.set(party, own);
		const before = own.get(draw);
		if (!before) own.set(draw, { draw, state, exempt });
		else if (state === 'called') before.state = 'called';
	}
	return new Map(
		[...parties].map(([party, calls]) => [party, [...calls.values()].sort((p, q) => p.draw - q.draw)])
	);
}

export function loadOf(calls: readonly Call[]): Load {
	const load: Load = { done: 0, planned: 0, exempt: 0 };
	for (const { state, exempt } of calls) {
		if (exempt) load.exempt++;
		else if (state === 'called') load.done++;
		else load.planned++;
	}
	return load;
}

/** Parties whose year is used up: one more batch could call them more than `allowed` times. */
export function fullParties(calls: ReadonlyMap<string, readonly Call[]>, allowed: number): Set<string> {
	const full = new Set<string>();
	for (const [party, own] of calls) {
		const { done, planned } = loadOf(own);
		if (done + planned >= allowed) full.add(party);
	}
	return full;
}
