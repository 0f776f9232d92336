// The problem of a draw of crews with what has come to be known since: absences, cases of 回避, certificates, seats on other
// routes, targets that came by substitution. Names and order of the seats stay those of the draw.
import type { CrewProblem } from '../../core/crew/problem';
import type { Database } from '../db/database';
import { gatherCrews } from './gather';
import { readAliases, rulesOf, type KeptLottery } from './lottery-reading';

export async function problemToday(
	db: Database,
	county: string,
	{
		id,
		series,
		assurance,
		lottery: { problem },
		lottery
	}: Pick<KeptLottery, 'id' | 'series' | 'assurance' | 'lottery'>
): Promise<CrewProblem> {
	// Made-up names stand for nobody of whom something could become known.
	if (assurance === 'trial') return problem;
	const aliases = await readAliases(db, county, id);
	const now = await gatherCrews(db, county, series, rulesOf(lottery), { aliases, except: id, behind: true });
	if (!now.ok) return problem;
	const found = <T extends { id: string }>(list: readonly T[], was: T) =>
		list.find(({ id: one }) => one === was.id) ?? was;
	return {
		...problem,
		inspectors: problem.inspectors.map((one) => found(now.problem.inspectors, one)),
		routes: problem.routes.map((route) => {
			const { townships, parties } = found(now.problem.routes, route);
			return { ...route, townships, parties };
		})
	};
}
