// Rounds of background work in this process: the first at once, then one every so often, never two at a time. A failure is
// said once for each message, and the next round tries again.
export interface Clock {
	/** One round now, or the one under way. Never throws. */
	tick(): Promise<void>;
	/** No further rounds; resolves when the one under way has ended, so that the database may be closed. */
	stop(): Promise<void>;
}

interface ClockOptions {
	log: (message: string) => void;
	/** Stands before each message. */
	name: string;
	/** Milliseconds between two rounds. */
	everyMs: number;
}

/** round: answers what is wrong, if anything, or throws; `stopping` aborts. The timer does not keep the process alive. */
export function startClock(
	round: (stopping: AbortSignal) => Promise<string | undefined>,
	{ log, name, everyMs }: ClockOptions
): Clock {
	const said = new Set<string>();
	const stopping = new AbortController();
	let running: Promise<void> | undefined;

	async function once(): Promise<void> {
		const wrong = await round(stopping.signal).catch((problem: unknown) =>
			problem instanceof Error ? problem.message : String(problem)
		);
		if (wrong === undefined || said.has(wrong)) return;
		said.add(wrong);
		log(`${name}: ${wrong}`);
	}

	async function tick(): Promise<void> {
		if (stopping.signal.aborted) return;
		running ??= once().finally(() => (running = undefined));
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
