// The directories with their past: any day's view, an import taken back row for row, lists, changes by hand, histories.
import { sql } from 'kysely';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { MOST_FOUND } from '../../src/lib/schema/directory';
import { importOptions } from '../../src/lib/schema/import';
import type { Database } from '../../src/lib/server/db/database';
import { importFiles } from '../../src/lib/server/import/import';
import { undoImport } from '../../src/lib/server/import/undo';
import { rowsOf, versionsOf } from '../../src/lib/server/registry/as-of';
import { converted } from '../../src/lib/server/registry/convert';
import { changeRows, type FoundRows } from '../../src/lib/server/registry/edit';
import { cornerList } from '../../src/lib/server/registry/export-corners';
import { features, importBook, importSheet } from '../../src/lib/server/registry/export';
import { rowHistory } from '../../src/lib/server/registry/history';
import { isSheetKind } from '../../src/lib/server/registry/import-columns';
import { listNames, type ListName } from '../../src/lib/server/registry/lists';
import { readList, type ListQuery } from '../../src/lib/server/registry/listing';
import { relationsOf } from '../../src/lib/server/registry/related';
import { report } from '../../src/lib/server/registry/reports';
import { listViews, removeView, saveView } from '../../src/lib/server/registry/views';
import { databaseAs, freshDatabase } from '../support/database';
import { county, registerCounty, reported, squares, townshipFile, written } from '../support/import';

let db: Database;
const kept = ['office', 'party', 'blacklist_period', 'inspector', 'item', 'recusal'] as const;
const [A, B] = ['91350100M000100Y43', '11370300MB286462XU'];
const parcel = (n: number, west: number) =>
	`P${n},地块${n},"POLYGON((${west} 25.85,${west + 0.001} 25.85,${west + 0.001} 25.851,${west} 25.851,${west} 25.85))"`;

