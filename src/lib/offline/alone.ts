// One at a time over all tabs of this browser, by Web Locks; where there are none, over this page.

const held = new Map<string, Promise<unknown>>();

export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
	if (navigator.locks) return navigator.locks.request(name, work) as Promise<T>;
	const before = held.get(name) ?? Promise.resolve();
	const mine = before.catch(() => {}).then(work);
	held.set(name, mine);
	return mine;
}

/** null when somebody else is at it already. */
export function ifFree<T>(name: string, work: () => Promise<T>): Promise<T | null> {
	if (navigator.locks)
		return navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : null));
	return alone(name, work);
}
