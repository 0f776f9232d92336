// Imports on a real database: files of other tools, refusals, versions, what a dry run and a failure leave behind.
import { sql } from 'kysely';
import { existsSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { isTemplate } from '../../src/lib/core/field/form';
import { toGcj02 } from '../../src/lib/core/geo/gcj02';
import { toPlane } from '../../src/lib/core/geo/zone';
import { importOptions } from '../../src/lib/schema/import';
import { inspectFiles } from '../../src/lib/server/import/inspection';
import { sourceOf } from '../../src/lib/server/import/mapping';
import { itemBook } from '../../src/lib/server/import/item-book';
import type { Database } from '../../src/lib/server/db/database';
import { freshDatabase } from '../support/database';
import {
	counts,
	county,
	fixture,
	registerCounty,
	reported,
	run,
	squares,
	townshipFile,
	written
} from '../support/import';

const real = '../shared/data/real';
const hasReal = existsSync(`${real}/yongtai_townships_wgs84.geojson`);
if (!hasReal) console.warn(`import: ${real} is absent, its two files are not tested`);

let db: Database;
beforeAll(async () => {
	db = await freshDatabase();
	await registerCounty(db);
});

const scalar = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(db)).rows[0]!.n;
const tables = [
	'target',
	'township',
	'party',
	'import',
	'boundary_source',
	'office',
	'inspector',
	'item',
	'blacklist_period'
];
/** Rows of every table, and ledger entries. */
async function everything() {
	const all: Record<string, number> = {};
	for (const name of tables)
		all[name] = await scalar(sql`SELECT count(*) AS n FROM ${sql.table(`app.${name}`)}`);
	all.ledger = await scalar(sql`SELECT count(*) AS n FROM ledger.entry`);
	return all;
}

async function empty() {
	for (const name of ['inspector', 'blacklist_period', 'target', 'party', 'office', 'township', 'item']) {
		await sql`DELETE FROM ${sql.table(`app.${name}`)}`.execute(db);
	}
}

