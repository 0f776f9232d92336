// The rounds of the credit push: what is untold is told, grades begin and end, messages go out, and once a day both sides
// are compared. Any number of workers may run it. A failure is said once and tried again in the next round.
import { platformNames } from '../../core/credit/message';
import { countyOf, noCounty } from '../county';
import type { Database } from '../db/database';
import { intakeDue, takeIn } from './intake';
import { tellAll } from './outbox';
import { platformFor } from './platform';
import { push } from './push';
import { reconcile, reconciliationDue } from './reconciliation';
import type { CreditSettings } from './settings';
import { applyStandings } from './standing';

export interface CreditClock {
	/** One round now, or the one under way. Never throws. */
	tick(): Promise<void>;
	/** No further rounds; resolves when the one under way has sent what it was sending. */
	stop(): Promise<void>;
}

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

/** Begins with a round. Does not keep the process alive. */
export function startCreditClock(
	db: Database,
	{ log, everyMs = 15_000, ...options }: CreditOptions
): CreditClock {
	const said = new Set<string>();
	const stopping = new AbortController();
	let running: Promise<void> | undefined;

	async function round(): Promise<void> {
		try {
			await creditRound(db, options, stopping.signal);
		} catch (problem) {
			const message = problem instanceof Error ? problem.message : String(problem);
			if (!said.has(message)) log(`credit push: ${message}`);
			said.add(message);
		}
	}

	async function tick(): Promise<void> {
		if (stopping.signal.aborted) return;
		running ??= round().finally(() => (running = undefined));
		await running;
	}

	const timer = setInterval(() => void tick(), everyMs);
	timer.unref();
	void tick();
	return {
		tick,
		async stop() {
			stopping.abort();
			clearInterval(timer);
			await running;
		}
	};
}
