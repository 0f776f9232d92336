// Whether any lawful pairing exists, by trying all of them: every crew of every route, route after route, judged by the
// verifier's plain rules. For small rosters only.

import type { CrewProblem } from '../../src/lib/core/crew/problem';
import { brokenRule } from '../../src/lib/core/crew/verify-rules';

function* subsets(list: readonly string[], size: number, from = 0): Generator<string[]> {
	if (size === 0) return void (yield []);
	for (let at = from; at <= list.length - size; at++)
		for (const rest of subsets(list, size - 1, at + 1)) yield [list[at]!, ...rest];
}

export function isPossible(problem: CrewProblem): boolean {
	const routes = [...problem.routes].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
	const ids = problem.inspectors.map(({ id }) => id);
	const crews = routes.map((route) =>
		[...subsets(ids, route.seats)].filter(
			(crew) => brokenRule({ [route.id]: crew }, { ...problem, routes: [route], history: [] }) === null
		)
	);
	const place = (n: number, pairing: Record<string, string[]>): boolean => {
		if (n === routes.length) return true;
		const known = { ...problem, routes: routes.slice(0, n + 1) };
		return crews[n]!.some((crew) => {
			const more = { ...pairing, [routes[n]!.id]: crew };
			return brokenRule(more, known) === null && place(n + 1, more);
		});
	};
	return place(0, {});
}
