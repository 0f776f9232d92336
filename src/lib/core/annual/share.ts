// 随机抽查占比: the share of what was drawn by lot in all checks of a year (二(一), 三(二): it must rise). Counted are targets
// that are called by lot, of our own lists and the superior body's, and targeted checks that were made.
// Invariant: a year without checks has no share, which is not the share 0.

export interface YearChecks {
	year: number;
	/** Targets called by our own draws. */
	drawn: number;
	/** Targets on lists of the superior body. */
	superior: number;
	/** Checks with a cause of their own that were made. */
	targeted: number;
}

export interface YearShare extends YearChecks {
	/** 0 … 1; null: nothing was checked. */
	share: number | null;
	/** Against the year before, in shares; null where one of the two has none. */
	change: number | null;
}

/** The years in their order, those without checks between them included. */
export function sharesOf(checks: readonly YearChecks[]): YearShare[] {
	if (checks.length === 0) return [];
	const byYear = new Map(checks.map((one) => [one.year, one]));
	const first = Math.min(...byYear.keys());
	const last = Math.max(...byYear.keys());
	const shares: YearShare[] = [];
	for (let year = first; year <= last; year++) {
		const one = byYear.get(year) ?? { year, drawn: 0, superior: 0, targeted: 0 };
		const random = one.drawn + one.superior;
		const all = random + one.targeted;
		const share = all === 0 ? null : random / all;
		const before = shares.at(-1)?.share ?? null;
		shares.push({ ...one, share, change: share === null || before === null ? null : share - before });
	}
	return shares;
}
