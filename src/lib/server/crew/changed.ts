// Whether a portfolio is still that of the routes and people there are: the problem is gathered again under the same
// names and its hashes compared.
import { problemHashes } from '../../core/crew/portfolio';
import type { Database } from '../db/database';
import { isCurrent } from '../route/planning';
import { gatherCrews } from './gather';
import { readAliases, rulesOf, type KeptLottery } from './lottery-reading';

export async function changedSince(
	db: Database,
	county: string,
	{ id, series, routes, assurance, lottery }: KeptLottery
): Promise<'routes_changed' | 'roster_changed' | null> {
	if (!(await isCurrent(db, county, routes))) return 'routes_changed';
	// Made-up names stand for nobody who could have changed.
	if (assurance === 'trial') return null;
	const aliases = await readAliases(db, county, id);
	const now = await gatherCrews(db, county, series, rulesOf(lottery), { aliases, except: id });
	if (!now.ok) return 'routes_changed';
	const [was, is] = [problemHashes(lottery.problem), problemHashes(now.problem)];
	if (was.routesHash !== is.routesHash) return 'routes_changed';
	return was.rosterHash === is.rosterHash && was.rulesHash === is.rulesHash ? null : 'roster_changed';
}
