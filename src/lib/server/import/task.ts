// Imports of the page: uploaded files wait in a folder of their own between dry run and commit, and a run reports its
// progress. Kept by this process only: another process, or a restart, knows nothing of them, and nothing is lost by it.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { MAX_FILES, MAX_UPLOAD_BYTES, type ImportOptions } from '../../schema/import';
import type { County } from '../county';
import type { Database } from '../db/database';
import { importFiles, type ImportResult } from './import';
import type { Progress } from './run';

const KEPT_MS = 60 * 60 * 1000;

export interface ImportTask {
	token: string;
	owner: string;
	folder: string;
	files: Map<string, number>;
	state: 'ready' | 'running' | 'done' | 'cancelled' | 'broken';
	progress: Progress | null;
	result: ImportResult | null;
	abort: AbortController | null;
	touched: Date;
}

const tasks = new Map<string, ImportTask>();

export async function createTask(owner: string, at: Date): Promise<ImportTask> {
	for (const task of tasks.values()) {
		if (at.getTime() - task.touched.getTime() > KEPT_MS && task.state !== 'running') await dropTask(task);
	}
	const task: ImportTask = {
		token: randomUUID(),
		owner,
		folder: await mkdtemp(join(tmpdir(), 'fairlot-upload-')),
		files: new Map(),
		state: 'ready',
		progress: null,
		result: null,
		abort: null,
		touched: at
	};
	tasks.set(task.token, task);
	return task;
}

/** The task of this owner; another's is as if it were not there. */
export function findTask(token: string, owner: string, at: Date): ImportTask | null {
	const task = tasks.get(token);
	if (task?.owner !== owner) return null;
	task.touched = at;
	return task;
}

export async function dropTask(task: ImportTask): Promise<void> {
	tasks.delete(task.token);
	task.abort?.abort(new Cancelled());
	await rm(task.folder, { recursive: true, force: true });
}

/** Writes one file. False: over the limits, or not a plain name; then nothing of it stays. */
export async function addFile(task: ImportTask, name: string, body: ReadableStream): Promise<boolean> {
	const plain = name !== '' && name.length <= 200 && !/[/\\\0]|^\.+$/.test(name);
	if (!plain || task.state === 'running' || (task.files.size >= MAX_FILES && !task.files.has(name)))
		return false;
	const others = [...task.files].reduce((sum, [other, bytes]) => (other === name ? sum : sum + bytes), 0);
	let bytes = 0;
	const limit = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			done(others + bytes > MAX_UPLOAD_BYTES ? new TooLarge() : null, chunk);
		}
	});
	const path = join(task.folder, name);
	try {
		await pipeline(Readable.fromWeb(body), limit, createWriteStream(path));
	} catch (error) {
		await rm(path, { force: true });
		if (error instanceof TooLarge) return false;
		throw error;
	}
	task.files.set(name, bytes);
	return true;
}

class TooLarge extends Error {}
class Cancelled extends Error {}

/** Starts a run unless one is under way; its end is seen in the task. */
export function startRun(
	task: ImportTask,
	db: Database,
	call: { county: County; options: ImportOptions; at: Date; actor: string },
	broken: (error: unknown) => void
): boolean {
	if (task.state === 'running' || task.files.size === 0) return false;
	const abort = new AbortController();
	Object.assign(task, { state: 'running', progress: null, result: null, abort });
	importFiles(db, {
		...call,
		files: uploaded(task),
		signal: abort.signal,
		onProgress: (progress) => (task.progress = progress)
	})
		.then((result) => Object.assign(task, { state: 'done', result }))
		.catch((error: unknown) => {
			task.state = error instanceof Cancelled ? 'cancelled' : 'broken';
			if (task.state === 'broken') broken(error);
		})
		.finally(() => (task.abort = null));
	return true;
}

/** Paths of what was uploaded. */
export const uploaded = (task: ImportTask): string[] =>
	[...task.files.keys()].map((name) => join(task.folder, name));

export const cancelRun = (task: ImportTask) => task.abort?.abort(new Cancelled());
