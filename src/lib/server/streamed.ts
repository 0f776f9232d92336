// A job that answers line by line while it runs. The connection is the job: a caller that goes away cancels it, and
// nothing is kept between requests, so any number of servers can answer.

/** One JSON line per event of `work`; what it throws breaks the connection off and is logged under `name`. */
export function streamed<Event>(
	name: string,
	work: (send: (event: Event) => void, signal: AbortSignal) => Promise<void>
): Response {
	const cancelled = new AbortController();
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async start(controller) {
			const send = (event: Event) => {
				if (!cancelled.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
			};
			try {
				await work(send, cancelled.signal);
				if (!cancelled.signal.aborted) controller.close();
			} catch (failure) {
				if (cancelled.signal.aborted) return;
				console.error(`${name} failed:`, failure);
				controller.error(failure);
			}
		},
		cancel: () => cancelled.abort(new Error('cancelled'))
	});
	return new Response(body, {
		headers: {
			'content-type': 'application/x-ndjson',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no'
		}
	});
}