describe('parcels from other tools', () => {
	beforeAll(async () => {
		await empty();
		await reported(db, 'township', townshipFile('t.geojson', squares));
	});
	beforeEach(() => sql`DELETE FROM app.target`.execute(db));

	const files = [
		['parcels.geojson', 'WGS 84', null],
		['parcels_gbk.zip', 'CGCS2000 / 3-degree Gauss-Kruger zone 40', 'GBK'],
		['parcels_4549.gpkg', 'CGCS2000 / 3-degree Gauss-Kruger CM 120E', null],
		['parcels_39_gbk.csv', 'CGCS2000 3° 39', 'gb18030'],
		['parcels_4490.csv', 'EPSG:4490', 'utf-8']
	] as const;

	test.each(files)(
		'%s: the same outlines within 1 cm, Chinese intact, the same two refused',
		async (file, crs, encoding) => {
			const report = await reported(db, 'land_parcel', fixture(file));
			expect(counts(report)).toEqual({ rows: 20, added: 18, changed: 0, unchanged: 0, refusedRows: 2 });
			expect(report.files[0]).toMatchObject({ crs, encoding, rows: 20 });
			const line = (feature: number) => (file.endsWith('.csv') ? feature + 1 : feature);
			expect(report.refused).toEqual([
				expect.objectContaining({
					line: line(19),
					field: 'geometry',
					rule: 'outside',
					reason: '离辖区 2.0 km'
				}),
				expect.objectContaining({ line: line(20), field: 'party', rule: 'uscc_wrong' })
			]);
			expect(report.warned).toContainEqual(
				expect.objectContaining({ line: line(18), field: 'geometry', rule: 'geometry_repaired' })
			);
			const source = JSON.parse(
				await (await import('node:fs/promises')).readFile(fixture('parcels.geojson'), 'utf8')
			) as {
				features: { properties: Record<string, string>; geometry: object }[];
			};
			for (const { properties, geometry } of source.features.slice(0, 17)) {
				const { rows } = await sql<{ name: string; party: string; use: string; apart: number }>`
				SELECT name, party, attributes->>'YT' AS use, ST_HausdorffDistance(
					ST_Transform(geom, 4549), ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}), 4490), 4549)
				) AS apart FROM app.current_target WHERE code = ${properties.BDCDYH!}`.execute(db);
				expect(rows[0]).toMatchObject({
					name: properties.DKMC,
					party: properties.TYSHXYDM,
					use: properties.YT
				});
				expect(rows[0]!.apart).toBeLessThan(0.01);
			}
			const placed = await db
				.selectFrom('app.current_target')
				.select(['code', 'township'])
				.where('name', 'in', ['跨界地块', '两块地块'])
				.orderBy('code')
				.execute();
			// 0.7 mdeg of its 1 mdeg lie west of the border.
			expect(placed.map(({ township }) => township)).toEqual(['350125100', '350125104']);
		}
	);

	test('a point lies inside its parcel, its whole metres and its cell are those of the point, its area is ellipsoidal', async () => {
		await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		const { rows } = await sql<{
			inside: boolean;
			dx: number;
			dy: number;
			area: number;
			stated: number;
			cell: string;
		}>`
			SELECT ST_Contains(geom, point) AS inside, abs(ST_X(ST_Transform(point, 4549)) - x_m) AS dx,
				abs(ST_Y(ST_Transform(point, 4549)) - y_m) AS dy, ST_Area(geom::geography) AS area, area_m2 AS stated, cell
			FROM app.current_target`.execute(db);
		expect(rows).toHaveLength(18);
		for (const row of rows) {
			expect(row.inside).toBe(true);
			expect(Math.max(row.dx, row.dy)).toBeLessThan(0.501);
			expect(Math.abs(row.area / row.stated - 1)).toBeLessThan(1e-6);
			expect(row.cell).toMatch(/^89[0-9a-f]{13}$/);
		}
	});

	test('the same file again changes nothing; one new name changes one row', async () => {
		const first = await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		expect(first.root).toMatch(/^[0-9a-f]{64}$/);
		const again = await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		expect(counts(again)).toEqual({ rows: 20, added: 0, changed: 0, unchanged: 18, refusedRows: 2 });
		expect(await scalar(sql`SELECT count(*) AS n FROM app.target`)).toBe(18);
		const text = (
			await (await import('node:fs/promises')).readFile(fixture('parcels_4490.csv'), 'utf8')
		).replace('有洞地块', '改名地块');
		const renamed = await reported(db, 'land_parcel', written('renamed.csv', text));
		expect(counts(renamed)).toEqual({ rows: 20, added: 0, changed: 1, unchanged: 17, refusedRows: 2 });
		const versions = await db
			.selectFrom('app.target')
			.select(['name', sql<boolean>`upper_inf(valid)`.as('current')])
			.where('code', '=', '350125001001GB00016W00000000')
			.orderBy(sql`lower(valid)`)
			.execute();
		expect(versions).toEqual([
			{ name: '有洞地块', current: false },
			{ name: '改名地块', current: true }
		]);
	});

	test('a dry run reports the same and leaves nothing', async () => {
		const before = await everything();
		const dry = await reported(db, 'land_parcel', fixture('parcels_4490.csv'), { dryRun: true });
		expect(dry).toMatchObject({
			dryRun: true,
			committed: false,
			added: 18,
			refusedRows: 2,
			importId: null,
			ledgerSeq: null
		});
		expect(await everything()).toEqual(before);
		const wet = await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		expect({ ...wet, importId: null, ledgerSeq: null, dryRun: true, committed: false }).toEqual(dry);
	});

	test('--outside keep keeps it, with the nearest township and a warning', async () => {
		const report = await reported(db, 'land_parcel', fixture('parcels_4490.csv'), { outside: 'keep' });
		expect(report).toMatchObject({ added: 19, refusedRows: 1 });
		expect(report.warned).toContainEqual(
			expect.objectContaining({ line: 20, rule: 'outside_kept', values: { km: '2.0' } })
		);
		const kept = await db
			.selectFrom('app.current_target')
			.select('township')
			.where('name', '=', '辖区外地块')
			.executeTakeFirst();
		expect(kept?.township).toBe('350125103');
	});

	test('an aborted import leaves nothing, at any step', async () => {
		const before = await everything();
		for (const phase of ['reading', 'checking', 'placing', 'writing']) {
			const abort = new AbortController();
			const { importFiles } = await import('../../src/lib/server/import/import');
			await expect(
				importFiles(db, {
					county: { code: '350125', name: '永泰县', epsg: 4549, demo: false },
					files: [fixture('parcels_4490.csv')],
					options: v.parse(importOptions, { kind: 'land_parcel' }),
					at: new Date('2027-01-01T00:00:00Z'),
					actor: 'operator',
					signal: abort.signal,
					onProgress: (progress) => progress.phase === phase && abort.abort(new Error('cancelled'))
				})
			).rejects.toThrow('cancelled');
			expect(await everything()).toEqual(before);
		}
	});

	test('every commit is one ledger entry, the last thing of its transaction', async () => {
		const report = await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		const entry = await db
			.selectFrom('ledger.entry')
			.select(['seq', 'bytes'])
			.orderBy('seq', 'desc')
			.executeTakeFirstOrThrow();
		expect(entry.seq).toBe(report.ledgerSeq);
		expect(JSON.parse(Buffer.from(entry.bytes).toString('utf8'))).toMatchObject({
			type: 'import.committed',
			import: report.importId,
			kind: 'land_parcel',
			added: 18,
			root: report.root,
			files: [{ name: 'parcels_4490.csv', sha256: report.files[0]!.sha256 }]
		});
		const stored = await db
			.selectFrom('app.import')
			.select(['root', 'report'])
			.where('id', '=', report.importId!)
			.executeTakeFirstOrThrow();
		expect(stored.root).toBe(report.root);
		expect(stored.report).toMatchObject({ refused: report.refused });
	});
});

