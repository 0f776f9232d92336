// What must hold of the lottery of any problem: a lawful portfolio whose every value verifies, or a shortage that is
// real. The unit test tries a few hundred rosters, the soak test 10,000.

import { aimedAt, lottery } from '../../src/lib/core/crew/lottery';
import { describeLottery, drawTicket } from '../../src/lib/core/crew/document';
import type { LinearSolver } from '../../src/lib/core/crew/linear';
import type { CrewProblem } from '../../src/lib/core/crew/problem';
import { verifyCrews } from '../../src/lib/core/crew/verify';
import { isPossible } from './crew-exhaustive';
import { value } from './value';

export const SEED = '5a'.repeat(32);

/**
 * `held`: a lottery that verifies; `short`: impossible, and the shortage is named. Throws with what is wrong.
 * `exhaustive`: an impossible roster is shown to be so by trying every pairing, which takes a small one.
 */
export function judge(problem: CrewProblem, solver: LinearSolver, exhaustive = true): 'held' | 'short' {
	const held = lottery(problem, solver);
	if (held.ok) {
		const { lottery: described } = value(describeLottery(held));
		const { document } = value(drawTicket(described, { seed: SEED }));
		value(verifyCrews({ document: JSON.parse(JSON.stringify(document)) }));
		const { routes } = problem;
		for (const { id, home, recused } of problem.inspectors) {
			for (const pairing of document.portfolio) {
				for (const route of routes.filter((one) => pairing[one.id]!.includes(id))) {
					if (problem.rules.crossArea && route.townships.some((code) => home.includes(code)))
						throw new Error(`${id} inspects a home township on ${route.id}`);
					if (route.parties.some((party) => recused.includes(party)))
						throw new Error(`${id} meets a recused party on ${route.id}`);
				}
			}
		}
		// One count of K more than the tolerance: shares of a small mixture are rounded to whole pairings.
		if (Number(aimedAt(held).error) > 0.005 + 1 / problem.size) throw new Error('far from its programme');
		return 'held';
	}
	if (held.reason !== 'short') throw new Error(JSON.stringify(held));
	if (exhaustive && isPossible(problem)) throw new Error('called impossible, and is not');
	const missing = held.shortages.reduce((sum, { short }) => sum + short, 0);
	if (missing < 1) throw new Error('impossible, and nothing is short');
	for (const { route, day, townships } of held.shortages) {
		const named = problem.routes.find(({ id }) => id === route);
		if (named?.day !== day || named.townships.some((code) => !townships.includes(code)))
			throw new Error(`a shortage on ${route}, which is not so`);
	}
	return 'short';
}
