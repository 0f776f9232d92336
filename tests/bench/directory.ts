// Pages of a directory of a million parcels, as a planner sees them: orders, filters, words, past days.
// PostGIS only (DATABASE_URL on an empty database).
import { sql } from 'kysely';
import { openDatabase } from '../../src/lib/server/db/database';
import { MOST_COUNTED, readList, type ListQuery } from '../../src/lib/server/registry/listing';
import { boundaryState, directorySummaries } from '../../src/lib/server/registry/overview';
import { listViews } from '../../src/lib/server/registry/views';
import { insertTownships, openCounty, COUNTY } from '../support/small-county';
import { table } from './table';

const PARCELS = 1_000_000;
const PARTIES = 5_000;
const ROUNDS = 20;
const LIMIT_MS = 300;
const LIMIT_PAST_MS = 1000;

/** only: part of the names of the pages that are measured. */
export default async function bench([only = '']: string[]): Promise<void> {
	const url = process.env.DATABASE_URL;
	if (!url) return console.error('directory: DATABASE_URL names no database, nothing to measure');
	const opened = await openDatabase({ url, folder: null });
	await fill(opened.db);
	const db = opened.as({ role: 'fairlot_app', account: 'bench', roles: ['planner'], office: null });
	const usual: ListQuery = {
		...{ list: 'land_parcel', search: '', filters: {}, columns: null, sort: '', descending: false },
		...{ cursor: null, most: MOST_COUNTED, size: 50, on: null, personal: true }
	};
	const after = (...at: string[]) => ({ cursor: { way: 'after' as const, at } });
	const last = { cursor: { way: 'before' as const, at: null } };
	const past = { on: new Date('2024-06-01T00:00:00Z') };
	/** Beginnings, middles and ends of the list in each order, then what one filters and looks for. */
	const asked: Record<string, Partial<ListQuery>> = {
		'first page': {},
		'in the middle': after('P0500000'),
		'last page': last,
		'by name, downwards': { sort: 'name', descending: true },
		'by name, in the middle': { sort: 'name', ...after('地块8', '') },
		'by township, in the middle': { sort: 'township', ...after('350125110', 'P0500000') },
		'by area, downwards': { sort: 'area_ha', descending: true },
		'by area, in the middle': { sort: 'area_ha', ...after('5000', 'P0500000') },
		'by status, in the middle': { sort: 'status', ...after('active', 'P0500000') },
		'by date, in the middle': { sort: 'since', ...after('2025-01-01', 'P0500000') },
		'by party': { sort: 'party' },
		'by party, in the middle': { sort: 'party', ...after('甲公司3', '', '') },
		'by party, downwards from the middle': { sort: 'party', descending: true, ...after('甲公司3', '', '') },
		'by party, last page': { sort: 'party', ...last },
		'by credit grade, in the middle': { sort: 'credit_grade', ...after('C', '', '') },
		'one township': { filters: { township: '350125103' } },
		'one township, by name, last page': { filters: { township: '350125103' }, sort: 'name', ...last },
		'one office, suspended': { filters: { office: 'S1', status: 'suspended' } },
		'suspended, by area': { filters: { status: 'suspended' }, sort: 'area_ha' },
		'credit grade D': { filters: { credit_grade: 'D' } },
		'credit grade D, by name': { filters: { credit_grade: 'D' }, sort: 'name' },
		blacklisted: { filters: { blacklisted: 'yes' } },
		'no party': { filters: { party: 'none' }, sort: 'area_ha' },
		'a code': { search: 'P0123456' },
		'part of a code': { search: '012345' },
		'part of a name': { search: 'b71c9' },
		'two characters of some': { search: '块f' },
		'two characters of all': { search: '地块' },
		'two characters of all, by area': { search: '地块', sort: 'area_ha', descending: true },
		'two characters of all, in the middle': { search: '地块', ...after('P0500000') },
		'two characters of all, last page': { search: '地块', ...last },
		'two characters of all, suspended': { search: '地块', filters: { status: 'suspended' } },
		'three characters of 4,000': { search: '块f1' },
		'three characters of 4,000, one township': { search: '块f1', filters: { township: '350125103' } },
		'a word of none': { search: '采石场' },
		'one character': { search: '块' },
		'a party': { search: '甲公司77' },
		'every party': { search: '甲公司' },
		'a party, by area': { search: '甲公司77', sort: 'area_ha' },
		parties: { list: 'party' },
		'parties by name': { list: 'party', sort: 'name' }
	};
	const askedPast: Record<string, Partial<ListQuery>> = {
		'a past day': {},
		'a past day, in the middle': after('P0500000'),
		'a past day, last page': last,
		'a past day, by name': { sort: 'name' },
		'a past day, by area, in the middle': { sort: 'area_ha', ...after('5000', 'P0500000') },
		'a past day, one township': { filters: { township: '350125103' } },
		'a past day, suspended': { filters: { status: 'suspended' } },
		'a past day, a word': { search: 'b71c9' },
		'a past day, two characters of all': { search: '地块' },
		'a past day, parties': { list: 'party' }
	};
	const rows: (string | number)[][] = [];
	for (const [of, base, limit] of [
		[asked, {}, LIMIT_MS],
		[askedPast, past, LIMIT_PAST_MS]
	] as const) {
		const all: number[] = [];
		const line = (name: string, times: number[]) => {
			times.sort((a, b) => a - b);
			const at = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1]!);
			rows.push([name, at(0.5), at(0.95), at(1)]);
		};
		for (const [name, change] of Object.entries(of).filter(([each]) => each.includes(only))) {
			const times: number[] = [];
			for (let round = 0; round < ROUNDS; round++) {
				const start = performance.now();
				// What the page reads, all of it.
				await Promise.all([
					directorySummaries(db, COUNTY),
					boundaryState(db, COUNTY),
					readList(db, COUNTY, { ...usual, ...base, ...change }),
					listViews(db, COUNTY, 'bench')
				]);
				times.push(performance.now() - start);
			}
			all.push(...times);
			line(name, times);
			process.stderr.write(`${rows.at(-1)!.join('  ')}\n`);
		}
		if (all.length > 0) line(`**all of these (p95 ≤ ${limit})**`, all);
	}
	console.log(table(['page', 'median ms', 'p95 ms', 'worst ms'], rows));
	await opened.close();
}

