// OGC API – Features as its clients ask it: pages, boxes in several systems, instants, filters; the public sees townships.
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/lib/server/db/database';
import { portalIdentity } from '../../src/lib/server/db/identity';
import { collections, api } from '../../src/lib/server/ogc/documents';
import type { CollectionId, Reader } from '../../src/lib/server/ogc/collections';
import { readItem, readItems } from '../../src/lib/server/ogc/items';
import { itemsQuery } from '../../src/lib/server/ogc/request';
import { databaseAs, freshDatabase } from '../support/database';
import { COUNTY, insertTarget, insertTownships, openCounty } from '../support/small-county';

let db: Database;
let reader: Reader;
const now = new Date('2026-06-01T00:00:00Z');
const EPSG = 'http://www.opengis.net/def/crs/EPSG/0/';
const words = { title: '', description: '' };
const titles = { townships: words, offices: words, mining_rights: words, land_parcels: words };

beforeAll(async () => {
	db = await freshDatabase();
	await openCounty(db);
	await insertTownships(db, ['350125100', '350125101']);
	for (const [i, code] of ['A', 'B', 'C', 'D'].entries())
		await insertTarget(db, {
			code,
			lon: 118.1 + i / 10,
			lat: 25.5,
			status: i === 3 ? 'suspended' : 'active'
		});
	await insertTarget(db, { code: 'OLD', lon: 118.5, lat: 25.6, until: new Date('2025-01-01') });
	const as = { role: 'fairlot_app', account: 'p', roles: ['planner'], office: null } as const;
	reader = {
		db: await databaseAs(as),
		portal: await databaseAs(portalIdentity),
		county: COUNTY,
		reads: true
	};
});

async function items(query: string, id: CollectionId = 'mining_rights') {
	const asked = itemsQuery(new URL(`http://f/items?${query}`), id, 4549, now);
	if (!asked.ok) throw new Error(asked.parameter);
	const { features, matched, next } = await readItems(reader, asked.value);
	return { codes: features.map((feature) => feature.id).join(''), matched, next, features };
}

test('pages follow one another by code', async () => {
	expect(await items('limit=3')).toMatchObject({ codes: 'ABC', matched: 4, next: 'C' });
	expect(await items('limit=3&after=C')).toMatchObject({ codes: 'D', matched: 4, next: null });
});

test('a box in any of the systems, answers in any', async () => {
	expect((await items('bbox=118.05,25.4,118.25,25.6')).codes).toBe('AB');
	expect((await items(`bbox=25.4,118.05,25.6,118.25&bbox-crs=${EPSG}4490`)).codes).toBe('AB');
	expect((await items(`bbox=13140000,2930000,13165000,2950000&bbox-crs=${EPSG}3857`)).codes).toBe('AB');
	const corner = async (crs: string) =>
		((await items(`limit=1&crs=${EPSG}${crs}`)).features[0]!.geometry as { coordinates: number[][][][] })
			.coordinates[0]![0]![0]!;
	expect((await corner('4326'))[0]).toBeCloseTo(25.499, 3);
	expect((await corner('4549'))[0]).toBeGreaterThan(2_800_000);
});

test('an instant of the past, a filter, one feature', async () => {
	expect((await items('datetime=2024-01-01T00:00:00Z')).codes).toBe('ABCDOLD');
	expect((await items('datetime=../2024-01-01')).codes).toBe('ABCDOLD');
	expect((await items('status=suspended')).codes).toBe('D');
	const asked = itemsQuery(new URL('http://f/items'), 'mining_rights', 4549, now);
	if (!asked.ok) throw new Error();
	expect(await readItem(reader, asked.value, 'B')).toMatchObject({
		id: 'B',
		properties: { code: 'B', status: 'active' }
	});
	expect(await readItem(reader, asked.value, 'OLD')).toBeNull();
});

test.each([
	['bbox=1,2,3', 'bbox'],
	['bbox=5,5,1,1', 'bbox'],
	['limit=0', 'limit'],
	['crs=EPSG:1', 'crs'],
	['bbox-crs=x', 'bbox-crs'],
	['datetime=yesterday', 'datetime'],
	['colour=red', 'colour']
])('%s: the parameter is named', (query, parameter) => {
	expect(itemsQuery(new URL(`http://f/items?${query}`), 'mining_rights', 4549, now)).toMatchObject({
		ok: false,
		parameter
	});
});

test('the public is offered townships, and the portal’s handle reads nothing else', async () => {
	const nobody = { ...reader, db: reader.portal, reads: false };
	const offered = await collections('http://f/ogc', nobody, 4549, titles);
	expect(offered.collections.map(({ id }) => id)).toEqual(['townships']);
	expect(offered.collections[0]!.extent!.spatial.bbox).toEqual([[118, 25, 120, 26]]);
	expect(Object.keys(api('http://f/ogc', nobody, titles).paths)).not.toContain(
		'/collections/land_parcels/items'
	);
	expect((await items('', 'townships')).features.map(({ properties }) => properties.provenance)).toEqual([
		'test',
		'test'
	]);
	const asked = itemsQuery(new URL('http://f/items'), 'land_parcels', 4549, now);
	if (asked.ok) await expect(readItems(nobody, asked.value)).rejects.toThrow(/permission denied/);
});