describe('boundary points as text', () => {
	beforeAll(async () => {
		await empty();
		await reported(db, 'township', townshipFile('t.geojson', squares));
	});
	const parcel = (columns: string, x: number, y: number) => {
		const corner = (i: number, north: number, east: number) => `J${i},1,${x + north},${y + east}`;
		return [columns, corner(1, 0, 0), corner(2, 0, 100), corner(3, 100, 100), corner(4, 100, 0)].join('\n');
	};
	const head = '[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=40\n[地块坐标]\n';

	test('parcels with their area compared, and what is wrong by line and field', async () => {
		const text = [
			parcel('4,0.9996,350125001001GB00001W00000000,一号地,面,,仓储用地,,@', 2866000, 40393754),
			parcel('4,2.0000,350125001001GB00002W00000000,二号地,面,,,,@', 2866300, 40393754),
			parcel('4,0.9996,350125001001GB00003W00000000,三号地,面,,,,@', 2866600, 40393754).replace(
				/J3.*/,
				'J3,1,2866700'
			)
		];
		const file = written('boundary.txt', head + text.join('\n'));
		const report = await reported(db, 'land_parcel', file);
		expect(counts(report)).toEqual({ rows: 3, added: 2, changed: 0, unchanged: 0, refusedRows: 1 });
		expect(report.refused).toMatchObject([{ line: 19, field: '界址点', rule: 'corner_form', row: 16 }]);
		const differing = report.warned.filter(({ rule }) => rule === 'area_differs');
		expect(differing).toMatchObject([{ line: 11, field: 'area', values: { stated: 2 } }]);
		const row = await db
			.selectFrom('app.current_target')
			.select(['name', 'area_m2', 'attributes'])
			.where('code', '=', '350125001001GB00001W00000000')
			.executeTakeFirstOrThrow();
		expect(row).toMatchObject({ name: '一号地', attributes: { 地块用途: '仓储用地' } });
		expect(Math.abs(row.area_m2 / 9996 - 1)).toBeLessThan(1e-3);
	});

	test('a mining right from its report', async () => {
		const file = written(
			'mine.txt',
			'采矿许可证号=C3501252020017100000009\n矿山名称=某矿\nXY001=1,2866000,40393754\nXY002=2,2866000,40394754\nXY003=3,2867000,40394754\nXY004=标高,220,100,,1\n'
		);
		expect(await reported(db, 'mining_right', file)).toMatchObject({ added: 1, refusedRows: 0 });
		const row = await db
			.selectFrom('app.current_target')
			.select(['name', 'attributes'])
			.where('kind', '=', 'mining_right')
			.executeTakeFirstOrThrow();
		expect(row).toEqual({ name: '某矿', attributes: { 标高上限: '220', 标高下限: '100' } });
	});

	test.each([
		['西安80坐标系', 'datum_old'],
		['1954年北京坐标系', 'datum_old']
	])('%s is refused with the way out', async (datum, reason) => {
		const text = head.replace('2000国家大地坐标系', datum) + parcel('4,1,A,,面,,,,@', 2866000, 40393754);
		expect(await run(db, 'land_parcel', written('old.txt', text))).toMatchObject({
			ok: false,
			failure: { reason, values: { datum } }
		});
	});

	test('coordinates of 高德 are put back when asked', async () => {
		const ring = [118.85, 25.9, 118.851, 25.9, 118.851, 25.901, 118.85, 25.9];
		const pairs = (move: (p: [number, number]) => readonly [number, number]) =>
			Array.from({ length: 4 }, (_, i) => move([ring[2 * i]!, ring[2 * i + 1]!]).join(' ')).join(',');
		const file = (text: string) => written('gcj.csv', `code,wkt\nG1,"POLYGON((${text}))"\n`);
		await reported(db, 'land_parcel', file(pairs((p) => p)));
		const shifted = file(pairs(toGcj02));
		expect(await reported(db, 'land_parcel', shifted, { gcj02: true })).toMatchObject({ unchanged: 1 });
		expect(await reported(db, 'land_parcel', shifted, { dryRun: true })).toMatchObject({ changed: 1 });
	});

	const parcels = ['44120000120', '44120000669'].map((name) => `${real}/land_parcel_txt/${name}.txt`);
	test.skipIf(!existsSync(parcels[0]!))('real parcels, their stated area as computed', async () => {
		const mapping = { code: '文件名', name: '' };
		const report = await reported(db, 'land_parcel', parcels, { outside: 'keep', mapping });
		expect(report).toMatchObject({ added: 2, refusedRows: 0 });
		expect(report.warned.filter(({ rule }) => rule === 'area_differs')).toEqual([]);
		const { rows } = await sql<{ code: string; ha: number }>`
			SELECT code, area_m2 / 10000 AS ha FROM app.current_target WHERE code LIKE '44120000%' ORDER BY code`.execute(
			db
		);
		expect(rows.map(({ code }) => code)).toEqual(['44120000120', '44120000669']);
		// The second is stated to 0.0001 ha, which is half of its 0.1 %.
		expect(Math.abs(rows[0]!.ha / 2.6708 - 1)).toBeLessThan(1e-3);
		expect(Math.abs(rows[1]!.ha - 0.0433)).toBeLessThan(0.0433e-3 + 0.00005);
	});
});

