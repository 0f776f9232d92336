// The portal under readers who do not wait for one another: arrivals at a fixed rate (open loop), at most so many under way
// at once, the rest counted as turned away. Demonstration county on PostGIS with N postings more; the mix is that of a portal:
// lists and their pages, single postings, searches nobody asked before, files and feeds. Needs DATABASE_URL of a server on
// which a database may be created, and the built application. `--rate 300 --seconds 60 --in-flight 200 --size 5000`.

import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { openDatabase, type Database } from '../../src/lib/server/db/database';
import { loadDemo } from '../../src/lib/server/demo/load';
import { answering, freePort } from '../e2e/server';
import { ownDatabase } from './own-database';
import { table } from './table';

const SERVER = 'build/index.js';
const GOAL_MS = 150;

/** Postings of drawn targets, over and over; triggers and foreign keys are looked at elsewhere. */
async function fill(db: Database, size: number): Promise<void> {
	await loadDemo(db, { at: new Date() });
	await db.transaction().execute(async (trx) => {
		await sql`SET LOCAL session_replication_role = replica`.execute(trx);
		await sql`
			WITH drawn AS (SELECT row_number() OVER (ORDER BY n.draw, n.target) - 1 AS k, count(*) OVER () AS all_of, n.draw,
					t.code, t.kind, t.township, t.party, p.name, w.name AS township_name
				FROM app.drawn n JOIN app.current_target t ON t.county = n.county AND t.code = n.target
				JOIN app.party p ON p.county = t.county AND p.uscc = t.party
				JOIN app.current_township w ON w.county = t.county AND w.code = t.township WHERE n.rank = 0)
			INSERT INTO app.posting (county, number, kind, result, party, party_name, target, target_kind, township,
				township_name, cell, items, outcome, checked_on, draw, document, document_hash, proof, posted_by, posted_at)
			SELECT '350125', g, 'result', g, party, name, code, kind, township, township_name, '8741a2176ffffff', '{}',
				(ARRAY['none_found', 'on_site', 'ordered', 'case'])[1 + g % 4], '2026-06-01', draw,
				jsonb_build_object('v', 'fairlot-posting/1', 'kind', 'result', 'party', jsonb_build_object('uscc', party, 'name', name),
					'target', jsonb_build_object('code', code, 'kind', kind, 'township', township, 'townshipName', township_name,
						'cell', '8741a2176ffffff'), 'checkedOn', '2026-06-01', 'outcome', 'none_found', 'inspectors', 2,
					'findings', '[]'::jsonb, 'draw', jsonb_build_object('seq', draw, 'commitment', null, 'name', 'bench'))::text,
				repeat('0', 64), jsonb_build_object('commitment', repeat('0', 64), 'row', jsonb_build_object('serial', 1),
					'proof', '[]'::jsonb), 'bench', timestamptz '2026-06-10' + g * interval '1 minute'
			FROM generate_series(1, ${size}::integer) g JOIN drawn ON k = g % all_of`.execute(trx);
	});
	await sql`ANALYZE`.execute(db);
}

