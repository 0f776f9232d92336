// One thing fetched at a time, by address: what came last is shown until the next one is there, and a superseded
// request is broken off.
export class Remote<T> {
	value = $state.raw<T | null>(null);
	/** Whether the value is not yet the one of the address asked for. */
	pending = $state(false);
	/** not_found, or failed: no answer or a bad one. */
	problem = $state<'not_found' | 'failed' | null>(null);
	#read: (response: Response) => Promise<T>;
	#address: string | null = null;
	#abort: AbortController | undefined;

	constructor(read: (response: Response) => Promise<T> = (response) => response.json() as Promise<T>) {
		this.#read = read;
	}

	/** null: nothing is wanted any more. */
	load(address: string | null): void {
		if (address === this.#address && this.problem === null) return;
		this.#abort?.abort();
		this.#address = address;
		this.problem = null;
		this.pending = address !== null;
		if (address === null) this.value = null;
		else void this.#fetch(address, (this.#abort = new AbortController()));
	}

	retry(): void {
		const address = this.#address;
		this.#address = null;
		this.load(address);
	}

	async #fetch(address: string, { signal }: AbortController): Promise<void> {
		try {
			const response = await fetch(address, { signal });
			const value = response.ok ? await this.#read(response) : null;
			if (signal.aborted) return;
			this.value = value;
			this.problem = response.ok ? null : response.status === 404 ? 'not_found' : 'failed';
		} catch {
			if (signal.aborted) return;
			this.value = null;
			this.problem = 'failed';
		}
		this.pending = false;
	}
}
