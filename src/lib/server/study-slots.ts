// Simulations take whole threads for as long as they run: one for each account, two on a server. Whoever asks for another
// waits a moment, since a form that changes ends its own simulation just before it begins the next; then it is refused.

/** own: this account has one running already; server: others use what there is. */
export type SlotRefusal = { ok: false; reason: 'own' | 'server' };

const SERVER = 2;

export function studySlots(most = SERVER) {
	const running = new Set<string>();
	let waiting: (() => void)[] = [];

	/** Resolves with how to give the place back, or why there is none after `patienceMs`. */
	return async function take(
		account: string,
		patienceMs = 3000
	): Promise<{ ok: true; release: () => void } | SlotRefusal> {
		const until = performance.now() + patienceMs;
		while (running.has(account) || running.size >= most) {
			const left = until - performance.now();
			if (left <= 0) return { ok: false, reason: running.has(account) ? 'own' : 'server' };
			await new Promise<void>((wake) => {
				const timer = setTimeout(wake, left);
				waiting.push(() => {
					clearTimeout(timer);
					wake();
				});
			});
		}
		running.add(account);
		return {
			ok: true,
			release: () => {
				running.delete(account);
				const woken = waiting;
				waiting = [];
				for (const wake of woken) wake();
			}
		};
	};
}

export const takeStudySlot = studySlots();