export async function serve(url: string): Promise<{ server: ChildProcess; origin: string }> {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const own = { DATABASE_URL: url, FAIRLOT_SECRET: randomBytes(32).toString('hex'), ORIGIN: origin };
	const server = spawn(process.execPath, [SERVER], {
		env: { ...process.env, ...own, HOST: '127.0.0.1', PORT: String(port) },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	await answering(origin, server);
	return { server, origin };
}

const kinds = ['list', 'posting', 'search', 'section', 'file'] as const;
type Kind = (typeof kinds)[number];

/** Of a hundred arrivals 35 read lists, 40 a posting (few of them most often), 10 search, 10 other sections, 5 files. */
function arrival(k: number, size: number): { kind: Kind; path: string } {
	const dice = Math.random();
	if (dice < 0.35) {
		const page = 1 + Math.floor(8 * Math.random() ** 2);
		const township = Math.random() < 0.3 ? `&township=350125${100 + (k % 9)}` : '';
		return { kind: 'list', path: `/portal/results?page=${page}${township}` };
	}
	if (dice < 0.75)
		return { kind: 'posting', path: `/portal/results/${1 + Math.floor(size * Math.random() ** 3)}` };
	if (dice < 0.85) return { kind: 'search', path: `/portal/results?q=${encodeURIComponent(`示例${k}`)}` };
	if (dice < 0.95) {
		const section = ['', '/map', '/items', '/data'][k % 4]!;
		return { kind: 'section', path: `/portal${section}` };
	}
	return { kind: 'file', path: k % 2 ? '/portal/feed.atom' : '/portal/data/postings.geojson' };
}

interface Load {
	rate: number;
	seconds: number;
	inFlight: number;
	size: number;
}

async function run(origin: string, { rate, seconds, inFlight, size }: Load) {
	const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
	const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
	const failed = { refused: 0, turnedAway: 0 };
	let underWay = 0;
	const ask = (k: number) => {
		if (underWay >= inFlight) return void failed.turnedAway++;
		const { kind, path } = arrival(k, size);
		const start = performance.now();
		underWay++;
		const ended = (ok: boolean) => {
			underWay--;
			if (ok) times.get(kind)!.push(performance.now() - start);
			else failed.refused++;
		};
		get(origin + path, { agent, headers: { accept: 'text/html', 'accept-encoding': 'gzip' } }, (answer) => {
			answer.resume();
			answer.once('end', () => ended(answer.statusCode === 200));
			answer.once('error', () => ended(false));
		}).once('error', () => ended(false));
	};
	const begun = performance.now();
	for (let k = 0; k < rate * seconds;) {
		const due = Math.min(rate * seconds, Math.floor(((performance.now() - begun) / 1000) * rate));
		for (; k < due; k++) ask(k);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	while (underWay > 0) await new Promise((resolve) => setTimeout(resolve, 10));
	agent.destroy();
	return { times, ...failed };
}

export function quantile(values: readonly number[], q: number): string {
	const sorted = [...values].sort((a, b) => a - b);
	return (sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN).toFixed(1);
}

export default async function bench(args: string[]): Promise<void> {
	const number = (text: string) => ({ type: 'string', default: text }) as const;
	const { values } = parseArgs({
		args,
		options: { rate: number('300'), seconds: number('60'), 'in-flight': number('200'), size: number('5000') }
	});
	const url = process.env.DATABASE_URL;
	if (!url || !existsSync(SERVER)) {
		const missing = url
			? 'build the application first'
			: 'set DATABASE_URL to a PostgreSQL server with PostGIS';
		process.stderr.write(`bench portal: ${missing}\n`);
		process.exitCode = 2;
		return;
	}
	const load = {
		...{ rate: Number(values.rate), seconds: Number(values.seconds) },
		...{ inFlight: Number(values['in-flight']), size: Number(values.size) }
	};
	const own = await ownDatabase(url);
	let server: ChildProcess | undefined;
	try {
		const { db, close } = await openDatabase({ url: own.url, folder: null });
		process.stderr.write(`making ${load.size} postings …\n`);
		await fill(db, load.size).finally(close);
		const served = await serve(own.url);
		server = served.server;
		// A process that has just started compiles its own code first: five seconds that do not count.
		await run(served.origin, { ...load, rate: Math.ceil(load.rate / 5), seconds: 5 });
		process.stderr.write(`${load.rate} a second for ${load.seconds} s …\n`);
		const { times, refused, turnedAway } = await run(served.origin, load);
		const line = (label: string, list: readonly number[]) => [
			...[label, list.length, quantile(list, 0.5), quantile(list, 0.95), quantile(list, 0.99)]
		];
		const rows = [...times].map(([kind, list]) => line(kind, list));
		const all = [...times.values()].flat();
		const header = ['', 'answers', 'p50, ms', `p95, ms (≤ ${GOAL_MS})`, 'p99, ms'];
		process.stdout.write(`${table(header, [...rows, line('all', all)])}\n`);
		process.stdout.write(`\nrefused ${refused}, turned away ${turnedAway}\n`);
	} finally {
		server?.kill();
		await own.drop();
	}
}
