// The ledger's price: append() and COMMIT beside a bare INSERT and COMMIT of a row of the same size, through the same pool,
// by one and by ten writers; and how long an append takes beside 50 readers. On the PostGIS of DATABASE_URL, in an empty
// database. `--readers MS` is the process of the readers, each pausing so long between two pages.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { canonicalBytes } from '../../src/lib/core/bytes/canonical';
import { openDatabase, type Database } from '../../src/lib/server/db/database';
import { append, recorded } from '../../src/lib/server/ledger';
import { median, table } from './table';

const COUNTY = '350125';
const WRITERS = [1, 10];
const READERS = 50;
/** A page a second is a person who looks for something; no pause is what fifty programs do. */
const PAUSES_MS = [1000, 0];
/** Goals: share of the bare rate, and milliseconds. */
const RATIO = 0.5;
const P95_MS = 50;

/** Some 400 bytes, as a draw leaves. */
const entry = (n: number) => ({
	type: 'draw.drawn',
	at: '2026-03-01T00:00:00.000Z',
	actor: 'operator',
	draw: n,
	commitment: 'c'.repeat(64),
	manifestHash: 'd'.repeat(64),
	selectedRoot: 'e'.repeat(64)
});

type Write = (db: Database, n: number) => Promise<unknown>;

const writes: Record<'bare' | 'append' | 'recorded', Write> = {
	bare: (db, n) =>
		db.transaction().execute((trx) => {
			const bytes = Buffer.from(canonicalBytes(entry(n)));
			return sql`INSERT INTO bench_entry (county, at, bytes, leaf_hash)
				VALUES (${COUNTY}, clock_timestamp(), ${bytes}, sha256('\\x00'::bytea || ${bytes}))`.execute(trx);
		}),
	append: (db, n) => db.transaction().execute((trx) => append(trx, COUNTY, entry(n))),
	recorded: (db, n) => recorded(db, (trx, appendEarly) => appendEarly(trx, COUNTY, entry(n)))
};

/** Milliseconds of every write that so many writers get done, each waiting for its own. */
async function writeFor(db: Database, writers: number, write: Write, seconds: number): Promise<number[]> {
	const until = performance.now() + seconds * 1000;
	const ms: number[] = [];
	let n = 0;
	await Promise.all(
		Array.from({ length: writers }, async () => {
			while (performance.now() < until) {
				const start = performance.now();
				await write(db, n++);
				ms.push(performance.now() - start);
			}
		})
	);
	return ms;
}

async function rates(db: Database, seconds: number, rounds: number) {
	const rows = [];
	for (const writers of WRITERS) {
		for (const write of Object.values(writes)) await writeFor(db, writers, write, 0.3);
		const perSecond: Record<string, number[]> = { bare: [], append: [], recorded: [] };
		for (let round = 0; round < rounds; round++) {
			process.stderr.write(`${writers} writers, round ${round + 1} of ${rounds}\n`);
			// In turn, so that a slow minute of the machine meets all three.
			for (const [name, write] of Object.entries(writes))
				perSecond[name]!.push((await writeFor(db, writers, write, seconds)).length / seconds);
		}
		for (const name of ['append', 'recorded']) {
			const ratio = median(perSecond[name]!.map((rate, i) => rate / perSecond.bare![i]!));
			rows.push([
				writers,
				name,
				Math.round(median(perSecond.bare!)),
				Math.round(median(perSecond[name]!)),
				ratio.toFixed(2),
				RATIO,
				ratio >= RATIO ? 'yes' : 'no'
			]);
		}
	}
	const header = [
		'writers',
		'transaction',
		'INSERT + COMMIT /s',
		'append + COMMIT /s',
		'ratio',
		'goal ≥',
		'met'
	];
	process.stdout.write(
		`Append rate, one county, medians of ${rounds} rounds of ${seconds} s\n\n${table(header, rows)}\n\n`
	);
}

/** The readers' process: what a ledger page asks for, until told to stop; then how many pages that was. */
async function read(url: string, pauseMs: number) {
	let stopped = false;
	process.stdin.once('data', () => (stopped = true));
	const clients = Array.from({ length: READERS }, () => new pg.Client({ connectionString: url }));
	await Promise.all(clients.map((client) => client.connect()));
	let pages = 0;
	process.stderr.write('reading');
	await Promise.all(
		clients.map(async (client, i) => {
			const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
			for (await pause((pauseMs * i) / READERS); !stopped; pages++) {
				await client.query(
					`SELECT seq, at, bytes FROM ledger.entry WHERE county = '${COUNTY}' ORDER BY seq DESC LIMIT 50`
				);
				if (pauseMs) await pause(pauseMs);
			}
			await client.end();
		})
	);
	process.stdin.destroy();
	process.stdout.write(String(pages));
}

async function beside(db: Database, pauseMs: number, seconds: number) {
	process.stderr.write(`${READERS} readers, ${pauseMs} ms between pages\n`);
	const args = [new URL('run.ts', import.meta.url).pathname, 'ledger', '--readers', String(pauseMs)];
	const readers = spawn(process.execPath, [...process.execArgv, ...args], { stdio: 'pipe' });
	await once(readers.stderr, 'data');
	const ms: Record<'bare' | 'append', number[]> = { bare: [], append: [] };
	const until = performance.now() + seconds * 1000;
	const start = performance.now();
	for (let n = 0; performance.now() < until; n++) {
		for (const name of ['bare', 'append'] as const) {
			const began = performance.now();
			await writes[name](db, n);
			ms[name].push(performance.now() - began);
			await new Promise((done) => setTimeout(done, 20));
		}
	}
	const took = (performance.now() - start) / 1000;
	readers.stdin.write('stop');
	const [pages] = (await once(readers.stdout, 'data')) as [Buffer];
	const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
	return [
		READERS,
		pauseMs,
		Math.round(Number(pages) / took),
		p95(ms.bare).toFixed(1),
		median(ms.append).toFixed(1),
		p95(ms.append).toFixed(1),
		P95_MS,
		p95(ms.append) <= P95_MS ? 'yes' : 'no'
	];
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			seconds: { type: 'string', default: '3' },
			rounds: { type: 'string', default: '5' },
			readers: { type: 'string' }
		}
	});
	const url = process.env.DATABASE_URL;
	if (!url) {
		process.stderr.write('DATABASE_URL must name an empty PostgreSQL database with PostGIS\n');
		process.exitCode = 2;
		return;
	}
	if (values.readers) return read(url, Number(values.readers));
	const seconds = Number(values.seconds);
	const { db, close } = await openDatabase({ url, folder: null });
	await sql`SELECT app.add_county(${COUNTY}, 'bench', 4549, true)
		WHERE NOT EXISTS (SELECT FROM app.county WHERE code = ${COUNTY})`.execute(db);
	await sql`CREATE TABLE IF NOT EXISTS bench_entry (id bigserial PRIMARY KEY, county text NOT NULL,
		at timestamptz NOT NULL, bytes bytea NOT NULL, leaf_hash bytea NOT NULL)`.execute(db);
	await rates(db, seconds, Number(values.rounds));
	const rows = [];
	for (const pauseMs of PAUSES_MS) rows.push(await beside(db, pauseMs, seconds * 2));
	const header = [
		'readers',
		'pause ms',
		'pages /s',
		'INSERT p95 ms',
		'append median ms',
		'append p95 ms',
		'goal ≤',
		'met'
	];
	process.stdout.write(`Time of one append beside readers\n\n${table(header, rows)}\n`);
	await sql`DROP TABLE bench_entry`.execute(db);
	await close();
}
