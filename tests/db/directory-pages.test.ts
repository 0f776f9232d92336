// Pages of the directories one after the other, counts without counting, words that one looks for: each against the plain
// way of doing it.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { nameChange } from '../../src/lib/server/registry/change';
import { listNames, type ListName } from '../../src/lib/server/registry/lists';
import { readList, shownRows, type ListPage, type ListQuery } from '../../src/lib/server/registry/listing';
import { LAST, readCursor } from '../../src/lib/server/registry/paging';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, insertTownships, openCounty } from '../support/small-county';

let owner: Database;
let db: Database;
const SIZE = 15;
const names = ['梧桐采石场', '采石', "甲'乙\\丙 & !丁:*", 'ab石场', '石', '采石场二', '100%_'];
const parties = ['91350100M000100Y43', '11370300MB286462XU', '91350100M00000001X'];
const past = new Date('2024-06-01T00:00:00Z');

beforeAll(async () => {
	owner = await freshDatabase();
	await openCounty(owner);
	await insertTownships(owner, ['350125100', '350125101', '350125102']);
	await sql`INSERT INTO app.office (county, code, name, townships, point) SELECT ${COUNTY}, 'S' || i, 'S' || i,
		(ARRAY['{350125100,350125101}', '{350125102}'])[i]::text[], ST_SetSRID(ST_MakePoint(118.9, 25.9), 4490)
		FROM generate_series(1, 2) i`.execute(owner);
	// Two of one name, and one that nobody has a target of.
	await owner.transaction().execute(async (trx) => {
		await nameChange(trx, { import: null, at: new Date('2019-06-01') });
		await sql`INSERT INTO app.party (county, uscc, name, credit_grade) SELECT ${COUNTY}, code, '公司' || n / 2,
			(ARRAY['A', 'D', 'A'])[n] FROM unnest(${parties}::text[]) WITH ORDINALITY AS p(code, n)`.execute(trx);
	});
	await sql`INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
		SELECT ${COUNTY}, 'P' || lpad(i::text, 3, '0'), 'land_parcel', (${names}::text[])[1 + i % 7],
			(ARRAY[${parties[0]}, ${parties[1]}, NULL])[1 + i % 3],
			ST_Multi(ST_MakeEnvelope(118.9, 25.9, 118.901, 25.901, 4490)), ST_SetSRID(ST_MakePoint(118.9, 25.9), 4490),
			0, 0, 1 + i % 4, '', (350125100 + i % 3)::text, (ARRAY['active', 'suspended', 'closed'])[1 + i % 3],
			tstzrange(('2020-01-0' || 1 + i % 9)::timestamptz, CASE WHEN i > 40 THEN '2025-01-01'::timestamptz END)
		FROM generate_series(1, 60) i`.execute(owner);
	await sql`UPDATE app.target SET status = 'closed' WHERE code = 'P003'`.execute(owner);
	db = await databaseAs({ role: 'fairlot_app', account: 'a', roles: ['planner'], office: null });
});

const usual: ListQuery = {
	...{ list: 'land_parcel', search: '', filters: {}, columns: null, sort: '', descending: false },
	...{ cursor: null, most: null, size: SIZE, on: null, personal: true }
};
const list = (asked: Partial<ListQuery>) => readList(db, COUNTY, { ...usual, ...asked });
const keysOf = ({ rows }: Pick<ListPage, 'rows'>) => rows.map(({ $key }) => $key);

/** The pages from one end to the other. */
async function walk(asked: Partial<ListQuery>, way: 'next' | 'previous'): Promise<string[][]> {
	const pages: string[][] = [];
	let page = await list({ ...asked, cursor: way === 'next' ? null : readCursor('', LAST) });
	expect(page[way === 'next' ? 'previous' : 'next']).toBeNull();
	for (;;) {
		pages.push(keysOf(page));
		const to = page[way];
		if (to === null) return pages;
		page = await list({ ...asked, cursor: way === 'next' ? readCursor(to, '') : readCursor('', to) });
		expect(pages.length).toBeLessThan(20);
	}
}

describe('pages', () => {
	test.each(listNames)(
		'%s: in every order, forwards and backwards, each row once',
		async (name: ListName) => {
			const { sortable } = await list({ list: name });
			for (const sort of sortable)
				for (const descending of [false, true])
					for (const on of [null, past]) {
						const asked = { list: name, sort, descending, on };
						const whole = keysOf({ rows: await shownRows(db, COUNTY, { ...usual, ...asked }) });
						const forth = await walk(asked, 'next');
						expect(forth.flat(), `${sort} ${descending}`).toEqual(whole);
						expect(forth.slice(0, -1).every((page) => page.length === SIZE)).toBe(true);
						const back = await walk(asked, 'previous');
						// The first page is a whole one, whichever way one comes to it.
						expect(back.pop()).toEqual(whole.slice(0, SIZE));
						const others = back.reverse().flat();
						expect(others, `${sort} ${descending}`).toEqual(others.length ? whole.slice(-others.length) : []);
						expect(others.length).toBeGreaterThanOrEqual(whole.length - SIZE);
					}
		}
	);

	test('an address that leads nowhere is the first page', async () => {
		const first = keysOf(await list({ sort: 'area_ha' }));
		const written = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url');
		for (const place of [['x', 'P001'], ['1'], ['1', '2', '3'], 5, [1, 2], ['9', 'P999'], ['1', '\u0000']])
			expect(keysOf(await list({ sort: 'area_ha', cursor: readCursor(written(place), '') }))).toEqual(first);
		expect(readCursor('%%%', '')).toBeNull();
		expect(readCursor('', written('x'.repeat(3000)))).toBeNull();
	});
});

