// The tile endpoint over HTTP against its statement run bare, warm, on the busiest tile of each zoom: medians and their
// ratio; once with the tiles kept in memory, as served, once with none kept, where each answer is made anew. Beside them the statement one would write with ST_AsMVTGeom, which PGlite lacks, for the same outlines and
// points. 100,000 parcels on PostGIS; needs DATABASE_URL of a server on which a database may be created, and the built
// application. `--size N` for another number of parcels, `--runs N` for more repetitions.

import { sql } from 'kysely';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createAccount } from '../../src/lib/server/account';
import { openDatabase, type Database } from '../../src/lib/server/db/database';
import { outlineZoom, tileByDatabase, type TileAddress } from '../../src/lib/server/tiles';
import { signedIn, type Visit } from '../support/sign-in';
import { ownDatabase } from './own-database';
import { median, table } from './table';

const LIMIT = 1.3;
const ZOOMS = [9, 11, 12, 13, 14, 16];
const SERVER = 'build/index.js';
const county = '350125';

/** Parcels of 8 to 24 corners in 300 clusters, from whole-number hashes: the same in every run. */
async function fill(db: Database, size: number): Promise<void> {
	await sql`SELECT app.add_county(${county}, '永泰县', 4549, false)`.execute(db);
	await sql`
		WITH parcel AS (
			SELECT g, hashint4(g) % 1000 / 1000.0 AS a, hashint4(g * 7 + 1) % 1000 / 1000.0 AS b,
				hashint4(g % 300 * 31 + 5) % 1000 / 1000.0 AS ca, hashint4(g % 300 * 17 + 9) % 1000 / 1000.0 AS cb
			FROM generate_series(1, ${size}::integer) g),
		placed AS (
			SELECT g, ST_SetSRID(ST_Point(118.8 + 0.35 * ca + 0.03 * a * abs(b), 25.87 + 0.17 * cb + 0.03 * b * abs(a)), 4490)
				AS point FROM parcel)
		INSERT INTO app.target (county, code, kind, name, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
		SELECT ${county}, 'P' || lpad(g::text, 7, '0'), 'land_parcel', '永泰县' || g || '号地块',
			ST_Multi(ST_Transform(ST_Buffer(ST_Transform(point, 4549), 10 + g % 80, 'quad_segs=' || 2 + g % 5), 4490)),
			point, 0, 0, 1000, '', '350125' || 100 + g % 21, CASE g % 20 WHEN 0 THEN 'suspended' ELSE 'active' END,
			'[2020-01-01,)' FROM placed`.execute(db);
	await sql`ANALYZE app.target`.execute(db);
}

/** The tile with the most points. */
async function busiest(db: Database, z: number): Promise<TileAddress> {
	const { rows } = await sql<{ x: number; y: number }>`
		SELECT floor((ST_X(p) / 40075016.6855784 + 0.5) * ${2 ** z})::integer AS x,
			floor((0.5 - ST_Y(p) / 40075016.6855784) * ${2 ** z})::integer AS y
		FROM (SELECT ST_Transform(point, 3857) AS p FROM app.current_target) points
		GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2 LIMIT 1`.execute(db);
	return { z, ...(rows[0] as { x: number; y: number }) };
}

