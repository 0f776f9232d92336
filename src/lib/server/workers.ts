// CPU work off the main thread: one function call, one worker thread, progress and cancel.
// Built, the workers lie beside the server (build/workers); from source they run through tsx.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** What a worker sends back; see worker-side.ts. */
export type WorkerMessage<Out> =
	{ type: 'progress'; value: unknown } | { type: 'done'; value: Out } | { type: 'failed'; message: string };

/** Starts `<name>.worker`; path is the folder below src/lib/server where its source lies, e.g. `db`. */
export function startWorker(name: string, options: WorkerOptions & { folder?: string } = {}): Worker {
	const { folder = '', ...rest } = options;
	const built = join(dirname(process.argv[1] ?? ''), 'workers', `${name}.worker.js`);
	if (existsSync(built)) return new Worker(pathToFileURL(built), rest);
	const source = join(dirname(fileURLToPath(import.meta.url)), folder, `${name}.worker.ts`);
	return new Worker(pathToFileURL(source), { ...rest, execArgv: ['--import', typescriptLoader()] });
}

/** Node 20 gives a worker thread no loader unless a module that registers it is passed to that thread. */
function typescriptLoader(): string {
	const api = pathToFileURL(
		createRequire(import.meta.url)
			.resolve('tsx/esm/api')
			.replace(/cjs$/, 'mjs')
	);
	return `data:text/javascript,import { register } from '${api}'; register();`;
}

/**
 * Runs `<name>.worker` once on `input` (structured clone) and resolves to its answer.
 * Rejects with the worker's error, with the signal's reason when aborted, or when `timeoutMs` passes.
 */
export function runWorker<In, Out>(
	name: string,
	input: In,
	options: {
		folder?: string;
		onProgress?: (value: unknown) => void;
		signal?: AbortSignal;
		timeoutMs?: number;
	} = {}
): Promise<Out> {
	const { folder, onProgress, signal, timeoutMs } = options;
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const worker = startWorker(
			name,
			folder === undefined ? { workerData: input } : { workerData: input, folder }
		);
		const timer =
			timeoutMs && setTimeout(() => end(reject, new Error(`${name} took over ${timeoutMs} ms`)), timeoutMs);
		const onAbort = () => end(reject, signal?.reason);
		function end<T>(settle: (value: T) => void, value: T) {
			if (timer) clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
			void worker.terminate();
			settle(value);
		}
		signal?.addEventListener('abort', onAbort);
		worker.on('message', (message: WorkerMessage<Out>) => {
			if (message.type === 'progress') onProgress?.(message.value);
			else if (message.type === 'done') end(resolve, message.value);
			else end(reject, new Error(message.message));
		});
		worker.on('error', (error) => end(reject, error));
		worker.on('exit', (code) => end(reject, new Error(`${name} stopped with code ${code}`)));
	});
}
