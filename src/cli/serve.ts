// `npm start`: on the embedded database an empty one gets the demo county; then the built server, and its address.
import { spawn } from 'node:child_process';
import { databaseFromEnvironment, openDatabase } from '../lib/server/db/database';
import { loadDemo } from '../lib/server/demo/load';

const where = databaseFromEnvironment(process.env);
const host = process.env.HOST ?? '127.0.0.1';
const port = process.env.PORT ?? '3000';
const origin = process.env.ORIGIN ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

if (!where.url) {
	console.error(`Opening the embedded database in ${where.folder} …`);
	const { db, close } = await openDatabase(where);
	const { count } = await db
		.selectFrom('app.county')
		.select((of) => of.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	if (count === 0) {
		console.error('Loading the demo county …');
		await loadDemo(db, { at: new Date(), onProgress: (line) => console.error(`  ${line}`) });
	}
	await close();
}

const server = spawn(process.execPath, ['build/index.js'], {
	stdio: ['ignore', 'inherit', 'inherit'],
	env: { ...process.env, HOST: host, PORT: port, ORIGIN: origin, BODY_SIZE_LIMIT: process.env.BODY_SIZE_LIMIT ?? '64M' }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));

for (;;) {
	const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
	if (answer?.ok) break;
	await new Promise((wait) => setTimeout(wait, 100));
}
console.log(`\n  Fairlot 双随机一张图  ${origin}\n`);