describe('rows that cannot be', () => {
	beforeAll(async () => {
		await empty();
		await reported(db, 'township', townshipFile('t.geojson', squares));
	});

	test('every fault is told with its line and field', async () => {
		const square = (x: number) =>
			`"POLYGON((${x} 25.9,${x + 0.001} 25.9,${x + 0.001} 25.901,${x} 25.901,${x} 25.9))"`;
		const file = written(
			'faults.csv',
			[
				'code,name,uscc,holder,status,wkt',
				`P1,好的,,,,${square(118.85)}`,
				`P1,重复,,,,${square(118.86)}`,
				`,没有编码,,,,${square(118.85)}`,
				`P3,"换\n行",91350100M000100Y43,,,${square(118.85)}`,
				`P4,状态,,,弄丢,${square(118.85)}`,
				`P5,图形,,,,"POLYGON((118 25,119 25"`,
				`P6,线,,,,"LINESTRING(118.85 25.9,118.86 25.9)"`,
				'P7,点,,,,"POINT(118.85 25.9)"',
				'P8,两点,,,,"POLYGON((118.85 25.9,118.86 25.9,118.85 25.9))"',
				'P9,无,,,,',
				`P10,平,,,,"POLYGON((118.85 25.9,118.86 25.9,118.87 25.9,118.85 25.9))"`
			].join('\r\n')
		);
		const report = await reported(db, 'land_parcel', file);
		expect(counts(report)).toEqual({ rows: 11, added: 1, changed: 0, unchanged: 0, refusedRows: 10 });
		expect(report.refused.map(({ line, field, rule }) => [line, field, rule])).toEqual([
			[3, 'code', 'duplicate'],
			[4, 'code', 'missing'],
			[5, 'party', 'party_unknown'],
			[7, 'status', 'value_unknown'],
			[8, 'geometry', 'geometry_text'],
			[9, 'geometry', 'geometry_type'],
			[10, 'geometry', 'point_area'],
			[11, 'geometry', 'geometry_ring'],
			[12, 'geometry', 'geometry_missing'],
			[13, 'geometry', 'geometry_empty']
		]);
		expect(report.refused.every(({ reason }) => reason.length > 1 && !reason.includes('{'))).toBe(true);
	});

	test('a point with a stated area becomes a circle of that area, marked as such', async () => {
		const report = await reported(
			db,
			'mining_right',
			written('point.csv', '采矿许可证号,经度,纬度,面积平方米\nC3501252020017100000001,118.85,25.85,50000\n')
		);
		expect(report).toMatchObject({ added: 1, refusedRows: 0 });
		const row = await db
			.selectFrom('app.current_target')
			.select(['area_m2', 'attributes'])
			.where('kind', '=', 'mining_right')
			.executeTakeFirstOrThrow();
		expect(Math.abs(row.area_m2 / 50000 - 1)).toBeLessThan(1e-3);
		expect(row.attributes).toMatchObject({ outline: 'circle' });
	});

	test('a code of one kind is not taken for the other', async () => {
		const report = await reported(
			db,
			'mining_right',
			written('kind.csv', 'code,wkt\nP1,"POLYGON((118.85 25.9,118.851 25.9,118.851 25.901,118.85 25.9))"\n')
		);
		expect(report.refused.map(({ rule }) => rule)).toEqual(['kind_conflict']);
	});

	test.each([
		[
			'east without zone',
			'code,wkt\nA,"POLYGON((500000 2860000,500100 2860000,500100 2860100,500000 2860000))"\n',
			{},
			'crs_unknown'
		],
		['no code column', 'a,b\n1,2\n', {}, 'column_missing'],
		['unknown mapping', 'code,b\n1,2\n', { mapping: { nothing: 'b' } }, 'field_unknown'],
		['mapping to no column', 'code,b\n1,2\n', { mapping: { name: 'c' } }, 'column_unknown'],
		['no rows', 'code,wkt\n', {}, 'empty']
	])('a file at fault: %s', async (_, text, options, reason) => {
		const before = await everything();
		expect(await run(db, 'land_parcel', written('bad.csv', text), options)).toMatchObject({
			ok: false,
			failure: { reason }
		});
		expect(await everything()).toEqual(before);
	});

	test('files that cannot be read', async () => {
		expect(await run(db, 'land_parcel', '/nowhere/a.shp')).toMatchObject({
			failure: { reason: 'file_missing' }
		});
		expect(await run(db, 'land_parcel', written('a.docx', 'x'))).toMatchObject({
			failure: { reason: 'file_kind' }
		});
		expect(await run(db, 'land_parcel', written('a.zip', 'x'))).toMatchObject({
			failure: { reason: 'zip_damaged' }
		});
		expect(await run(db, 'land_parcel', written('a.gpkg', 'x'))).toMatchObject({
			failure: { reason: 'file_unreadable' }
		});
		expect(await run(db, 'land_parcel', written('lone.shp', 'x'))).toMatchObject({
			failure: { reason: 'shape_part' }
		});
	});

	test('the prefix of the eastings overrules a system that contradicts it', async () => {
		const ring = [
			[40493754, 2862861],
			[40493854, 2862861],
			[40493854, 2862961],
			[40493754, 2862861]
		];
		const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4549' } };
		const feature = {
			type: 'Feature',
			properties: { code: 'Z1' },
			geometry: { type: 'Polygon', coordinates: [ring] }
		};
		const file = written(
			'prefix.geojson',
			JSON.stringify({ type: 'FeatureCollection', crs, features: [feature] })
		);
		const report = await reported(db, 'land_parcel', file, { outside: 'keep' });
		expect(report.files[0]).toMatchObject({
			crs: 'CGCS2000 3° 40',
			overruledCrs: expect.stringContaining('120E') as string
		});
	});
});

