/**
 * Asks by POST and calls `onEvent` for each line of an answer that grows while the work runs; resolves when it ends.
 * @throws when the server refuses, the connection breaks or `signal` is aborted
 */
export async function askLines<Event>(
	address: string,
	onEvent: (event: Event) => void,
	{ body, signal }: { body?: unknown; signal?: AbortSignal } = {}
): Promise<void> {
	const response = await fetch(address, {
		method: 'POST',
		...(body !== undefined && {
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body)
		}),
		...(signal && { signal })
	});
	if (!response.ok || !response.body) throw new Error(response.statusText);
	await readLines(response.body, (line) => onEvent(JSON.parse(line) as Event));
}

/** Calls `onLine` for each whole line of an answer that is still growing. */
async function readLines(body: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return;
		const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		lines.forEach(onLine);
	}
}
