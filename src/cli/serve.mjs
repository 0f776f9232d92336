// `npm start`: the built server on this machine's address, which it prints once the server answers.
// On an empty embedded database the server loads the demo county first.
import { spawn } from 'node:child_process';

const host = process.env.HOST ?? '127.0.0.1';
const port = process.env.PORT ?? '3000';
const origin = process.env.ORIGIN ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
const limit = process.env.BODY_SIZE_LIMIT ?? '64M';

const server = spawn(process.execPath, ['build/index.js'], {
	stdio: ['ignore', 'inherit', 'inherit'],
	env: { ...process.env, HOST: host, PORT: port, ORIGIN: origin, BODY_SIZE_LIMIT: limit }
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
	process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));

for (;;) {
	const answer = await fetch(`http://${host}:${port}/healthz`).catch(() => undefined);
	if (answer?.ok) break;
	await new Promise((wait) => setTimeout(wait, 100));
}
console.log(`\n  Fairlot 双随机一张图  ${origin}\n`);