describe('township layers', () => {
	test('a layer replaces the one before and moves the targets, in one transaction', async () => {
		await empty();
		await reported(db, 'township', townshipFile('t.geojson', squares));
		await reported(db, 'land_parcel', fixture('parcels_4490.csv'));
		const moved = squares.map((square) => {
			if (square.code === '350125100') return { ...square, east: 118.88 };
			return square.code === '350125104' ? { ...square, west: 118.88 } : square;
		});
		const expected = await scalar(sql`
			SELECT count(*) AS n FROM app.current_target WHERE township = '350125100' AND ST_X(point) > 118.88`);
		expect(expected).toBeGreaterThan(0);
		const file = townshipFile('moved.geojson', moved);
		const dry = await reported(db, 'township', file, { dryRun: true });
		const report = await reported(db, 'township', file, { licence: '本局', reviewNumber: '闽S(2026)1号' });
		expect(report).toMatchObject({
			added: 0,
			changed: 2,
			unchanged: 1,
			closed: 0,
			reassigned: expected,
			committed: true
		});
		expect(dry.reassigned).toBe(expected);
		expect(await scalar(sql`SELECT count(*) AS n FROM app.current_target`)).toBe(18);
		expect(await scalar(sql`SELECT count(*) AS n FROM app.target`)).toBe(18 + expected);
		expect(
			await scalar(sql`
			SELECT count(*) AS n FROM app.current_target t JOIN app.current_township w ON w.code = t.township
			WHERE ST_Covers(w.geom, t.point)`)
		).toBe(18);
		const source = await db
			.selectFrom('app.boundary_source')
			.selectAll()
			.orderBy('id', 'desc')
			.executeTakeFirstOrThrow();
		expect(source).toMatchObject({ sketch: false, licence: '本局', review_number: '闽S(2026)1号' });
		expect(source.provenance).toMatch(/^moved\.geojson \(SHA-256 [0-9a-f]{64}\)$/);
		expect(counts(await reported(db, 'township', file))).toMatchObject({ changed: 0, unchanged: 3 });
	});

	test('a layer with a wrong row is not taken at all', async () => {
		const before = await everything();
		const wrong = townshipFile('wrong.geojson', [
			...squares.slice(0, 2),
			{ code: '350121100', name: '别县', west: 119, east: 119.1 }
		]);
		const report = await reported(db, 'township', wrong);
		expect(report).toMatchObject({ committed: false, refusedRows: 1 });
		expect(report.refused[0]).toMatchObject({ line: 3, field: 'code', rule: 'township_foreign' });
		expect(await everything()).toEqual(before);
	});

	test.skipIf(!hasReal)(
		'the real townships: 21, 2,229.01 km²; real mines elsewhere refused with their distance, or kept',
		async () => {
			await empty();
			const townships = await reported(db, 'township', `${real}/yongtai_townships_wgs84.geojson`);
			expect(townships).toMatchObject({ added: 21, refusedRows: 0 });
			expect(Math.abs(townships.areaM2! / 2229.01e6 - 1)).toBeLessThan(0.001);
			const mines = `${real}/gem_china_mine_boundaries_103.geojson`;
			const refused = await reported(db, 'mining_right', mines);
			expect(counts(refused)).toEqual({ rows: 103, added: 0, changed: 0, unchanged: 0, refusedRows: 103 });
			expect(
				refused.refused.every(
					({ rule, values, reason }) =>
						rule === 'outside' && Number(values.km) > 50 && reason === `离辖区 ${values.km} km`
				)
			).toBe(true);
			expect(await reported(db, 'mining_right', mines, { outside: 'keep' })).toMatchObject({
				added: 103,
				refusedRows: 0
			});
		}
	);
});

