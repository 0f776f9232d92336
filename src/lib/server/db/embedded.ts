// The embedded database: PGlite + PostGIS in a worker thread behind an ordinary `pg` pool of one connection.
// For trials, tests and demonstrations only: one process, no durability against power loss, no ST_AsMVT.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Socket } from 'node:net';
import pg from 'pg';
import { startWorker } from '../workers';
import { PgliteStream } from './pglite-stream';

export interface Embedded {
	pool: pg.Pool;
	close(): Promise<void>;
}

/**
 * Opens the embedded database in `folder`, or in memory when it is null.
 * @throws when another process has the folder open: two writers lose data without an error.
 */
export async function openEmbedded(folder: string | null): Promise<Embedded> {
	const unlock = folder === null ? () => {} : lock(folder);
	const worker = startWorker('pglite', {
		folder: 'db',
		workerData: { folder: folder && resolve(folder, 'pglite') }
	});
	try {
		await new Promise<void>((ready, failed) => {
			worker.once('message', ready);
			worker.once('error', failed);
			worker.once('exit', (code) =>
				failed(new Error(`the embedded database stopped at start-up (code ${code})`))
			);
		});
	} catch (error) {
		unlock();
		throw error;
	}
	worker.unref();
	const pool = new pg.Pool({
		max: 1,
		idleTimeoutMillis: 0,
		user: 'postgres',
		database: 'postgres',
		ssl: false,
		stream: () => new PgliteStream(worker) as unknown as Socket
	});
	return {
		pool,
		async close() {
			await pool.end();
			worker.ref();
			await new Promise((closed) => {
				worker.once('exit', closed);
				worker.postMessage('close');
			});
			unlock();
		}
	};
}

/** Takes the folder for this process; a lock whose process is gone is taken over. Returns the release. */
function lock(folder: string): () => void {
	const file = join(folder, 'lock');
	mkdirSync(dirname(file), { recursive: true });
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		const owner = Number(readFileSync(file, 'utf8'));
		if (owner !== process.pid && isRunning(owner)) {
			throw new Error(
				`the embedded database in ${folder} is open in process ${owner}: stop it first, or set FAIRLOT_DATA to another folder`,
				{ cause: error }
			);
		}
		if (owner === process.pid)
			throw new Error(`the embedded database in ${folder} is already open`, { cause: error });
		writeFileSync(file, String(process.pid));
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	return () => {
		process.off('exit', release);
		release();
	};
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
