// The embedded database: PGlite + PostGIS in a worker thread behind an ordinary `pg` pool of one connection.
// For trials, tests and demonstrations only: one process, no durability against power loss, no ST_AsMVT.
import { resolve } from 'node:path';
import type { Socket } from 'node:net';
import pg from 'pg';
import { startWorker } from '../workers';
import { lockFolder } from './folder-lock';
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
	const unlock = folder === null ? () => {} : lockFolder(folder);
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
