// The same tile holds the same features whether the database encodes it or we do; and they are the features expected.
import { VectorTile } from '@mapbox/vector-tile';
import { sql } from 'kysely';
import { PbfReader } from 'pbf';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { keptTile } from '../../src/lib/server/tile-cache';
import {
	dataVersion,
	hasVectorTiles,
	layerParts,
	parseAddress,
	tile,
	tileByDatabase,
	tileByEncoder,
	tileLayers,
	type TileAddress
} from '../../src/lib/server/tiles';
import { visitorIdentity, portalIdentity } from '../../src/lib/server/db/identity';
import { databaseAs, freshDatabase, onPostgis } from '../support/database';

const county = '350125';
const at = new Date('2026-05-01T00:00:00Z');
type Position = [number, number];
interface Target {
	code: string;
	polygons: Position[][][];
	point: Position;
	status: string;
	party: string | null;
}

/** Mulberry32: the same shapes in every run. */
function random(seed: number): () => number {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** A star of `corners` corners about a centre, radius in degrees. */
function star(next: () => number, [lon, lat]: Position, radius: number, corners: number): Position[] {
	const ring = Array.from({ length: corners }, (_, k): Position => {
		const r = radius * (0.4 + 0.6 * next());
		const angle = (2 * Math.PI * k) / corners;
		return [lon + r * Math.cos(angle), lat + r * Math.sin(angle)];
	});
	return [...ring, ring[0] as Position];
}

function makeTargets(): Target[] {
	const next = random(7);
	return Array.from({ length: 400 }, (_, k) => {
		const point: Position = [118.8 + 0.2 * next(), 25.8 + 0.2 * next()];
		const radius = 0.0002 + 0.004 * next() ** 3;
		const outer = star(next, point, radius, 5 + Math.floor(12 * next()));
		const polygons = [[outer]];
		if (k % 7 === 0) polygons[0]?.push(star(next, point, radius * 0.3, 5).reverse());
		if (k % 11 === 0) polygons.push([star(next, [point[0] + 3 * radius, point[1]], radius, 6)]);
		return {
			code: `T${k}`,
			polygons,
			point: [point[0] + radius * 0.35, point[1]],
			status: ['active', 'suspended', 'closed'][k % 3] as string,
			party: k % 5 === 0 ? '91350100M000100Y43' : null
		};
	});
}

/** Of a person, as an import may bring it along with a target. */
const held = {
	...{ 联系人: '陈某某', 电话: '13800138000', 身份证: '350125197001011238' },
	...{ 住址: '樟城镇幸福路12号', 界址点: '2859123.456,440321.789' }
};
const targets = makeTargets();
let db: Database;

beforeAll(async () => {
	db = await freshDatabase();
	await sql`SELECT app.add_county(${county}, '测试县', 4549, true)`.execute(db);
	await sql`INSERT INTO app.boundary_source (county, layer, provenance, created_at) VALUES (${county}, 'township', 'test', ${at})`.execute(
		db
	);
	for (const [k, west] of [118.8, 118.9].entries()) {
		await sql`INSERT INTO app.township SELECT ${county}, ${`35012510${k}`}, ${`第${k}镇`},
			ST_Multi(ST_MakeEnvelope(${west}, 25.8, ${west + 0.1}, 26, 4490)), 1, id, '[2020-01-01,)' FROM app.boundary_source`.execute(
			db
		);
	}
	await sql`INSERT INTO app.office VALUES (${county}, 'A', '测试所', '{350125100}', ST_SetSRID(ST_Point(118.85, 25.9), 4490))`.execute(
		db
	);
	await sql`INSERT INTO app.party (county, uscc, name) VALUES (${county}, '91350100M000100Y43', '某公司')`.execute(
		db
	);
	await sql`INSERT INTO app.blacklist_period VALUES (${county}, '91350100M000100Y43', '[2026-01-01,2026-06-01)', 'test')`.execute(
		db
	);
	const rows = JSON.stringify(
		targets.map((target, k) => ({
			code: target.code,
			kind: k % 4 === 0 ? 'mining_right' : 'land_parcel',
			name: `对象${k}`,
			party: target.party,
			geom: { type: 'MultiPolygon', coordinates: target.polygons },
			point: { type: 'Point', coordinates: target.point },
			township: target.point[0] < 118.9 ? '350125100' : '350125101',
			status: target.status
		}))
	);
	await sql`INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township, status, valid, attributes)
		SELECT ${county}, code, kind, name, party, ST_SetSRID(ST_GeomFromGeoJSON(geom::text), 4490),
			ST_SetSRID(ST_GeomFromGeoJSON(point::text), 4490), 0, 0, 1, '89', township, status, '[2020-01-01,)', ${JSON.stringify(held)}::jsonb
		FROM jsonb_to_recordset(${rows}::jsonb) AS r(code text, kind text, name text, party text, geom jsonb, point jsonb,
			township text, status text)`.execute(db);
});

/** Every feature of a tile as text that can be compared, in the order of its code. */
function featuresOf(bytes: Uint8Array): Record<string, unknown[]> {
	const parts = Object.entries(new VectorTile(new PbfReader(bytes)).layers).map(([name, part]) => {
		const features = Array.from({ length: part.length }, (_, k) => part.feature(k)).map(
			(feature): Record<string, unknown> => ({
				...feature.properties,
				type: feature.type,
				extent: part.extent,
				version: part.version,
				geometry: feature.loadGeometry().map((line) => line.map(({ x, y }) => [x, y]))
			})
		);
		return [name, features.sort((a, b) => String(a['code']).localeCompare(String(b['code'])))] as const;
	});
	return Object.fromEntries(parts.sort(([a], [b]) => a.localeCompare(b)));
}

const project = ([lon, lat]: Position, { z, x, y }: TileAddress): Position => {
	const n = 2 ** z * 4096;
	const mercatorY = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
	return [(lon / 360 + 0.5) * n - x * 4096, mercatorY * n - y * 4096];
};

function addressesAt(z: number): TileAddress[] {
	const [west, south] = project([118.8, 25.8], { z, x: 0, y: 0 }).map((v) =>
		Math.floor(v / 4096)
	) as Position;
	const [east, north] = project([119, 26], { z, x: 0, y: 0 }).map((v) => Math.floor(v / 4096)) as Position;
	const list: TileAddress[] = [];
	for (let x = west; x <= east; x++) for (let y = north; y <= south; y++) list.push({ z, x, y });
	return list.slice(0, 40);
}

describe.skipIf(!onPostgis)('on PostGIS', () => {
	test.each([6, 9, 11, 12, 14, 16])('both encoders give the same tiles at zoom %i', async (z) => {
		let features = 0;
		for (const layer of tileLayers) {
			for (const address of addressesAt(z)) {
				const byDatabase = featuresOf(await tileByDatabase(db, county, layer, address, at));
				expect(featuresOf(await tileByEncoder(db, county, layer, address, at))).toEqual(byDatabase);
				features += Object.values(byDatabase).flat().length;
			}
		}
		expect(features).toBeGreaterThan(2);
	});
});

test('the way is chosen by what the database can do', async () => {
	expect(await hasVectorTiles(db)).toBe(onPostgis);
	const [address] = addressesAt(12) as [TileAddress];
	const chosen = await tile(db, county, 'target', address, at);
	expect(featuresOf(chosen)).toEqual(featuresOf(await tileByEncoder(db, county, 'target', address, at)));
});

test.each([12, 14, 15])('every target is where it should be at zoom %i', async (z) => {
	const seen = new Set<string>();
	for (const address of addressesAt(z)) {
		const parts = featuresOf(await tile(db, county, 'target', address, at)) as Record<
			string,
			{ code: string; geometry: Position[][]; status: string; blacklisted?: boolean; name?: string }[]
		>;
		const near = (v: number) => v >= -64 && v <= 4160;
		const expected = targets.filter((target) => project(target.point, address).every(near));
		expect(parts['target_point']?.map((f) => f.code).sort() ?? []).toEqual(
			expected.map((t) => t.code).sort()
		);
		for (const feature of parts['target_point'] ?? []) {
			const target = targets[Number(feature.code.slice(1))] as Target;
			const [x, y] = project(target.point, address);
			expect(Math.abs((feature.geometry[0]?.[0]?.[0] ?? NaN) - x)).toBeLessThanOrEqual(0.51);
			expect(Math.abs((feature.geometry[0]?.[0]?.[1] ?? NaN) - y)).toBeLessThanOrEqual(0.51);
			expect(feature.status).toBe(target.status);
			expect(feature.blacklisted).toBe(target.party ? true : undefined);
			expect(feature.name === undefined).toBe(z < 14);
		}
		for (const feature of parts['target'] ?? []) {
			seen.add(feature.code);
			const corners = (targets[Number(feature.code.slice(1))] as Target).polygons
				.flat(2)
				.map((corner) => project(corner, address));
			const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
			for (const [x, y] of feature.geometry.flat()) {
				expect(near(x) && near(y)).toBe(true);
				expect(x).toBeGreaterThanOrEqual(Math.min(...xs) - 1);
				expect(x).toBeLessThanOrEqual(Math.max(...xs) + 1);
				expect(y).toBeGreaterThanOrEqual(Math.min(...ys) - 1);
				expect(y).toBeLessThanOrEqual(Math.max(...ys) + 1);
			}
			// An outer ring first, of positive area in tile units (spec 4.3.3.3).
			expect(area(feature.geometry[0] as Position[])).toBeGreaterThan(0);
		}
	}
	if (z === 12) expect(seen.size).toBe(targets.length);
});

const area = (ring: Position[]) =>
	ring.reduce((sum, [x, y], k) => {
		const [nextX, nextY] = ring[(k + 1) % ring.length] as Position;
		return sum + x * nextY - nextX * y;
	}, 0);

test('below zoom 11 targets that would cover each other are one dot of each look', async () => {
	const [address] = addressesAt(6) as [TileAddress];
	const parts = featuresOf(await tile(db, county, 'target', address, at));
	expect(parts['target']).toBeUndefined();
	const square = (look: unknown[], [x, y]: Position) =>
		[...look, Math.floor(Math.round(x) / 12), Math.floor(Math.round(y) / 12)].join();
	const dots = (parts['target_point'] as { [key: string]: unknown; geometry: [[Position]] }[]).map((dot) =>
		square([dot['kind'], dot['status'], dot['blacklisted']], dot.geometry[0][0])
	);
	const looks = targets.map((target, k) =>
		square(
			[k % 4 === 0 ? 'mining_right' : 'land_parcel', target.status, target.party ? true : undefined],
			project(target.point, address)
		)
	);
	// A look in a square of 12 units has exactly one dot, and every target's square has its own.
	expect(dots.sort()).toEqual([...new Set(looks)].sort());
	expect(dots.length).toBeLessThan(targets.length);
});

test('nothing is in a tile that TileJSON does not name, and nothing of a person', async () => {
	const secrets = [...Object.values(held), '91350100M000100Y43', '某公司'];
	let features = 0;
	for (const z of [0, 6, 10, 12, 14, 16, 17])
		for (const layer of tileLayers)
			for (const address of addressesAt(z).slice(0, 12)) {
				const bytes = await tile(db, county, layer, address, at);
				for (const secret of secrets) expect(Buffer.from(bytes).includes(secret)).toBe(false);
				for (const [name, { fields }] of Object.entries(featuresOf(bytes)).flatMap(([name, found]) =>
					found.map((one) => [name, { fields: one as object }] as const)
				)) {
					const { type, extent, version, geometry, ...said } = fields as Record<string, unknown>;
					expect([type, extent, version, geometry]).not.toContain(undefined);
					const named = layerParts[layer].find((part) => part.name === name)!.fields;
					expect(Object.keys(named)).toEqual(expect.arrayContaining(Object.keys(said)));
					features++;
				}
			}
	expect(features).toBeGreaterThan(400);
});

test('the database itself gives nobody a tile: not who has no account, nor the portal', async () => {
	const reader = await databaseAs(visitorIdentity({ id: 'p1', roles: ['planner'], office: null }, false));
	const nobody = await databaseAs(visitorIdentity(null, false));
	const portal = await databaseAs(portalIdentity);
	for (const z of [6, 10, 12]) {
		const [address] = addressesAt(z) as [TileAddress];
		expect((await tile(reader, county, 'target', address, at)).length).toBeGreaterThan(0);
		for (const layer of tileLayers) {
			expect(await tile(nobody, county, layer, address, at)).toHaveLength(0);
			await expect(tile(portal, county, layer, address, at)).rejects.toThrow(/permission denied/);
		}
	}
});

test('a township is labelled once on the whole map', async () => {
	const labels: string[] = [];
	for (const address of addressesAt(13)) {
		const parts = featuresOf(await tile(db, county, 'township', address, at));
		for (const { code, geometry } of (parts['township_label'] ?? []) as {
			code: string;
			geometry: Position[][];
		}[]) {
			const [x, y] = geometry[0]?.[0] as Position;
			if (x >= 0 && x < 4096 && y >= 0 && y < 4096) labels.push(code);
		}
	}
	expect(labels.sort()).toEqual(['350125100', '350125101']);
});

test('nothing is there: no bytes', async () => {
	for (const layer of tileLayers) {
		expect(await tile(db, county, layer, { z: 12, x: 0, y: 0 }, at)).toHaveLength(0);
	}
});

test('the version changes with the day in China and with an import', async () => {
	const first = await dataVersion(db, county, at);
	expect(await dataVersion(db, county, new Date('2026-05-01T15:59:00Z'))).toBe(first);
	expect(await dataVersion(db, county, new Date('2026-05-01T16:00:00Z'))).not.toBe(first);
	await sql`INSERT INTO app.import (county, kind, files, report, root, created_at)
		VALUES (${county}, 'party', '[]', '{}', ${'0'.repeat(64)}, ${at})`.execute(db);
	expect(await dataVersion(db, county, at)).not.toBe(first);
});

test('a tile is kept for its version, and made anew for the next', async () => {
	const [address] = addressesAt(13) as [TileAddress];
	const wanted = { db, county, layer: 'target' as const, address, at };
	const first = await keptTile('of a test, 1', wanted);
	await sql`UPDATE app.target SET status = 'suspended' WHERE county = ${county}`.execute(db);
	expect(await keptTile('of a test, 1', wanted)).toBe(first);
	const next = await keptTile('of a test, 2', wanted);
	expect(next).toEqual(await tile(db, county, 'target', address, at));
	expect(next).not.toEqual(first);
});

test.each([
	['12', '3399', '1744', true],
	['0', '0', '0', true],
	['12', '4096', '0', false],
	['23', '0', '0', false],
	['-1', '0', '0', false],
	['1e1', '0', '0', false]
])('address %s/%s/%s is of this world: %s', (z, x, y, ok) => {
	expect(parseAddress(z, x, y) !== null).toBe(ok);
});
