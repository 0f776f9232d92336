// The rounds of the credit push: what is untold is told, grades begin and end, messages go out, and once a day both sides
// are compared. Any number of workers may run it.
import { platformNames } from '../../core/credit/message';
import { startClock, type Clock } from '../clock';
import { countyOf, noCounty } from '../county';
import type { Database } from '../db/database';
import { intakeDue, takeIn } from './intake';
import { tellAll } from './outbox';
import { platformFor } from './platform';
import { push } from './push';
import { reconcile, reconciliationDue } from './reconciliation';
import type { CreditSettings } from './settings';
import { applyStandings } from './standing';

interface CreditOptions {
	settings: CreditSettings;
	embedded: boolean;
	now: () => Date;
	log: (message: string) => void;
	everyMs?: number;
}

/** One round; answers how many messages were accepted. `db`: under the identity of background work. */
export async function creditRound(
	db: Database,
	{ settings, embedded, now }: Pick<CreditOptions, 'settings' | 'embedded' | 'now'>,
	signal?: AbortSignal
): Promise<number> {
	const county = await countyOf(db);
	if (county === noCounty) return 0;
	const telling = { county: county.code, actor: 'system', at: now() };
	await tellAll(db, telling);
	await applyStandings(db, telling);
	let accepted = 0;
	for (const name of platformNames) {
		const platform = platformFor(settings, name, { db, county, embedded, at: now() });
		if (!platform || signal?.aborted) continue;
		const work = { db, county: county.code, now, random: Math.random, ...(signal && { signal }) };
		accepted += await push(work, name, platform);
		if (platform.list && (await reconciliationDue(db, county.code, name, now())))
			await reconcile(db, { ...telling, at: now() }, name, platform.list);
		if (platform.standings && (await intakeDue(db, county.code, name, now())))
			await takeIn(db, { ...telling, at: now() }, name, platform.standings);
	}
	return accepted;
}

/** Begins with a round; when stopped, the one under way sends what it was sending. */
export const startCreditClock = (db: Database, { log, everyMs = 15_000, ...options }: CreditOptions): Clock =>
	startClock(
		async (stopping) => {
			await creditRound(db, options, stopping);
			return undefined;
		},
		{ name: 'credit push', log, everyMs }
	);
