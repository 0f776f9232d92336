// What a planner or a witness looks at: for each inspector the expected work and how predictable their presence is, for
// each pair how often it goes out together. Counted from the portfolio; over K they are exact chances.

import { compareUtf8 } from '../bytes/compare';
import type { CrewLottery } from './document';
import { mayNot } from './verify-rules';

export interface InspectorFairness {
	id: string;
	/** K times the expected work. */
	work: number;
	/** The route on which the inspector is most likely, and in how many pairings. */
	likeliest: { route: string; count: number } | null;
	/** Routes that no personal rule forbids; 0: cannot be drawn at all. */
	allowed: number;
}

export interface PairFairness {
	pair: [string, string];
	/** Pairings in which the two go together on any route. */
	count: number;
}

export interface Fairness {
	/** K */
	size: number;
	inspectors: InspectorFairness[];
	/** The likeliest first; pairs that never go are left out. */
	pairs: PairFairness[];
	/** Different pairings among the K. */
	different: number;
}

export function fairnessOf({ problem, portfolio, marginals, work }: CrewLottery): Fairness {
	const inspectors = problem.inspectors.map((inspector): InspectorFairness => {
		let likeliest: InspectorFairness['likeliest'] = null;
		for (const [route, count] of Object.entries(marginals[inspector.id]!))
			if (!likeliest || count > likeliest.count) likeliest = { route, count };
		const allowed = problem.routes.filter((route) => mayNot(inspector, route, problem) === null).length;
		return { id: inspector.id, work: work[inspector.id]!, likeliest, allowed };
	});
	const counts = new Map<string, PairFairness>();
	for (const pairing of portfolio) {
		const together = new Set<string>();
		for (const crew of Object.values(pairing)) {
			for (const [k, a] of crew.entries())
				for (const b of crew.slice(k + 1)) together.add(JSON.stringify([a, b]));
		}
		for (const key of together) {
			const known = counts.get(key) ?? { pair: JSON.parse(key) as [string, string], count: 0 };
			counts.set(key, { ...known, count: known.count + 1 });
		}
	}
	const pairs = [...counts.values()].sort(
		(p, q) => q.count - p.count || compareUtf8(p.pair[0], q.pair[0]) || compareUtf8(p.pair[1], q.pair[1])
	);
	const different = new Set(portfolio.map((pairing) => JSON.stringify(pairing))).size;
	return { size: problem.size, inspectors, pairs, different };
}
