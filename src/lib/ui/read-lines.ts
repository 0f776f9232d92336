/** Calls `onLine` for each whole line of an answer that is still growing. */
export async function readLines(
	body: ReadableStream<Uint8Array>,
	onLine: (line: string) => void
): Promise<void> {
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
