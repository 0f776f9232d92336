// The offices beside each other, the least visited share first; what cannot be compared (no targets) is left out.
import type { Sums } from '$lib/core/coverage/aggregate';
import type { CoverageTable } from '$lib/core/coverage/table';

function figuresOf({ due, done, never, asked, inspected, onTime, late }: Sums, g: number) {
	const [all, visited, not] = [due[g]!, done[g]!, never[g]!];
	return {
		...{ due: all, done: visited, never: not, asked: asked[g]! },
		...{ inspected: inspected[g]!, onTime: onTime[g]!, late: late[g]! },
		/** Visited once, but not within 24 months. */
		overdue: all - visited - not
	};
}

/** name null: targets that no office answers for. */
export function leagueRows(table: CoverageTable, { sums }: { sums: Sums }, whole: Sums) {
	const offices = [...table.offices, { code: 'none', name: null }];
	const rows = offices
		.map((office, g) => ({ ...office, ...figuresOf(sums, g) }))
		.filter(({ due }) => due > 0)
		.sort((a, b) => a.done / a.due - b.done / b.due || b.due - a.due);
	return { rows, total: figuresOf(whole, 0) };
}