async function fill(db: Awaited<ReturnType<typeof openDatabase>>['db']): Promise<void> {
	const known = await db.selectFrom('app.county').select('code').executeTakeFirst();
	if (known) return;
	await openCounty(db);
	const codes = Array.from({ length: 21 }, (_, i) => String(350125100 + i));
	await insertTownships(db, codes);
	await sql`INSERT INTO app.office (county, code, name, townships, point) SELECT ${COUNTY}, 'S' || i, 'S' || i,
		(SELECT array_agg(code) FROM app.township WHERE right(code, 2)::integer % 7 = i), ST_SetSRID(ST_MakePoint(118.9, 25.9), 4490)
		FROM generate_series(0, 6) i`.execute(db);
	await sql`INSERT INTO app.party (county, uscc, name, credit_grade) SELECT ${COUNTY}, lpad(i::text, 18, '0'), '甲公司' || i,
		(ARRAY['A', 'B', 'C', 'D'])[1 + i % 4] FROM generate_series(1, ${PARTIES}) i`.execute(db);
	for (const [from, to] of [
		['2020-01-01', '2025-01-01'],
		['2025-01-01', null]
	])
		await sql`INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
			SELECT ${COUNTY}, 'P' || lpad(i::text, 7, '0'), 'land_parcel', '地块' || md5(i::text),
				CASE WHEN i % 10 > 0 THEN lpad((1 + i % ${PARTIES})::text, 18, '0') END,
				ST_Multi(ST_MakeEnvelope(x, y, x + 0.001, y + 0.001, 4490)), ST_SetSRID(ST_MakePoint(x + 0.0005, y + 0.0005), 4490),
				0, 0, 100 + i % 9973, '89283082803ffff', (350125100 + i % 21)::text,
				CASE WHEN i % 50 = 0 THEN 'suspended' ELSE 'active' END, tstzrange(${from}::timestamptz, ${to}::timestamptz)
			FROM generate_series(1, ${PARCELS}) i, LATERAL (SELECT 118.5 + (i % 1000) / 1000.0 AS x, 25.7 + (i / 1000) / 1000.0 AS y) p
			WHERE ${to === null} OR i % 10 = 0`.execute(db);
	await sql`VACUUM ANALYZE app.target`.execute(db);
	await sql`ANALYZE`.execute(db);
}
