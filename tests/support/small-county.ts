// A county of a few rows for tests that must know each of them.
import { latLngToCell } from 'h3-js';
import { sql } from 'kysely';
import { toPlane } from '../../src/lib/core/geo/zone';
import type { Database } from '../../src/lib/server/db/database';

export const COUNTY = '350125';
export const county = { code: COUNTY, name: '永泰县', epsg: 4549, demo: false };

export async function openCounty(db: Database): Promise<void> {
	await sql`SELECT app.add_county(${COUNTY}, ${county.name}, ${county.epsg}, false)`.execute(db);
}

/** Squares side by side; only their codes matter. */
export async function insertTownships(db: Database, codes: string[]): Promise<void> {
	const { id } = await db
		.insertInto('app.boundary_source')
		.values({ county: COUNTY, layer: 'township', provenance: 'test', created_at: new Date(0) })
		.returning('id')
		.executeTakeFirstOrThrow();
	for (const [i, code] of codes.entries()) {
		await sql`INSERT INTO app.township (county, code, name, geom, area_m2, source, valid) VALUES (${COUNTY}, ${code}, ${code},
			ST_Multi(ST_MakeEnvelope(${118 + i}, 25, ${119 + i}, 26, 4490)), 1, ${id}, '[2020-01-01,)')`.execute(db);
	}
}

export interface SmallTarget {
	code: string;
	lon: number;
	lat: number;
	kind?: 'mining_right' | 'land_parcel';
	township?: string;
	party?: string;
	status?: 'active' | 'suspended' | 'closed';
	until?: Date;
}

/** A square of 0.002° about the point, in the registry since 2020. */
export async function insertTarget(db: Database, target: SmallTarget): Promise<void> {
	const { code, lon, lat, kind = 'mining_right', township = '350125100', status = 'active' } = target;
	const { x, y } = toPlane([lon, lat], 120);
	await sql`INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township, status, valid)
		VALUES (${COUNTY}, ${code}, ${kind}, ${code}, ${target.party ?? null},
			ST_Multi(ST_MakeEnvelope(${lon - 0.001}, ${lat - 0.001}, ${lon + 0.001}, ${lat + 0.001}, 4490)),
			ST_SetSRID(ST_MakePoint(${lon}, ${lat}), 4490), ${Math.round(x)}, ${Math.round(y)}, 1,
			${latLngToCell(lat, lon, 9)}, ${township}, ${status},
			tstzrange('2020-01-01', ${target.until ?? null}::timestamptz))`.execute(db);
}
