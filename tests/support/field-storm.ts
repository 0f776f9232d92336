// field-chaos.ts against the real server over HTTP: phones are Node clients beside one real Chromium (field-browser.ts),
// the server is killed with SIGKILL while they speak, and comes back once as the next version of the application.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { openDatabase, type Database } from '../../src/lib/server/db/database';
import { answering, emptyDatabaseBeside, freePort } from '../e2e/server';
import { browserPhone } from './field-browser';
import {
	bring,
	chaosCounty,
	luckOf,
	noCounts,
	pairPack,
	seed,
	written,
	type ChaosCounts,
	type Line
} from './field-chaos';
import { expectHanded, expectReconciled } from './field-reconciled';

const secret = 'of the storm, and of nothing else';
const KILLS = 3;
/** Beside the build, where its packages are found. */
const NEXT = 'node_modules/.fairlot-next-build';
const pause = (ms: number) => new Promise((wait) => setTimeout(wait, ms));

export interface Storm {
	/** A server nobody kills, and a stop of the first two phones; cookies: their sessions. */
	calm(label: string): Promise<{ origin: string; cookies: string[]; path: string }>;
	/** One seed from the first word to the reconciliation. */
	rage(label: string, photos: number): Promise<ChaosCounts & { kills: number }>;
	close(): Promise<void>;
}

