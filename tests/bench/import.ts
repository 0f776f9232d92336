// Import of a GeoPackage of 100,000 land parcels into PostGIS: seconds, features a second, peak memory, and how long
// the event loop stood still at worst; then the same file again, unchanged. Needs DATABASE_URL of a server on which a
// database may be created. `--size N` for another number of parcels.

import { sql } from 'kysely';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { importOptions } from '../../src/lib/schema/import';
import { openDatabase, type Database } from '../../src/lib/server/db/database';
import { readSketch } from '../../src/lib/server/demo/geodata';
import { importFiles } from '../../src/lib/server/import/import';
import { runWorker } from '../../src/lib/server/workers';
import { writeParcels } from '../support/parcels';
import { ownDatabase } from './own-database';
import { table } from './table';

const LIMIT_S = 60;
const LIMIT_STALL_MS = 100;
const county = { code: '350125', name: '永泰县', epsg: 4549, demo: false };

async function run(db: Database, kind: string, file: string) {
	const stall = monitorEventLoopDelay({ resolution: 1 });
	stall.enable();
	const start = performance.now();
	let phaseFrom = start;
	let phase = 'start';
	let worstMs = 0;
	/** Seconds and worst stall of the phase that ends. */
	const turn = (next: string) => {
		const stallMs = stall.max / 1e6;
		stall.reset();
		worstMs = Math.max(worstMs, stallMs);
		const seconds = (performance.now() - phaseFrom) / 1000;
		process.stderr.write(`  ${phase} ${seconds.toFixed(1)} s, stall ${stallMs.toFixed(0)} ms\n`);
		phase = next;
		phaseFrom = performance.now();
	};
	const result = await importFiles(db, {
		large: true,
		county,
		files: [file],
		options: v.parse(importOptions, { kind }),
		at: new Date(),
		actor: 'bench',
		onProgress: (progress) => {
			if (progress.phase !== phase) turn(progress.phase);
		}
	});
	turn('end');
	const seconds = (performance.now() - start) / 1000;
	stall.disable();
	if (!result.ok) throw new Error(JSON.stringify(result.failure));
	return { report: result.report, seconds, stallMs: worstMs };
}

async function makeFiles(folder: string, size: number) {
	const features = readSketch().map(({ code, name, ring }) => ({
		type: 'Feature',
		properties: { code, name },
		geometry: { type: 'Polygon', coordinates: [ring] }
	}));
	const townships = join(folder, 'townships.geojson');
	await writeFile(townships, JSON.stringify({ type: 'FeatureCollection', features }));
	const geojson = join(folder, 'parcels.geojson');
	await writeParcels(geojson, size);
	await runWorker('convert', { from: geojson, folder, name: 'parcels' }, { folder: '../../../tests/bench' });
	return { townships, parcels: join(folder, 'parcels.gpkg') };
}

export default async function bench(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: { size: { type: 'string', default: '100000' } } });
	const url = process.env.DATABASE_URL;
	if (!url) {
		process.stderr.write('bench import: set DATABASE_URL to a PostgreSQL server with PostGIS\n');
		process.exitCode = 2;
		return;
	}
	const folder = await mkdtemp(join(tmpdir(), 'fairlot-bench-'));
	const own = await ownDatabase(url);
	try {
		process.stderr.write(`making ${values.size} parcels …\n`);
		const files = await makeFiles(folder, Number(values.size));
		const { db, close } = await openDatabase({ url: own.url, folder: null });
		try {
			await sql`SELECT app.add_county(${county.code}, ${county.name}, ${county.epsg}, ${county.demo})`.execute(
				db
			);
			await run(db, 'township', files.townships);
			const rows = [];
			for (const what of ['first', 'again, unchanged']) {
				process.stderr.write(`${what}\n`);
				const { report, seconds, stallMs } = await run(db, 'land_parcel', files.parcels);
				rows.push([
					what,
					`${report.added} / ${report.unchanged} / ${report.refusedRows}`,
					`${seconds.toFixed(1)} (≤ ${LIMIT_S})`,
					Math.round(report.rows / seconds),
					`${stallMs.toFixed(0)} (≤ ${LIMIT_STALL_MS})`,
					Math.round(process.resourceUsage().maxRSS / 1024)
				]);
			}
			const header = [
				'import',
				'added / unchanged / refused',
				's',
				'features/s',
				'worst stall, ms',
				'peak memory, MB'
			];
			process.stdout.write(`${table(header, rows)}\n`);
		} finally {
			await close();
		}
	} finally {
		await own.drop();
		await rm(folder, { recursive: true, force: true });
	}
}
