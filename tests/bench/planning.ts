// Day routes as a planner asks for them over HTTP, on PostGIS with the demonstration county: how long until the first word
// of progress and until the plan is saved, and how long other pages take meanwhile, asked one after another all the time.
// Needs DATABASE_URL of a server on which a database may be created, and the built application. `--runs N --pages MS`.

import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { openDatabase } from '../../src/lib/server/db/database';
import { createDemoAccounts } from '../../src/lib/server/demo-accounts';
import { loadDemo } from '../../src/lib/server/demo/load';
import { signedIn, type Visit } from '../support/sign-in';
import { quantile, serve } from './portal';
import { ownDatabase } from './own-database';
import { median, table } from './table';

const GOAL_S = 3;
const PAGE_GOAL_MS = 200;
const pages = ['/plans', '/draws', '/day-routes', '/registry?list=mining_right', '/healthz'];

const settings = {
	...{ startsOn: '2027-03-01', days: 5, onDays: [], teamsPerOffice: 2, dayFromMin: 510, dayToMin: 1050 },
	...{ lunchFromMin: 690, lunchToMin: 780, lunchMin: 60, maxVisits: 8, setupMin: 10, atOnce: 2, joinM: 300 },
	...{ items: [], provider: 'great_circle', detour: 1.35, kmPerHour: 40, mountainFactor: 1.3 },
	// Zero steps: as many as the product takes for so many visits.
	...{ mountainTownships: [], teamDayMin: 120, seed: 1, iterations: 0 }
};

interface Planned {
	firstMs: number;
	savedS: number;
	pageMs: number[];
}

async function plan(planner: Visit, draw: number, pauseMs: number): Promise<Planned> {
	const pageMs: number[] = [];
	let done = false;
	const others = (async () => {
		for (let k = 0; !done; k++) {
			const asked = performance.now();
			await planner.ask(pages[k % pages.length]!);
			pageMs.push(performance.now() - asked);
			await new Promise((wait) => setTimeout(wait, pauseMs));
		}
	})();
	const begun = performance.now();
	const response = await fetch(`${planner.origin}/day-routes/run`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', cookie: planner.cookie, origin: planner.origin },
		body: JSON.stringify({ draw, settings })
	});
	let firstMs = 0;
	let text = '';
	for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
		firstMs ||= performance.now() - begun;
		text += new TextDecoder().decode(bytes);
	}
	const savedS = (performance.now() - begun) / 1000;
	done = true;
	await others;
	if (!text.includes('"done"')) throw new Error(text.slice(-500));
	return { firstMs, savedS, pageMs };
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: { runs: { type: 'string', default: '5' }, pages: { type: 'string', default: '20' } }
	});
	const url = process.env.DATABASE_URL;
	if (!url || !existsSync('build/index.js')) {
		process.stderr.write(
			'bench planning: build the application, and set DATABASE_URL to a PostgreSQL server with PostGIS\n'
		);
		process.exitCode = 2;
		return;
	}
	const own = await ownDatabase(url);
	let server: ChildProcess | undefined;
	try {
		const { db, close } = await openDatabase({ url: own.url, folder: null });
		const at = new Date();
		await loadDemo(db, { at });
		await createDemoAccounts(db, at);
		const { rows: draws } = await sql<{ id: number; called: number }>`
			SELECT id, (SELECT count(*) FROM app.called(county, id))::integer AS called FROM app.draw
			WHERE state IN ('drawn', 'revealed') ORDER BY called, id`.execute(db);
		await close();
		const served = await serve(own.url);
		server = served.server;
		const planner = await signedIn(served.origin, 'planner');
		await plan(planner, draws[0]!.id, 20);
		const rows = [];
		for (const { id, called } of draws.filter((one, k) => k === draws.length - 1 || one.called >= 40)) {
			const runs: Planned[] = [];
			for (let run = 0; run < Number(values.runs); run++) {
				process.stderr.write(`${called} targets, run ${run + 1}\n`);
				runs.push(await plan(planner, id, Number(values.pages)));
			}
			const asked = runs.flatMap(({ pageMs }) => pageMs);
			rows.push([
				...[id, called, median(runs.map(({ firstMs }) => firstMs)).toFixed(0)],
				...[median(runs.map(({ savedS }) => savedS)).toFixed(2), asked.length],
				...[quantile(asked, 0.5), quantile(asked, 0.95)]
			]);
		}
		const header = [
			...['draw', 'targets', 'first progress, ms', `saved, s (60 visits: ≤ ${GOAL_S})`, 'other pages'],
			...['p50, ms', `p95, ms (≤ ${PAGE_GOAL_MS})`]
		];
		process.stdout.write(`${table(header, rows)}\n`);
	} finally {
		server?.kill();
		await own.drop();
	}
}