/** A county of `phones` inspectors, on PostGIS where TEST_DATABASE_URL says, else in a folder. */
export async function openStorm(browser: Browser, phones: number): Promise<Storm> {
	const folder = mkdtempSync(join(tmpdir(), 'fairlot-storm-'));
	const url = process.env.TEST_DATABASE_URL;
	const where = url
		? { url: await emptyDatabaseBeside(url, '_storm'), folder: null }
		: { folder: join(folder, 'data') };
	const within = async <Out>(work: (db: Database) => Promise<Out>): Promise<Out> => {
		const { db, close } = await openDatabase(where);
		return work(db).finally(close);
	};
	const cookies = await within(async (db) => {
		const codes = await chaosCounty(db, phones);
		return Promise.all(codes.map((code) => session(db, code.toLowerCase())));
	});
	const next = nextVersion();
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const env: NodeJS.ProcessEnv = {
		...process.env,
		...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin },
		...{ FAIRLOT_SECRET: secret, FAIRLOT_LEDGER_KEY: Buffer.from(seed).toString('base64') },
		...('url' in where ? { DATABASE_URL: where.url } : { FAIRLOT_DATA: where.folder })
	};
	if (!('url' in where)) delete env.DATABASE_URL;
	let server: ChildProcess | undefined;
	const start = async (build: string) => {
		server = spawn(process.execPath, [`${build}/index.js`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
		await answering(origin, server);
	};
	const kill = async () => {
		const dying = server;
		if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
		const gone = new Promise((ended) => dying.once('exit', ended));
		dying.kill('SIGKILL');
		await gone;
	};

	async function calm(label: string) {
		const { route, stop } = await within((db) => pairPack(db, 0, label, new Date()));
		await start('build');
		return { origin, cookies, path: `/field/${encodeURIComponent(route)}/${encodeURIComponent(stop)}` };
	}

	async function rage(label: string, photos: number) {
		const counts = { ...noCounts(), kills: 0 };
		const now = new Date();
		const packs = await within((db) =>
			Promise.all(Array.from({ length: phones / 2 }, (_, pair) => pairPack(db, pair, label, now)))
		);
		await start('build');
		const [first, ...others] = cookies;
		const browsing = await browserPhone(browser, { origin, cookie: first!, luck: luckOf(label, 'browser') });
		try {
			// Its answer is written before anybody else's is known: the colleague's contradicts it.
			await browsing.open(
				`/field/${encodeURIComponent(packs[0]!.route)}/${encodeURIComponent(packs[0]!.stop)}`
			);
			const phonesHere = await Promise.all(
				others.map(async (cookie, k) => {
					const answer = await ask(origin, cookie, '/field/device', post({ name: '手机' }));
					const { device } = (await answer!.json()) as { device: string };
					return written(device, `Y${k + 1}`, packs[(k + 1) >> 1]!, now, luckOf(label, `phone ${k}`), photos);
				})
			);
			let over = false;
			const dying = (async () => {
				const luck = luckOf(label, 'server');
				for (let k = 0; k < KILLS; k++) {
					await pause(1500 + luck.int(2500));
					if (over) return;
					await kill();
					counts.kills++;
					await start(k === 0 ? 'build' : NEXT);
				}
			})();
			const brought = others.map((cookie, k) =>
				bring(
					http(origin, cookie, phonesHere[k]!.device, counts),
					phonesHere[k]!,
					luckOf(label, `line ${k}`),
					counts,
					now
				)
			);
			await Promise.all([Promise.all(brought), browsing.work(photos), dying]);
			over = true;
			await dying;
			const handed = await browsing.finish(next);
			await kill();
			await within(async (db) => {
				const real = await expectHanded(db, 'Y0', packs[0]!.stop, handed);
				await expectReconciled(db, [real, ...phonesHere]);
			});
		} finally {
			await browsing.close();
			await kill();
		}
		expect(counts.kills).toBeGreaterThan(1);
		return counts;
	}
	const close = async () => {
		await kill();
		rmSync(folder, { recursive: true, force: true });
		rmSync(NEXT, { recursive: true, force: true });
	};
	return { calm, rage, close };
}

/** Signed in as anybody is, without the hashing of fifty passwords. */
async function session(db: Database, account: string): Promise<string> {
	const token = randomUUID();
	await db
		.insertInto('auth.session')
		.values({
			...{ id: randomUUID(), user_id: account, token, expires_at: new Date(Date.now() + 12 * 3_600_000) },
			updated_at: new Date()
		})
		.execute();
	const signature = createHmac('sha256', secret).update(token).digest('base64');
	return encodeURIComponent(`${token}.${signature}`);
}

/** The build with another number: what a phone sees of an update. */
function nextVersion(): string {
	rmSync(NEXT, { recursive: true, force: true });
	cpSync('build', NEXT, { recursive: true });
	const client = join(NEXT, 'client');
	const { version } = JSON.parse(readFileSync(join(client, '_app/version.json'), 'utf8')) as {
		version: string;
	};
	const worker = readFileSync(join(client, 'service-worker.js'), 'utf8');
	expect(worker).toContain(version);
	for (const name of readdirSync(client)) if (/^service-worker\.js\./.test(name)) rmSync(join(client, name));
	writeFileSync(join(client, 'service-worker.js'), worker.replaceAll(version, `${version}-next`));
	return `${version}-next`;
}

const post = (value: object): RequestInit => ({
	...{ method: 'POST', body: JSON.stringify(value) },
	headers: { 'content-type': 'application/json' }
});

/** undefined: nobody was there, or the connection broke. */
async function ask(origin: string, cookie: string, path: string, init: RequestInit = {}) {
	const headers = new Headers(init.headers);
	headers.set('cookie', `fairlot.session_token=${cookie}`);
	headers.set('origin', origin);
	headers.set('connection', 'close');
	try {
		const response = await fetch(origin + path, { ...init, headers });
		const body = await response.arrayBuffer();
		const { status } = response;
		return new Response(init.method === 'HEAD' ? null : body, { status, headers: response.headers });
	} catch {
		await pause(100);
		return undefined;
	}
}

function http(origin: string, cookie: string, device: string, counts: ChaosCounts): Line {
	const asked = async (path: string, init: RequestInit, fine: readonly number[] = [200]) => {
		const answer = await ask(origin, cookie, path, init);
		if (!answer) return void counts.killed++;
		if (!fine.includes(answer.status)) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return answer;
	};
	const photo = (hash: string) => `/field/photos/${hash}?device=${device}`;
	return {
		async sync(brought) {
			const answer = await asked('/field/sync', post(brought));
			return (await answer?.json()) as Awaited<ReturnType<Line['sync']>>;
		},
		async have(hash) {
			const answer = await asked(photo(hash), { method: 'HEAD' });
			return answer && Number(answer.headers.get('x-have'));
		},
		async put(hash, from, piece) {
			const headers = { 'content-type': 'application/octet-stream' };
			const init = { method: 'PUT', body: Buffer.from(piece), headers };
			const answer = await asked(`${photo(hash)}&from=${from}`, init, [200, 409]);
			return answer && ((await answer.json()) as { have: number }).have;
		}
	};
}
