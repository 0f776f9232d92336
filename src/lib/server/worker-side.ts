// The other end of workers.ts: a worker file calls serve() once with its function.
import { parentPort, workerData } from 'node:worker_threads';

/** Runs `work` on the input the thread was started with, and posts its progress and its answer. */
export function serve<In, Out>(
	work: (input: In, progress: (value: unknown) => void) => Out | Promise<Out>
): void {
	const port = parentPort;
	if (!port) throw new Error('a worker file runs in a worker thread only');
	Promise.resolve()
		.then(() => work(workerData as In, (value) => port.postMessage({ type: 'progress', value })))
		.then((value) => port.postMessage({ type: 'done', value }))
		.catch((error: unknown) =>
			port.postMessage({
				type: 'failed',
				message: error instanceof Error ? (error.stack ?? error.message) : String(error)
			})
		);
}