describe('the small directories', () => {
	const parties = (grade: string) =>
		written(
			'parties.csv',
			`统一社会信用代码,企业名称,信用等级,联系电话,列入日期,移出日期,列入依据\n91350100M000100Y43,甲公司,${grade},13812345678,2026-01-05,2026-12-31,处罚决定\n91350211M0000XUF46,乙公司,,,,,\n911,丙公司,,,,,\n`
		);

	test('parties with their blacklist periods', async () => {
		await empty();
		const first = await reported(db, 'party', parties('C'));
		expect(first).toMatchObject({ added: 2, refusedRows: 1 });
		expect(first.warned.map(({ line, rule }) => [line, rule])).toContainEqual([3, 'uscc_doubtful']);
		expect(await reported(db, 'party', parties('C'))).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
		expect(await reported(db, 'party', parties('D'))).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
		const row = await db
			.selectFrom('app.party')
			.selectAll()
			.where('uscc', '=', '91350100M000100Y43')
			.executeTakeFirstOrThrow();
		expect(row).toMatchObject({ credit_grade: 'D', contact_masked: '138****5678' });
		const period = await db.selectFrom('app.blacklist_period').selectAll().execute();
		expect(period).toMatchObject([{ during: '[2026-01-05,2027-01-01)', source: '处罚决定' }]);
	});

	test('offices, then inspectors of them by name', async () => {
		await reported(db, 'township', townshipFile('t.geojson', squares));
		const offices = written(
			'offices.csv',
			'code,name,辖区,lon,lat\nS1,樟城自然资源所,樟城镇、城峰,118.93,25.87\nS2,空所,没有的乡,118.9,25.9\n'
		);
		const report = await reported(db, 'office', offices);
		expect(report).toMatchObject({ added: 1, refusedRows: 1 });
		expect(report.refused[0]).toMatchObject({ line: 3, field: 'townships', rule: 'township_unknown' });
		const inspectors = written(
			'inspectors.csv',
			'编号,姓名,所属单位,执法范围,组长,执法证号,发证机关,发证日期,有效期至\n' +
				'Z1,张三,樟城自然资源所,矿产+测绘,是,闽01,福建省人民政府,2024-1-1,2028.12.31\n' +
				'Z2,李四,樟城所,用地,,闽01,福建省人民政府,2024-1-1,2028-12-31\n' +
				'Z3,王五,樟城自然资源所,用地,,闽03,福建省人民政府,2024-2-30,2023-01-01\n'
		);
		const people = await reported(db, 'inspector', inspectors);
		expect(people).toMatchObject({ added: 1, refusedRows: 2 });
		expect(people.refused.map(({ line, field, rule }) => [line, field, rule])).toEqual([
			[3, 'certificate', 'duplicate'],
			[4, 'valid_from', 'date_form']
		]);
		const row = await db.selectFrom('app.inspector').selectAll().executeTakeFirstOrThrow();
		expect(row).toMatchObject({
			lead: true,
			scopes: ['矿产', '测绘'],
			home_townships: ['350125100', '350125104']
		});
		expect(await reported(db, 'inspector', inspectors)).toMatchObject({ unchanged: 1, added: 0 });
	});

	test('items; one without a basis is refused', async () => {
		const items = written(
			'items.csv',
			'code,name,kind,content,basis,method,category,scope,minutes,source\nKC-01,标识牌,mining_right,是否设置,《矿产资源法》,现场检查,一般,矿产,20,清单\nYD-01,占用,地块,是否一致,,实地核查,重点,用地+测绘,45,清单\n'
		);
		const report = await reported(db, 'item', items);
		expect(report).toMatchObject({ added: 1, refusedRows: 1 });
		expect(report.refused[0]).toMatchObject({ line: 3, field: 'basis', rule: 'missing' });
	});

	test('items come back from their own workbook, forms and all', async () => {
		const form = '"标识牌是否设置|是否|必填\n超采面积|数字(平方米)\n界桩|单选(完好/损坏)"';
		const head = 'code,name,kind,content,basis,method,category,scope,minutes,source';
		const row = (code: string, rest: string) =>
			`${code},标识牌,mining_right,是否设置；是否完好,《矿产资源法》,现场检查,一般,矿产+测绘,20,清单,${rest}`;
		const items = written(
			'forms.csv',
			`${head},检查主体,联合部门,检查表单\n${row('KC-11', `县局,应急+环保,${form}`)}\n${row('KC-12', ',,问题|默认')}\n`
		);
		const report = await reported(db, 'item', items);
		expect(report).toMatchObject({ added: 1, refusedRows: 1 });
		expect(report.refused[0]).toMatchObject({ line: 5, field: 'template', rule: 'template_form' });
		const book = written('items.xlsx', await itemBook(db, county.code));
		const again = await reported(db, 'item', book);
		expect(again).toMatchObject({ added: 0, changed: 0, unchanged: again.rows, refusedRows: 0 });
		expect(again.files[0]).toMatchObject({ format: 'XLSX' });
		// A file without these columns leaves them as they are.
		await reported(
			db,
			'item',
			written('plain.csv', `${head}\n${row('KC-11', '').replace('20,', '25,').slice(0, -1)}\n`)
		);
		const stored = await db
			.selectFrom('app.item')
			.select(['minutes', 'body', 'departments', 'template'])
			.where('code', '=', 'KC-11')
			.executeTakeFirstOrThrow();
		expect(stored).toMatchObject({
			...{ minutes: 25, body: '县局', departments: ['应急', '环保'] },
			template: [
				{ text: '标识牌是否设置', kind: 'yes_no', required: true },
				{ text: '超采面积', kind: 'number', unit: '平方米', required: false },
				{ text: '界桩', kind: 'choice', options: [{ value: '完好' }, { value: '损坏' }], required: false }
			]
		});
		expect(isTemplate(stored.template)).toBe(true);
	});
});

