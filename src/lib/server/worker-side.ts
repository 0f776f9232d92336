// The other end of workers.ts: a worker file calls serve() once with its function.
import { parentPort } from 'node:worker_threads';

/**
 * Runs `work` on every input the thread is given, and posts its progress and its answer. `spent`: whether the thread
 * should do no more after this.
 */
export function serve<In, Out>(
	work: (input: In, progress: (value: unknown) => void) => Out | Promise<Out>,
	spent: () => boolean = () => false
): void {
	const port = parentPort;
	if (!port) throw new Error('a worker file runs in a worker thread only');
	port.on('message', (input: In) => {
		Promise.resolve()
			.then(() => work(input, (value) => port.postMessage({ type: 'progress', value })))
			.then((value) => port.postMessage({ type: 'done', value, spent: spent() }))
			.catch((error: unknown) =>
				port.postMessage({
					type: 'failed',
					message: error instanceof Error ? (error.stack ?? error.message) : String(error)
				})
			);
	});
}
