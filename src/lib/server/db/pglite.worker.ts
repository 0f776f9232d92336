// PGlite with PostGIS in its own thread, speaking PostgreSQL's wire protocol over messages (see pglite-stream.ts).
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { postgis } from '@electric-sql/pglite-postgis';
import { parentPort, workerData } from 'node:worker_threads';

const port = parentPort;
if (!port) throw new Error('a worker file runs in a worker thread only');

const { folder } = workerData as { folder: string | null };
const options = { extensions: { postgis, btree_gist } };
const database = await (folder === null ? PGlite.create(options) : PGlite.create(folder, options));
port.postMessage({ type: 'ready' });

// One message after another: a batch of frontend frames in, the backend's answer out.
let queue: Promise<unknown> = Promise.resolve();
port.on('message', (message: Uint8Array | 'close') => {
	queue = queue.then(async () => {
		if (message === 'close') {
			await database.close();
			port.postMessage({ type: 'closed' });
			port.close();
			return;
		}
		const answer = await database.execProtocolRaw(message, { syncToFs: true });
		// The answer may be a view of WebAssembly memory: copy before it leaves this thread.
		const bytes = answer.slice();
		port.postMessage({ type: 'data', bytes }, [bytes.buffer]);
	});
});