async function usual(db: Database, { z, x, y }: TileAddress): Promise<void> {
	await sql`
		WITH envelope AS MATERIALIZED (SELECT ST_TileEnvelope(${z}::integer, ${x}::integer, ${y}::integer) AS tile,
			ST_Transform(ST_TileEnvelope(${z}::integer, ${x}::integer, ${y}::integer, margin => 0.015625), 4490) AS reach),
		rows AS MATERIALIZED (SELECT t.code, t.kind, t.name, t.status, t.township, t.geom, t.point, tile, reach
			FROM envelope JOIN app.current_target t ON t.geom && reach WHERE t.county = ${county})
		SELECT (SELECT ST_AsMVT(a, 'target', 4096, 'shape') FROM (SELECT code, kind, name, status, township,
				ST_AsMVTGeom(ST_Transform(geom, 3857), tile, 4096, 64, true) AS shape FROM rows) a WHERE shape IS NOT NULL)
			|| (SELECT ST_AsMVT(b, 'target_point', 4096, 'shape') FROM (SELECT code, kind, name, status, township,
				ST_AsMVTGeom(ST_Transform(point, 3857), tile, 4096, 64, true) AS shape FROM rows WHERE point && reach) b)`.execute(
		db
	);
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

async function serve(url: string, cacheMb: number): Promise<{ server: ChildProcess; origin: string }> {
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const own = {
		DATABASE_URL: url,
		FAIRLOT_SECRET: randomBytes(32).toString('hex'),
		ORIGIN: origin,
		FAIRLOT_TILE_CACHE_MB: String(cacheMb)
	};
	const server = spawn(process.execPath, [SERVER], {
		env: { ...process.env, ...own, HOST: '127.0.0.1', PORT: String(port) },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	for (let left = 300; left > 0 && server.exitCode === null; left--) {
		if ((await fetch(`${origin}/healthz`).catch(() => null))?.ok) return { server, origin };
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	server.kill();
	throw new Error('the server did not start');
}

async function took(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** One after another in turn, so that a busy moment of the machine meets all of them; three rounds warm up first. */
async function measure(db: Database, kept: Visit, made: Visit, address: TileAddress, runs: number) {
	const path = `/tiles/target/${address.z}/${address.x}/${address.y}.mvt`;
	const times: Record<'kept' | 'made' | 'bare' | 'plain', number[]> = {
		kept: [],
		made: [],
		bare: [],
		plain: []
	};
	let bytes = 0;
	const asked = async (visit: Visit) => {
		const response = await visit.ask(path);
		if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
		bytes = (await response.arrayBuffer()).byteLength;
	};
	for (let k = -3; k < runs; k++) {
		const ms = {
			kept: await took(() => asked(kept)),
			made: await took(() => asked(made)),
			bare: await took(() => tileByDatabase(db, county, 'target', address, new Date())),
			plain: address.z < outlineZoom ? NaN : await took(() => usual(db, address))
		};
		if (k < 0) continue;
		for (const [name, list] of Object.entries(times)) list.push(ms[name as keyof typeof ms]);
	}
	const { kept: fromMemory, made: anew, bare, plain } = times;
	return { bytes, kept: median(fromMemory), made: median(anew), bare: median(bare), plain: median(plain) };
}

export default async function bench(args: string[]): Promise<void> {
	const options = {
		size: { type: 'string', default: '100000' },
		runs: { type: 'string', default: '21' }
	} as const;
	const { values } = parseArgs({ args, options });
	const url = process.env.DATABASE_URL;
	if (!url || !existsSync(SERVER)) {
		const missing = url
			? 'build the application first'
			: 'set DATABASE_URL to a PostgreSQL server with PostGIS';
		process.stderr.write(`bench tiles: ${missing}\n`);
		process.exitCode = 2;
		return;
	}
	const own = await ownDatabase(url);
	const servers: ChildProcess[] = [];
	try {
		const { db, close } = await openDatabase({ url: own.url, folder: null });
		try {
			process.stderr.write(`making ${values.size} parcels …\n`);
			await fill(db, Number(values.size));
			const password = randomBytes(18).toString('base64url');
			const reader = {
				username: 'bench',
				name: 'bench',
				roles: ['leader' as const],
				office: null,
				subject: null
			};
			await createAccount(db, reader, { actor: 'bench', at: new Date(), address: null }, { password });
			const visits = [];
			for (const cacheMb of [64, 0]) {
				const served = await serve(own.url, cacheMb);
				servers.push(served.server);
				visits.push(await signedIn(served.origin, 'bench', password));
			}
			const [kept, made] = visits as [Visit, Visit];
			const rows = [];
			for (const z of ZOOMS) {
				process.stderr.write(`zoom ${z}\n`);
				const figures = await measure(db, kept, made, await busiest(db, z), Number(values.runs));
				const ms = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(1));
				const ratio = (value: number) => (value / figures.bare).toFixed(2);
				rows.push([
					z,
					Math.round(figures.bytes / 1024),
					ms(figures.bare),
					ms(figures.kept),
					`${ratio(figures.kept)} (≤ ${LIMIT})`,
					ms(figures.made),
					ratio(figures.made),
					ms(figures.plain)
				]);
			}
			const header = [
				'zoom',
				'kB',
				'statement bare, ms',
				'endpoint, ms',
				'ratio',
				'endpoint, none kept, ms',
				'ratio',
				'with ST_AsMVTGeom, ms'
			];
			process.stdout.write(`${table(header, rows)}\n`);
		} finally {
			for (const server of servers) server.kill();
			await close();
		}
	} finally {
		await own.drop();
	}
}
