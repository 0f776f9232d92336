// A signed checkpoint each minute with news (protocol §8), beside those of the ceremony. Any number of servers may run
// it: a size is stored once, whoever comes first. A failure is said once and tried again at the next tick.
import { checkpoint } from './checkpoint';
import { countyOf, noCounty } from './county';
import type { Database } from './db/database';
import type { LedgerKey } from './ledger-key';

export interface CheckpointClock {
	/** One round now, or the one under way. Never throws. */
	tick(): Promise<void>;
	/** No further rounds; resolves when the one under way has ended, so that the database may be closed. */
	stop(): Promise<void>;
}

export interface ClockOptions {
	now: () => Date;
	log: (message: string) => void;
	/** Milliseconds between two rounds. */
	everyMs?: number;
}

/** Begins with a round. Does not keep the process alive. db: under the identity of background work, since nobody is signed in. */
export function startCheckpointClock(
	db: Database,
	key: Extract<LedgerKey, { ok: true }>,
	{ now, log, everyMs = 60_000 }: ClockOptions
): CheckpointClock {
	const said = new Set<string>();
	let running: Promise<void> | undefined;
	let stopped = false;

	const say = (message: string) => {
		if (said.has(message)) return;
		said.add(message);
		log(`no checkpoint of the ledger: ${message}`);
	};

	async function round(): Promise<void> {
		try {
			// Looked up each time: before its first county is registered a deployment has none.
			const county = await countyOf(db);
			if (county === noCounty) return;
			const signed = await checkpoint(db, county.code, key, now());
			if (!signed.ok && signed.reason !== 'empty') say(signed.message);
		} catch (problem) {
			say(problem instanceof Error ? problem.message : String(problem));
		}
	}

	async function tick(): Promise<void> {
		if (stopped) return;
		running ??= round().finally(() => (running = undefined));
		await running;
	}

	const timer = setInterval(() => void tick(), everyMs);
	timer.unref();
	// What was recorded just before the server last stopped has no checkpoint yet.
	void tick();
	return {
		tick,
		async stop() {
			stopped = true;
			clearInterval(timer);
			await running;
		}
	};
}
