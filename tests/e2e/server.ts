// Once per run: the production build, and a server of it with the demo county, on PostGIS where TEST_DATABASE_URL
// says (in a database of its own beside it), else on an embedded database in a temporary folder. Made beside the other
// suites, which run first; ready.ts waits for it.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		origin: string;
		/** Holds the number of the server's process in `pid`; where there is none, in `failed` why. */
		folder: string;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = mkdtempSync(join(tmpdir(), 'fairlot-e2e-'));
	const { origin, env } = await ownPlace(folder);
	project.provide('origin', origin);
	project.provide('folder', folder);

	let running: ChildProcess | undefined;
	const start = (command: string, ...args: string[]) =>
		(running = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }));
	const run = async (command: string, ...args: string[]) => {
		const code = await ended(start(command, ...args));
		if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
	};
	const serve = async () => {
		await run('node', 'src/cli/prepare.mjs', '--build');
		if (env.DATABASE_URL) await run('npm', 'run', '-s', 'demo');
		const server = start(process.execPath, 'build/index.js');
		writeFileSync(join(folder, 'pid'), String(server.pid));
		await answering(origin, server);
	};
	const served = serve().catch((error: unknown) => writeFileSync(join(folder, 'failed'), String(error)));
	return async () => {
		running?.kill('SIGTERM');
		await served;
		if (running) await ended(running);
		rmSync(folder, { recursive: true, force: true });
	};
}

/** What a server of the tests runs with: an address, and an empty database where the run has its databases. */
export async function ownPlace(
	folder: string,
	suffix?: string
): Promise<{ origin: string; env: NodeJS.ProcessEnv }> {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const env: NodeJS.ProcessEnv = {
		...process.env,
		...{
			// The runner's own would build the page with its development checks.
			NODE_ENV: 'production',
			HOST: '127.0.0.1',
			PORT: String(port),
			ORIGIN: origin,
			FAIRLOT_SECRET: 'of the tests, and of nothing else',
			FAIRLOT_LEDGER_KEY: Buffer.alloc(32, 7).toString('base64')
		}
	};
	delete env.DATABASE_URL;
	if (process.env.TEST_DATABASE_URL)
		env.DATABASE_URL = await emptyDatabaseBeside(process.env.TEST_DATABASE_URL, suffix);
	else env.FAIRLOT_DATA = join(folder, 'data');
	return { origin, env };
}

const ended = (child: ChildProcess) =>
	new Promise<number | null>((resolve) =>
		child.exitCode === null && child.signalCode === null
			? child.once('exit', resolve)
			: resolve(child.exitCode)
	);

/** Address of a new database, named after the test run's. */
export async function emptyDatabaseBeside(url: string, suffix = '_e2e'): Promise<string> {
	const beside = new URL(url);
	beside.pathname += suffix;
	const name = beside.pathname.slice(1);
	const client = new pg.Client(url);
	await client.connect();
	await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
	await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
	await client.end();
	return beside.href;
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});
}

/** Waits up to four minutes: the first start makes the database and loads the demo county. */
export async function answering(origin: string, server: ChildProcess): Promise<void> {
	for (let tries = 0; tries < 2400; tries++) {
		if (server.exitCode !== null || server.signalCode !== null)
			throw new Error(`the server stopped at start-up with code ${server.exitCode}`);
		const answer = await fetch(`${origin}/healthz`).catch(() => undefined);
		if (answer?.ok) return;
		await new Promise((wait) => setTimeout(wait, 100));
	}
	server.kill('SIGKILL');
	throw new Error('the server did not answer within four minutes');
}