describe('counts', () => {
	const filters: Record<string, string>[] = [
		...[{}, { status: 'closed' }, { township: '350125101' }, { office: 'S1', status: 'suspended' }],
		...[{ credit_grade: 'D' }, { party: 'none', township: '350125102' }, { blacklisted: 'no' }]
	];
	test.each(filters)('%o: the tally is what counting gives, today and of a past day', async (held) => {
		for (const on of [null, past, new Date('2020-01-04T12:00:00Z'), new Date('2019-01-01')]) {
			const { total, sums, more } = await list({ filters: held, on });
			const rows = await shownRows(db, COUNTY, { ...usual, filters: held, on });
			expect([total, more]).toEqual([rows.length, false]);
			expect(sums.area_ha).toBeCloseTo(
				rows.reduce((sum, { area_ha }) => sum + Number(area_ha), 0),
				2
			);
		}
	});

	test('what was taken away or given back is counted', async () => {
		const owner = await databaseAs({ role: 'fairlot_app', account: 'a', roles: ['system'], office: null });
		const counted = async () =>
			(await list({})).tree!.flatMap(({ townships }) => townships.map(({ rows }) => rows));
		expect(await counted()).toEqual([13, 14, 13]);
		await sql`UPDATE app.target SET township = '350125100' WHERE code IN ('P001', 'P002')`.execute(owner);
		expect(await counted()).toEqual([15, 13, 12]);
		await sql`UPDATE app.target SET township = '350125101' WHERE code = 'P001'`.execute(owner);
		await sql`UPDATE app.target SET township = '350125102' WHERE code = 'P002'`.execute(owner);
		await sql`SELECT app.settle_tally(${COUNTY}, '2020-01-02')`.execute(owner);
		expect(await counted()).toEqual([13, 14, 13]);
	});

	test('beyond its bound a list is not counted, but the place that is chosen may be', async () => {
		const held = { blacklisted: 'no' };
		const all = await list({ filters: held, most: 20 });
		expect(all).toMatchObject({ total: 20, more: true, sums: {} });
		expect(
			all.tree!.every(({ rows, townships }) => rows === null && townships.every((each) => each.rows === null))
		);
		const one = await list({ filters: { ...held, township: '350125101' }, most: 20 });
		expect(one).toMatchObject({ total: 14, more: false });
		expect(one.sums.area_ha).toBeGreaterThan(0);
		expect(await list({ filters: held, most: 40 })).toMatchObject({ total: 40, more: false });
	});
});

test('words: letter for letter in code, name and party, whatever they are made of', async () => {
	const { rows: all } = await list({ size: 100, columns: ['code', 'name', 'uscc', 'party'] });
	const texts = [
		'采石',
		'石场',
		'石',
		'采石场二',
		"'乙\\",
		' & !',
		':*',
		'AB石',
		'p00',
		'01',
		'%',
		'100%_',
		'公司1',
		'm000100y'
	];
	for (const search of [...texts, '没有的', '丁:*x']) {
		const upper = (text: unknown) => String(text ?? '').toUpperCase();
		const expected = all.filter(({ code, name, uscc, party }) =>
			[code, name, uscc, party].some((text) => upper(text).includes(search.toUpperCase()))
		);
		const found = await list({ search, size: 100 });
		expect(keysOf(found), search).toEqual(keysOf({ rows: expected }));
		expect(found.total, search).toBe(expected.length);
		const then = await list({ search, size: 100, on: past });
		expect(keysOf(then)).toEqual(expect.arrayContaining(keysOf(found)));
	}
});

test('a word of very many rows: the same pages, counted as far as it is worth', async () => {
	await sql`INSERT INTO app.target (county, code, kind, name, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
		SELECT ${COUNTY}, 'C' || lpad(i::text, 4, '0'), 'land_parcel', '共有地块' || i,
			ST_Multi(ST_MakeEnvelope(118.9, 25.9, 118.901, 25.901, 4490)), ST_SetSRID(ST_MakePoint(118.9, 25.9), 4490),
			0, 0, 1 + i % 100, '', CASE WHEN i % 10 = 0 THEN '350125101' ELSE '350125100' END, 'active', '[2020-01-01,)'
		FROM generate_series(1, 3100) i`.execute(owner);
	const asked = { search: '有地', size: 40, most: 20_000 };
	const same = async () => {
		for (const sort of ['code', 'name', 'area_ha']) {
			const whole = keysOf({ rows: await shownRows(db, COUNTY, { ...usual, ...asked, sort }) });
			expect(whole).toHaveLength(3100);
			const first = await list({ ...asked, sort });
			expect(keysOf(first)).toEqual(whole.slice(0, 40));
			expect(first).toMatchObject({ total: 1000, more: true, sums: {} });
			expect(keysOf(await list({ ...asked, sort, cursor: readCursor(first.next!, '') }))).toEqual(
				whole.slice(40, 80)
			);
			expect(keysOf(await list({ ...asked, sort, cursor: readCursor('', LAST) }))).toEqual(whole.slice(-40));
		}
		// What is chosen of it is counted, and everything when somebody asks for it.
		const one = await list({ ...asked, filters: { township: '350125101' } });
		expect(one).toMatchObject({ total: 310, more: false });
		expect(await list({ ...asked, filters: { status: 'closed' } })).toMatchObject({ total: 0, more: false });
		expect(await list({ ...asked, most: null })).toMatchObject({ total: 3100, more: false });
	};
	await same();
	// The tally of a large directory, which is asked by a sample first.
	await sql`INSERT INTO app.target_tally VALUES (${COUNTY}, 'land_parcel', '350125102', 'active', '2020-01-01', 200000, 0)`.execute(
		owner
	);
	await same();
});
