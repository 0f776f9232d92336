// CPU work off the main thread: one function call, one worker thread, progress and cancel.
// Built, the workers lie beside the server (build/workers); from source they run through tsx.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** What a worker sends back; see worker-side.ts. `spent`: the thread must not be used again. */
export type WorkerMessage<Out> =
	| { type: 'progress'; value: unknown }
	| { type: 'done'; value: Out; spent: boolean }
	| { type: 'failed'; message: string };

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

/** A thread was ended because its time was over. */
export class WorkerTimeout extends Error {}

/** Threads that are kept for the next call, one of a name; they keep no process alive. */
const waiting = new Map<string, { worker: Worker; leave: () => void }>();

function keep(name: string, worker: Worker, ms: number): void {
	const forget = () => leave(true);
	const timer = setTimeout(forget, ms).unref();
	function leave(ended: boolean) {
		clearTimeout(timer);
		worker.off('error', forget).off('exit', forget);
		waiting.delete(name);
		if (ended) void worker.terminate();
		else worker.ref();
	}
	worker.on('error', forget).on('exit', forget);
	worker.unref();
	waiting.set(name, { worker, leave: () => leave(false) });
}

function takeKept(name: string): Worker | undefined {
	const kept = waiting.get(name);
	kept?.leave();
	return kept?.worker;
}

/**
 * Runs `<name>.worker` once on `input` (structured clone) and resolves to its answer.
 * Rejects with the worker's error, with the signal's reason when aborted, or when `timeoutMs` passes.
 * keepMs: how long the thread waits for the next call, where its start is what takes long; one that failed, was
 * aborted or calls itself spent is never used again.
 */
export function runWorker<In, Out>(
	name: string,
	input: In,
	options: {
		folder?: string;
		onProgress?: (value: unknown) => void;
		signal?: AbortSignal;
		timeoutMs?: number;
		keepMs?: number;
	} = {}
): Promise<Out> {
	const { folder, onProgress, signal, timeoutMs, keepMs } = options;
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		const worker = takeKept(name) ?? startWorker(name, folder === undefined ? {} : { folder });
		const timer =
			timeoutMs &&
			setTimeout(() => end(reject, new WorkerTimeout(`${name} took over ${timeoutMs} ms`)), timeoutMs);
		const onAbort = () => end(reject, signal?.reason);
		const onError = (error: Error) => end(reject, error);
		const onExit = (code: number) => end(reject, new Error(`${name} stopped with code ${code}`));
		function onMessage(message: WorkerMessage<Out>) {
			if (message.type === 'progress') onProgress?.(message.value);
			else if (message.type === 'done') end(resolve, message.value, !message.spent);
			else end(reject, new Error(message.message));
		}
		function end<T>(settle: (value: T) => void, value: T, usable = false) {
			if (timer) clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
			worker.off('message', onMessage).off('error', onError).off('exit', onExit);
			if (usable && keepMs && !waiting.has(name)) keep(name, worker, keepMs);
			else void worker.terminate();
			settle(value);
		}
		signal?.addEventListener('abort', onAbort);
		worker.on('message', onMessage).on('error', onError).on('exit', onExit);
		worker.postMessage(input);
	});
}