/** Every directory as it stands, or stood: each row without what only says when and by which change it came. */
async function directories(on: Date | null = null): Promise<Record<string, unknown[]>> {
	const view = { county: county.code, on };
	const all: Record<string, unknown[]> = {};
	const read = async (name: string, rows: ReturnType<typeof sql>) => {
		const found = await sql<{ row: unknown }>`SELECT to_jsonb(t) - '{valid,import,source}'::text[] AS row
			FROM ${rows} AS t ORDER BY to_jsonb(t)::text COLLATE "C"`.execute(db);
		all[name] = found.rows.map(({ row }) => JSON.stringify(row)).sort();
	};
	for (const name of ['target', 'township'] as const)
		await read(name, versionsOf(name, view) as ReturnType<typeof sql>);
	for (const name of kept) await read(name, rowsOf(name, view) as ReturnType<typeof sql>);
	all.party = all.party!.filter((row) => !/"removed_at":"/.test(String(row)));
	return all;
}

const csv = (name: string, ...lines: string[]) => written(name, lines.join('\n'));
const undo = async (id: number, reason = '导错了文件', later?: Date) => {
	const { created_at } = await db
		.selectFrom('app.import')
		.select('created_at')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return undoImport(db, {
		county,
		import: id,
		reason,
		actor: 'operator',
		at: later ?? new Date(created_at.getTime() + 30_000)
	});
};

beforeAll(async () => {
	db = await freshDatabase();
	await registerCounty(db);
	await reported(db, 'township', townshipFile('t.geojson', squares));
	await reported(
		db,
		'office',
		csv(
			'o.csv',
			'code,name,townships,lon,lat',
			'S1,樟城所,樟城镇,118.85,25.9',
			'S2,城峰所,城峰镇,118.95,25.9'
		)
	);
	await reported(
		db,
		'party',
		csv('p.csv', 'uscc,name,grade,blacklist_from,blacklist_source', `${A},甲公司,B,2025-01-01,通报`)
	);
	await reported(db, 'land_parcel', csv('l.csv', 'code,name,wkt', parcel(1, 118.85), parcel(2, 118.8999)));
	await reported(
		db,
		'mining_right',
		csv('m.csv', 'code,name,矿种,wkt', parcel(7, 119.01).replace(',"', ',花岗岩,"'))
	);
	await reported(
		db,
		'inspector',
		csv(
			'i.csv',
			'code,name,office,scopes,certificate,issuer,valid_from,valid_to',
			'I1,张三,S1,用地,Z1,省厅,2024-01-01,2029-01-01'
		)
	);
	await reported(
		db,
		'item',
		csv(
			's.csv',
			'code,name,kind,content,basis,method,category,scope,minutes,source',
			'X1,用地核查,地块,查用途,土地管理法,现场,重点,用地,30,清单'
		)
	);
});

describe('an import taken back', () => {
	const again: [kind: string, file: () => string][] = [
		[
			'township',
			() =>
				townshipFile('t2.geojson', [
					{ ...squares[0]!, east: 118.8995 },
					{ ...squares[1]!, west: 118.8995, name: '城峰街道' }
				])
		],
		[
			'land_parcel',
			() =>
				csv(
					'l2.csv',
					'code,name,uscc,qlr,wkt',
					parcel(1, 118.86).replace(',"', `,${B},乙公司,"`),
					parcel(3, 118.87).replace(',"', ',,,"')
				)
		],
		[
			'office',
			() =>
				csv(
					'o2.csv',
					'code,name,townships,lon,lat',
					'S1,樟城中心所,樟城镇、葛岭镇,118.86,25.9',
					'S3,葛岭所,葛岭镇,119.05,25.9'
				)
		],
		[
			'party',
			() =>
				csv(
					'p2.csv',
					'uscc,name,grade,blacklist_from,blacklist_to,blacklist_source',
					`${A},甲公司,D,2025-01-01,2026-01-01,移出`,
					`${B},乙公司,C,2026-01-01,,通报`
				)
		],
		[
			'inspector',
			() =>
				csv(
					'i2.csv',
					'code,name,office,scopes,certificate,issuer,valid_from,valid_to',
					'I1,张三,S2,矿产,Z9,省厅,2024-01-01,2030-01-01',
					'I2,李四,S2,用地,Z1,省厅,2024-01-01,2030-01-01'
				)
		],
		[
			'item',
			() =>
				csv(
					's2.csv',
					'code,name,kind,content,basis,method,category,scope,minutes,source',
					'X1,用地核查,地块,查用途面积,土地管理法,现场,一般,用地,45,清单',
					'X2,采矿核查,采矿权,查越界,矿产资源法,现场,一般,矿产,60,清单'
				)
		]
	];
	test.each(again)(
		'%s: the directories are what they were, row for row, and every day keeps its own',
		async (kind, file) => {
			const before = await directories();
			const { importId } = await reported(db, kind, file());
			const { created_at: at } = await db
				.selectFrom('app.import')
				.select('created_at')
				.where('id', '=', importId!)
				.executeTakeFirstOrThrow();
			const between = await directories();
			expect(between).not.toEqual(before);
			const undone = await undo(importId!);
			expect(undone).toMatchObject({ ok: true });
			expect(await directories()).toEqual(before);
			expect(await directories(new Date(at.getTime() - 1))).toEqual(before);
			expect(await directories(new Date(at.getTime() + 1))).toEqual(between);
			const { rows } = await sql<{
				entry: Record<string, unknown>;
				seq: number;
			}>`SELECT convert_from(bytes, 'UTF8')::jsonb AS entry, seq
			FROM ledger.entry ORDER BY seq DESC LIMIT 1`.execute(db);
			expect(rows[0]!.entry).toMatchObject({ type: 'import.undone', import: importId, reason: '导错了文件' });
			expect(await undo(importId!)).toEqual({ ok: false, reason: 'undone_before' });
			// And once more, as if nothing had been.
			const second = await reported(db, kind, file());
			expect(await directories()).toEqual(between);
			expect(await undo(second.importId!)).toMatchObject({ ok: true });
			expect(await directories()).toEqual(before);
		}
	);

	test('roads: the layer before is the newest again', async () => {
		const layer = async (mark: string) => {
			const { importId } = await reported(db, 'party', csv(`road${mark}.csv`, 'uscc,name', `${A},甲公司`));
			await sql`UPDATE app.import SET kind = 'road' WHERE id = ${importId}`.execute(db);
			await sql`INSERT INTO app.road_layer (county, import, hash, nodes, edges, metres, left_out, provenance, graph, created_at)
				SELECT ${county.code}, id, ${mark.repeat(64)}, 2, 1, 1, 0, '测试', '', created_at FROM app.import WHERE id = ${importId}`.execute(
				db
			);
			return importId!;
		};
		const newest = async () =>
			(await db.selectFrom('app.road_layer').select('hash').orderBy('id', 'desc').executeTakeFirst())
				?.hash[0];
		const [first, second] = [await layer('1'), await layer('2')];
		expect(await undo(first)).toMatchObject({ reason: 'changed_later' });
		expect(await undo(second)).toMatchObject({ ok: true, restored: 1 });
		expect(await newest()).toBe('1');
		expect(await undo(first)).toMatchObject({ ok: true, restored: 1 });
	});

	test('two imports come back one after the other, the later one first', async () => {
		const before = await directories();
		const file = (name: string) =>
			csv(`${name}.csv`, 'code,name,wkt', parcel(1, 118.85).replace('地块1', name));
		const party = (grade: string) => csv(`${grade}.csv`, 'uscc,name,grade', `${A},甲公司,${grade}`);
		const one = [await reported(db, 'land_parcel', file('改一')), await reported(db, 'party', party('C'))];
		const two = [await reported(db, 'land_parcel', file('改二')), await reported(db, 'party', party('D'))];
		for (const { importId } of one)
			expect(await undo(importId!)).toMatchObject({ ok: false, reason: 'changed_later', count: 1 });
		const at = new Date('2026-03-01T00:00:00Z');
		for (const [i, { importId }] of [...two, ...one].entries())
			expect(
				await undoImport(db, {
					county,
					import: importId!,
					reason: '撤回',
					actor: 'operator',
					at: new Date(at.getTime() + i * 1000)
				})
			).toMatchObject({ ok: true });
		expect(await directories()).toEqual(before);
	});

	test('not where something stands on it: an inspector of a new office, a frame frozen since', async () => {
		const office = await reported(
			db,
			'office',
			csv('o4.csv', 'code,name,townships,lon,lat', 'S4,四所,葛岭镇,119.05,25.9')
		);
		const people = await reported(
			db,
			'inspector',
			csv(
				'i4.csv',
				'code,name,office,scopes,certificate,issuer,valid_from,valid_to',
				'I4,王五,S4,用地,Z4,省厅,2024-01-01,2030-01-01'
			)
		);
		expect(await undo(office.importId!)).toEqual({ ok: false, reason: 'in_use', code: 'S4', count: 1 });
		expect(await undo(people.importId!)).toMatchObject({ ok: true, ended: 1, restored: 0 });
		expect(await undo(office.importId!)).toMatchObject({ ok: true, ended: 1 });
		const parcels = await reported(db, 'land_parcel', csv('l4.csv', 'code,name,wkt', parcel(4, 118.88)));
		const { id: plan } = await sql<{
			id: string;
		}>`INSERT INTO app.plan (county, name, kind, sample_size, h3_resolution, multipliers, created_at)
			VALUES (${county.code}, '计划', 'land_parcel', 1, 7, '{}', now()) RETURNING id`
			.execute(db)
			.then(({ rows }) => rows[0]!);
		await sql`INSERT INTO app.draw (county, id, plan, kind, assurance, source, frame_size, sample_size, drawn_at)
			VALUES (${county.code}, 1, ${plan}, 'land_parcel', 'superior', 'superior', 1, 1, '2026-02-01')`.execute(db);
		await sql`INSERT INTO app.excluded (county, draw, target, reason, salt) VALUES (${county.code}, 1, 'P4', 'status', '')`.execute(
			db
		);
		expect(await undo(parcels.importId!)).toEqual({ ok: false, reason: 'frozen_frame', draw: 1, count: 1 });
		await sql`UPDATE app.draw SET state = 'void' WHERE id = 1`.execute(db);
		expect(await undo(parcels.importId!)).toMatchObject({ ok: true, ended: 1 });
		expect(
			await undoImport(db, { county, import: 9999, reason: '无', actor: 'operator', at: new Date() })
		).toEqual({
			...{ ok: false, reason: 'unknown' }
		});
	});
});

const usual: ListQuery = {
	...{ list: 'land_parcel', search: '', filters: {}, columns: null, sort: '', descending: false },
	...{ cursor: null, most: null, size: 50, on: null, personal: true }
};
const list = (asked: Partial<ListQuery>) => readList(db, county.code, { ...usual, ...asked });
let minute = Date.parse('2026-04-01T00:00:00Z');
const change = (
	of: 'party' | 'inspector' | 'item' | 'office' | 'land_parcel',
	rows: string[] | FoundRows,
	fields: Record<string, string>,
	on = db
) =>
	changeRows(on, {
		county,
		list: of,
		rows,
		fields,
		note: '核对',
		actor: 'operator',
		at: new Date((minute += 60_000))
	});

describe('lists', () => {
	test('each sorts by each of its columns, with sums and places; of a past day as well', async () => {
		for (const name of listNames) {
			const today = await list({ list: name });
			for (const sort of today.known)
				for (const descending of [false, true]) {
					const sorted = await list({ list: name, sort, descending, columns: today.known });
					expect(sorted.rows).toHaveLength(today.total);
					expect((await list({ list: name, sort, descending, on: new Date('2027-01-01') })).total).toBe(
						today.total
					);
				}
		}
		expect((await list({ on: new Date('2020-01-01') })).total).toBe(0);
	});

	test('filters, words, places and the 合计 row agree', async () => {
		const all = await list({});
		expect(all.total).toBe(2);
		expect(all.tree!.map(({ code, rows }) => [code, rows])).toEqual([
			['S1', 1],
			['S2', 1]
		]);
		expect(all.sums.area_ha).toBeCloseTo(
			all.rows.reduce((sum, row) => sum + Number(row.area_ha), 0),
			3
		);
		expect((await list({ filters: { township: '350125104' } })).total).toBe(1);
		expect((await list({ filters: { office: 'S1' }, search: '地块1' })).rows.map(({ code }) => code)).toEqual(
			['P1']
		);
		expect((await list({ filters: { party: 'none', status: 'active' } })).total).toBe(2);
		expect((await list({ search: "%' OR true --" })).total).toBe(0);
	});

	test('people are masked for whoever may not see them, and not found by their names', async () => {
		const masked = await list({ list: 'inspector', personal: false });
		expect(masked.rows[0]).toMatchObject({ name: '张*', certificate: '****Z1' });
		expect((await list({ list: 'inspector', personal: false, search: '张三' })).total).toBe(0);
		expect((await list({ list: 'inspector', search: '张三' })).total).toBe(1);
	});
});

test('a view is saved for its account alone, and again under the same name replaces it', async () => {
	const as = (account: string) =>
		databaseAs({ role: 'fairlot_app', account, roles: ['planner'], office: null });
	const [one, two] = [await as('one'), await as('two')];
	await saveView(one, county.code, 'one', { name: '停产', address: '?list=party' });
	await saveView(one, county.code, 'one', { name: '停产', address: '?status=suspended' });
	expect(await listViews(one, county.code, 'one')).toEqual([{ name: '停产', address: '?status=suspended' }]);
	expect(await listViews(two, county.code, 'one')).toEqual([]);
	await expect(saveView(two, county.code, 'one', { name: '别人的', address: '?' })).rejects.toThrow(
		/row-level security/
	);
	await removeView(two, county.code, 'one', '停产');
	expect(await listViews(one, county.code, 'one')).toHaveLength(1);
	await removeView(one, county.code, 'one', '停产');
	expect(await listViews(one, county.code, 'one')).toEqual([]);
});

describe('changes by hand', () => {
	test('a row is judged by the rules of the imports', async () => {
		expect(await change('inspector', ['I1'], { office: '没有的所', valid_to: '2020-01-01' })).toMatchObject({
			...{ ok: false, reason: 'refused' },
			refused: [
				{ field: 'office', rule: 'office_unknown' },
				{ field: 'valid_to', rule: 'date_order' }
			]
		});
		expect(await change('land_parcel', ['P1'], { party: B! })).toMatchObject({
			refused: [{ rule: 'party_unknown' }]
		});
		expect(await change('land_parcel', ['P1'], { area: '1' })).toEqual({
			ok: false,
			reason: 'field',
			field: 'area'
		});
		expect(await change('party', ['X'], { name: '无' })).toEqual({ ok: false, reason: 'unknown', code: 'X' });
		expect(await change('land_parcel', ['P1'], { name: '地块1' })).toMatchObject({
			ok: true,
			changed: 0,
			import: null
		});
	});

	test('many at once are one change with its entry, and come back as one', async () => {
		const before = await directories();
		const made = [
			await change('land_parcel', ['P1', 'P2'], { status: 'suspended', party: A! }),
			await change('party', [A!], { credit_grade: 'A', contact: '13812345678' }),
			await change('inspector', ['I1'], { scopes: '用地、矿产', lead: 'yes', office: 'S2' }),
			await change('item', ['X1'], {
				basis_to: '2026-12-31',
				minutes: '50',
				body: '县局',
				departments: '林业局、水利局'
			}),
			await change('office', ['S2'], { townships: '城峰镇、葛岭镇' })
		];
		expect(made.map((one) => one.ok && one.changed)).toEqual([2, 1, 1, 1, 1]);
		expect((await list({ filters: { status: 'suspended' } })).total).toBe(2);
		expect((await list({ list: 'party' })).rows[0]).toMatchObject({ credit_grade: 'A', targets: 2 });
		expect((await list({ list: 'inspector' })).rows[0]).toMatchObject({
			office: '城峰所',
			scopes: '用地、矿产',
			lead: 1
		});
		expect((await list({ list: 'item', columns: ['basis_to', 'departments'] })).rows[0]).toMatchObject({
			...{ basis_to: '2026-12-31', departments: '林业局、水利局' }
		});
		const { rows } = await sql<{
			entry: Record<string, unknown>;
		}>`SELECT convert_from(bytes, 'UTF8')::jsonb AS entry
			FROM ledger.entry WHERE seq = ${made[0]!.ok && made[0]!.ledgerSeq}`.execute(db);
		expect(rows[0]!.entry).toMatchObject({
			type: 'directory.changed',
			codes: ['P1', 'P2'],
			fields: ['party', 'status'],
			note: '核对'
		});
		const history = await rowHistory(db, county.code, { list: 'land_parcel', code: 'P1', personal: true });
		expect(history!.versions[0]).toMatchObject({
			note: '核对',
			by: 'operator',
			to: null,
			ledgerSeq: made[0]!.ok && made[0]!.ledgerSeq
		});
		expect(history!.versions[0]!.changes).toEqual([
			{ field: 'party', before: null, after: A },
			{ field: 'status', before: 'active', after: 'suspended' }
		]);
		expect(
			(await relationsOf(db, county.code, { list: 'party', code: A!, personal: true, at: new Date() }))[0]!
				.rows
		).toHaveLength(2);
		for (const one of made.reverse())
			expect(await undo((one.ok && one.import) as number)).toMatchObject({ ok: true });
		expect(await directories()).toEqual(before);
	});

	test('all that a list finds are one change: as many as were told of, no past day, not too many', async () => {
		const before = await directories();
		const many = Array.from({ length: 300 }, (_, i) => parcel(1000 + i, 118.85));
		const brought = await reported(db, 'land_parcel', csv('many.csv', 'code,name,wkt', ...many));
		expect(brought.added).toBe(300);
		const query = { ...usual, search: '地块1', filters: { status: 'active' }, size: 50 };
		const found = (await list(query)).total;
		expect(found).toBeGreaterThan(300);
		const suspend = (over: Partial<ListQuery>, count: number, on = db) =>
			change('land_parcel', { query: { ...query, ...over }, count }, { status: 'suspended' }, on);
		expect(await suspend({}, found - 1)).toEqual({ ok: false, reason: 'found_moved', found });
		expect(await suspend({ on: new Date('2026-01-01') }, found)).toEqual({ ok: false, reason: 'past' });
		const planner = await databaseAs({ role: 'fairlot_app', account: 'p', roles: ['planner'], office: null });
		await expect(suspend({}, found, planner)).rejects.toThrow(/row-level security/);
		expect((await list(query)).total).toBe(found);

		const made = await suspend({}, found);
		expect(made).toMatchObject({ ok: true, changed: found, unchanged: 0 });
		expect((await list({ ...query, filters: { status: 'suspended' } })).total).toBe(found);
		expect((await list({ filters: { status: 'active' } })).total).toBe((await list({})).total - found);
		const { rows } = await sql<{ entry: { type: string; codes: string[] } }>`
			SELECT convert_from(bytes, 'UTF8')::jsonb AS entry FROM ledger.entry
			WHERE seq = ${made.ok && made.ledgerSeq}`.execute(db);
		expect(rows[0]!.entry.type).toBe('directory.changed');
		expect(rows[0]!.entry.codes).toHaveLength(found);
		expect(await undo((made.ok && made.import) as number)).toMatchObject({ ok: true });
		expect((await list(query)).total).toBe(found);
		expect(await undo(brought.importId!, '演练', new Date((minute += 60_000)))).toMatchObject({ ok: true });
		expect(await directories()).toEqual(before);
	});

	test('a planner may not, whatever the page lets through', async () => {
		const planner = await databaseAs({ role: 'fairlot_app', account: 'p', roles: ['planner'], office: null });
		await expect(change('party', [A!], { credit_grade: 'D' }, planner)).rejects.toThrow(/row-level security/);
		expect((await list({ list: 'party' })).rows[0]).toMatchObject({ credit_grade: 'B' });
	});
});

describe('files', () => {
	const joined = async (parts: AsyncIterable<string>) => {
		let text = '';
		for await (const part of parts) text += part;
		return text;
	};
	test.each(listNames.filter(isSheetKind))(
		'an exported sheet of %s comes back and changes nothing',
		async (kind: ListName) => {
			const { total } = await list({ list: kind });
			expect(total).toBeGreaterThan(0);
			if (!isSheetKind(kind)) return;
			for (const english of [true, false]) {
				const text = await joined(importSheet(db, county.code, kind, { ...usual, list: kind }, english));
				const again = await reported(db, kind, written(`back-${kind}-${english}.csv`, text));
				expect(again).toMatchObject({ rows: total, unchanged: total, refusedRows: 0 });
			}
		}
	);
	test.each(['party', 'inspector', 'item', 'office'] as const)('so does a workbook of %s', async (kind) => {
		const book = await importBook(db, county.code, kind, { ...usual, list: kind }, false);
		const { total } = await list({ list: kind });
		expect(await reported(db, kind, written(`${kind}.xlsx`, book))).toMatchObject({
			rows: total,
			unchanged: total
		});
	});
	test.each(['map.gpkg', 'map-utf8.zip', 'map-gbk.zip'])(
		'%s comes back with its outlines and words',
		async (format) => {
			const made = await converted(features(db, county.code, 'land_parcel', usual), format, 'parcels');
			const again = await importFiles(db, {
				...{ county, files: [written(format, made)], at: new Date('2026-05-01'), actor: 'operator' },
				options: v.parse(importOptions, { kind: 'land_parcel', dryRun: true })
			});
			expect(again).toMatchObject({ ok: true, report: { rows: 2, refusedRows: 0, added: 0, reassigned: 0 } });
		}
	);
	test('as a corner list they come back unchanged, whatever the list has no place for', async () => {
		const square = (north: number, east: number, side: number, ring: number) =>
			[
				[0, 0],
				[side, 0],
				[side, side],
				[0, side],
				[0, 0]
			].map(([n, e], i) => `J${(i % 4) + 1},${ring},${(north + n!).toFixed(3)},${(east + e!).toFixed(3)}`);
		// Two parts, the smaller one first, and a hole in the second; beside the parcels that came as CSV.
		const lines = [
			...['[属性描述]', '坐标系=2000国家大地坐标系', '几度分带=3', '带号=40', '[地块坐标]'],
			'15,1.2600,TXT-1,三号地,面,G50,工业用地,1001,@',
			...square(2861000.123, 40386000.456, 20, 1),
			...square(2861100.001, 40386100.999, 120, 2),
			...square(2861150.007, 40386150.013, 42, 3)
		];
		const made = [
			await reported(db, 'land_parcel', written('corners.txt', lines.join('\r\n'))),
			await reported(
				db,
				'land_parcel',
				csv(
					'own.csv',
					'code,name,出让方式,wkt',
					`CSV-1,四号地,挂牌,${parcel(9, 118.87).split(',').slice(2).join(',')}`
				)
			)
		];
		expect(made.map(({ added, refusedRows }) => [added, refusedRows])).toEqual([
			[1, 0],
			[1, 0]
		]);
		const text = await joined(cornerList(db, county, usual, '2026-05-01'));
		expect(text).toContain('[属性描述]\r\n数据产生单位=');
		expect(text).toContain('J1,1,2861000.123,40386000.456\r\n');
		const again = await reported(db, 'land_parcel', written('back.txt', text));
		expect(again).toMatchObject({ rows: 4, unchanged: 4, added: 0, changed: 0, refusedRows: 0 });
		for (const { importId } of [...made].reverse())
			expect(await undo(importId!, '演练', new Date((minute += 60_000)))).toMatchObject({ ok: true });
	});
	test('as KML every row has its name', async () => {
		const made = await converted(features(db, county.code, 'land_parcel', usual), 'map.kml', 'parcels');
		expect(new TextDecoder().decode(made).match(/<name>地块[12]<\/name>/g)).toHaveLength(2);
	});
	test('outlines as features come back too', async () => {
		const text = await joined(features(db, county.code, 'land_parcel', usual));
		expect(await reported(db, 'land_parcel', written('back.geojson', text))).toMatchObject({
			unchanged: 2,
			refusedRows: 0
		});
	});
});

test('reports name what may be wrong', async () => {
	const rows = async (name: Parameters<typeof report>[2]) =>
		(await report(db, county.code, name, '2026-11-01')).rows;
	expect((await rows('orphans')).map(({ code }) => code)).toEqual(['P7', 'P1', 'P2']);
	expect(await rows('overlaps')).toEqual([]);
	await reported(
		db,
		'land_parcel',
		csv('x.csv', 'code,name,有效期至,wkt', parcel(8, 118.8505).replace(',"', ',2026/3/1,"'))
	);
	expect(await rows('overlaps')).toMatchObject([{ code: 'P1', other: { code: 'P8' } }]);
	expect(await rows('expired')).toMatchObject([{ code: 'P8', figure: '2026-03-01' }]);
	await reported(db, 'party', csv('near.csv', 'uscc,name', `${B},甲工司`));
	expect(await rows('duplicates')).toMatchObject([{ code: B, other: { code: A } }]);
	await sql`UPDATE app.target SET point = ST_SetSRID(ST_MakePoint(118.95, 25.85), 4490) WHERE code = 'P2'`.execute(
		db
	);
	expect(await rows('outside')).toMatchObject([{ code: 'P2' }]);
});

test('as many rows as may be changed at once, and one more', async () => {
	await sql`INSERT INTO app.target (county, code, kind, name, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
		SELECT ${county.code}, 'M' || i, 'land_parcel', '很多' || i,
			ST_Multi(ST_MakeEnvelope(118.85, 25.85, 118.851, 25.851, 4490)), ST_SetSRID(ST_MakePoint(118.85, 25.85), 4490),
			0, 0, 100, '', (SELECT min(code) FROM app.current_township), 'active', '[2026-01-01,)'
		FROM generate_series(1, ${MOST_FOUND + 1}) i`.execute(db);
	const suspend = (search: string, count: number) =>
		change('land_parcel', { query: { ...usual, search }, count }, { status: 'suspended' });
	expect(await suspend('很多', MOST_FOUND)).toEqual({ ok: false, reason: 'too_many_found' });
	await sql`DELETE FROM app.target WHERE code = 'M1'`.execute(db);
	expect(await suspend('很多', MOST_FOUND)).toMatchObject({ ok: true, changed: MOST_FOUND });
	expect((await list({ search: '很多', filters: { status: 'active' } })).total).toBe(0);
});
