// Lists of a directory of a million parcels, as a planner sees them: pages, sorts, filters, a text, a past day.
// PostGIS only (DATABASE_URL on an empty database).
import { sql } from 'kysely';
import { openDatabase } from '../../src/lib/server/db/database';
import { readList, type ListQuery } from '../../src/lib/server/registry/listing';
import { insertTownships, openCounty, COUNTY } from '../support/small-county';
import { table } from './table';

const PARCELS = 1_000_000;
const PARTIES = 5_000;
const ROUNDS = 7;

export default async function bench(): Promise<void> {
	const url = process.env.DATABASE_URL;
	if (!url) return console.error('directory: DATABASE_URL names no database, nothing to measure');
	const opened = await openDatabase({ url, folder: null });
	await fill(opened.db);
	const db = opened.as({ role: 'fairlot_app', account: 'bench', roles: ['planner'], office: null });
	const usual: ListQuery = {
		...{ list: 'land_parcel', search: '', filters: {}, columns: null, sort: '', descending: false },
		...{ page: 1, size: 50, on: null, personal: true }
	};
	const past = { on: new Date('2024-06-01T00:00:00Z') };
	const asked: Record<string, Partial<ListQuery>> = {
		'first page': {},
		'page 10,000': { page: 10_000 },
		'last page': { page: PARCELS },
		'by name, downwards': { sort: 'name', descending: true },
		'by area': { sort: 'area_ha', descending: true },
		'by party': { sort: 'party' },
		'one township': { filters: { township: '350125103' } },
		'one office, suspended': { filters: { office: 'S1', status: 'suspended' } },
		'credit grade D': { filters: { credit_grade: 'D' } },
		'a code': { search: 'P0123456' },
		'a word': { search: '甲公司77' },
		'a past day': past,
		'a past day, page 10,000': { ...past, page: 10_000 }
	};
	const rows: (string | number)[][] = [];
	for (const [name, change] of Object.entries(asked)) {
		const times: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const start = performance.now();
			await readList(db, COUNTY, { ...usual, ...change });
			times.push(performance.now() - start);
		}
		times.sort((a, b) => a - b);
		rows.push([name, Math.round(times[ROUNDS >> 1]!), Math.round(times.at(-1)!)]);
	}
	console.log(table(['list', 'median ms', 'worst ms'], rows));
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