describe('what the page asks first', () => {
	beforeAll(async () => {
		await empty();
		await reported(db, 'township', townshipFile('t.geojson', squares));
	});
	const inspected = (files: string[], options: object = {}) => {
		return inspectFiles(db, county.code, files, v.parse(importOptions, { kind: 'land_parcel', ...options }));
	};

	test('each file told: format, columns, where it lies by each reading; nothing is written', async () => {
		const before = await everything();
		const bare = written(
			'bare.csv',
			'code,面积平方米,wkt\nA,10000,"POLYGON((393754 2866000,393854 2866000,393854 2866100,393754 2866100))"\n'
		);
		const { files } = await inspected([fixture('parcels_gbk.zip'), bare]);
		expect(files[0]).toMatchObject({
			...{ format: 'Shapefile', encoding: 'GBK', features: 20, holes: 1, failure: null, missing: [] },
			columns: { code: 'BDCDYH', name: 'DKMC', party: 'TYSHXYDM' }
		});
		expect(files[0]!.candidates.find(({ chosen }) => chosen)).toMatchObject({ epsg: null, awayKm: 0 });
		expect(files[1]).toMatchObject({ failure: { reason: 'crs_unknown' }, samples: [] });
		expect(files[1]!.candidates.map(({ epsg, awayKm }) => [epsg, awayKm === 0])).toEqual([[4549, true]]);
		const chosen = await inspected([bare], { crs: 4549 });
		expect(chosen.files[0]).toMatchObject({ failure: null, statedM2: 10_000, outlines: 1, corners: 4 });
		expect(await everything()).toEqual(before);
	});

	test('the choices made for the same columns are remembered, until that import is taken back', async () => {
		const text = (code: string) =>
			`编码,图形\n${code},"POLYGON((118.85 25.9,118.851 25.9,118.851 25.901,118.85 25.9))"\n`;
		const mapping = { code: '编码', wkt: '图形' };
		expect((await inspected([written('first.csv', text('R1'))])).remembered).toBeNull();
		await reported(db, 'land_parcel', written('first.csv', text('R1')), { mapping });
		expect((await inspected([written('second.csv', text('R2'))])).remembered).toMatchObject({
			mappings: { [sourceOf(['编码', '图形'])]: mapping }
		});
		expect(
			(await inspected([written('second.csv', text('R2'))], { kind: 'mining_right' })).remembered
		).toBeNull();
	});

	test('files with different headers are mapped each for itself, in one import, and remembered for itself', async () => {
		const outline = (west: number) =>
			`"POLYGON((${west} 25.9,${west + 0.001} 25.9,${west + 0.001} 25.901,${west} 25.901,${west} 25.9))"`;
		// What is the code in one file is the name in the other.
		const one = (code: string) => written(`one-${code}.csv`, `甲,乙,形\n${code},东地块,${outline(118.86)}\n`);
		const two = (code: string) => written(`two-${code}.csv`, `乙,丙,形\n${code},西地块,${outline(118.87)}\n`);
		const [first, second] = [sourceOf(['甲', '乙', '形']), sourceOf(['乙', '丙', '形'])];
		const mappings = {
			[first]: { code: '甲', name: '乙', wkt: '形' },
			[second]: { code: '乙', name: '丙', wkt: '形' }
		};
		const files = [one('E1'), two('W1')];
		const { files: before, remembered } = await inspected(files);
		expect(before.map(({ source, missing }) => [source, missing])).toEqual([
			[first, ['code']],
			[second, ['code']]
		]);
		expect(remembered).toBeNull();
		expect(
			(await inspected(files, { mappings })).files.map(({ columns, missing }) => [columns, missing])
		).toEqual([
			[mappings[first], []],
			[mappings[second], []]
		]);
		const report = await reported(db, 'land_parcel', files, { mappings });
		expect(report).toMatchObject({ added: 2, refusedRows: 0 });
		const { rows } = await sql<{ code: string; name: string }>`SELECT code, name FROM app.current_target
			WHERE code IN ('E1', 'W1') ORDER BY code`.execute(db);
		expect(rows).toEqual([
			{ code: 'E1', name: '东地块' },
			{ code: 'W1', name: '西地块' }
		]);
		expect((await inspected([two('W2')])).remembered?.mappings).toEqual({ [second]: mappings[second] });
		expect((await inspected([two('W2'), one('E2')])).remembered?.mappings).toEqual(mappings);
		// A choice for all files holds where there is none for a file's own header.
		const mixed = {
			mapping: { code: '甲', name: '乙', wkt: '形' },
			mappings: { [second]: mappings[second] }
		};
		expect(await reported(db, 'land_parcel', [one('E1'), two('W1')], mixed)).toMatchObject({ unchanged: 2 });
		const unknown = await run(db, 'land_parcel', two('W3'), { mappings: { [second]: { code: '没有' } } });
		expect(unknown).toMatchObject({ ok: false, failure: { reason: 'column_unknown' } });
	});

	test('refused rows keep their values and every reason', async () => {
		const file = written('refused.csv', 'code,wkt,权利人\n,,某公司\nB1,"POINT(118.85 25.9)",\n');
		const result = await run(db, 'land_parcel', file, { dryRun: true });
		expect(result).toMatchObject({
			refused: [
				{
					file: 'refused.csv',
					header: ['code', 'wkt', '权利人'],
					rows: [
						{
							line: 2,
							values: ['', '', '某公司'],
							reasons: [{ rule: 'missing' }, { rule: 'geometry_missing' }]
						},
						{ line: 3, values: ['B1', 'POINT(118.85 25.9)', ''], reasons: [{ rule: 'point_area' }] }
					]
				}
			]
		});
	});

	test('known targets that all move as GCJ-02 does raise the suspicion; both zones go in one batch', async () => {
		const corners = (i: number) =>
			[0, 1, 2, 0].map((k) => [118.85 + i * 0.01 + (k % 2) * 0.001, 25.9 + (k > 1 ? 0.001 : 0)]);
		const table = (name: string, from: number, move: (p: [number, number]) => readonly number[]) =>
			written(
				name,
				`code,wkt\n${[0, 1, 2]
					.map(
						(i) =>
							`Z${from + i},"POLYGON((${corners(from + i)
								.map((p) => move(p as [number, number]).join(' '))
								.join(',')}))"`
					)
					.join('\n')}\n`
			);
		const zone = (number: number) => (p: [number, number]) => {
			const { x, y } = toPlane(p, 3 * number);
			return [x + number * 1e6, y];
		};
		const both = await reported(db, 'land_parcel', [
			table('39.csv', 0, zone(39)),
			table('40.csv', 3, zone(40))
		]);
		expect(both).toMatchObject({ added: 6, refusedRows: 0, offset: null });
		const shifted = await reported(db, 'land_parcel', table('gcj.csv', 0, toGcj02), { dryRun: true });
		expect(shifted.offset).toMatchObject({ count: 3, gcj02: true });
		expect(shifted.offset!.eastM).toBeGreaterThan(400);
		const same = await reported(
			db,
			'land_parcel',
			table('same.csv', 0, (p) => p),
			{ dryRun: true }
		);
		expect(same.offset).toMatchObject({ count: 3, gcj02: false });
	});
});
