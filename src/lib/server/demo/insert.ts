// The rows of the demonstration as SQL: one statement for each thousand of them, from JSON that the database unpacks.
import { sql, type Transaction } from 'kysely';
import type { DB } from '../db/schema';
import { COUNTY, type DemoCounty } from './demo-county';
import { SKETCH_PROVENANCE } from './sketch';
import { FIRST_DAY, startOf, type TargetVersion } from './target-version';

export async function insertBoundaries(
	trx: Transaction<DB>,
	{ townships, offices }: DemoCounty,
	at: Date
): Promise<void> {
	const licence = 'Apache-2.0；驻地点位 GeoNames，CC BY 4.0';
	const { id } = await trx
		.insertInto('app.boundary_source')
		.values({
			county: COUNTY.code,
			layer: 'township',
			provenance: SKETCH_PROVENANCE,
			licence,
			sketch: true,
			created_at: at
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	await trx
		.insertInto('app.boundary_source')
		.values({
			county: COUNTY.code,
			layer: 'office',
			provenance: '示意：12 个自然资源所的分工为演示而设，非实际设置',
			licence,
			sketch: true,
			created_at: at
		})
		.execute();
	const rows = townships.map(({ code, name, ring }) => ({
		code,
		name,
		geometry: JSON.stringify({ type: 'MultiPolygon', coordinates: [[ring]] })
	}));
	await sql`INSERT INTO app.township (county, code, name, geom, area_m2, source, valid)
		SELECT ${COUNTY.code}, r.code, r.name, g.geom, ST_Area(g.geom::geography), ${id}::bigint,
			tstzrange(${startOf(FIRST_DAY)}::timestamptz, NULL)
		FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r (code text, name text, geometry text),
			LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4490) AS geom) AS g`.execute(trx);
	await trx
		.insertInto('app.office')
		.values(
			offices.map(({ code, name, townships: answersFor, point }) => ({
				county: COUNTY.code,
				code,
				name,
				townships: answersFor,
				point: sql`ST_SetSRID(ST_MakePoint(${point[0]}, ${point[1]}), 4490)` as never
			}))
		)
		.execute();
}

export async function insertDirectories(trx: Transaction<DB>, county: DemoCounty): Promise<void> {
	const { parties, items, inspectors, recusals } = county;
	const code = COUNTY.code;
	await sql`INSERT INTO app.party (county, uscc, name, credit_grade, address, contact_masked)
		SELECT ${code}, uscc, name, grade, address, contact
		FROM json_to_recordset(${JSON.stringify(parties)}::json)
			AS r (uscc text, name text, grade text, address text, contact text)`.execute(trx);
	const listed = parties.flatMap(({ uscc, blacklist }) => blacklist.map((period) => ({ uscc, ...period })));
	await sql`INSERT INTO app.blacklist_period (county, uscc, during, source)
		SELECT ${code}, uscc, daterange("from", "to"), '演示：严重违法失信名单'
		FROM json_to_recordset(${JSON.stringify(listed)}::json) AS r (uscc text, "from" date, "to" date)`.execute(
		trx
	);
	await trx
		.insertInto('app.item')
		.values(items.map((item) => ({ county: code, ...item })))
		.execute();
	await trx
		.insertInto('app.inspector')
		.values(
			inspectors.map((inspector) => ({
				county: code,
				code: inspector.code,
				name: inspector.name,
				office: inspector.office,
				home_townships: inspector.homeTownships,
				scopes: inspector.scopes,
				lead: inspector.lead,
				certificate: inspector.certificate,
				issuer: inspector.issuer,
				certificate_valid: `[${inspector.validFrom},${inspector.validTo})`
			}))
		)
		.execute();
	await trx
		.insertInto('app.recusal')
		.values(
			recusals.map(({ inspector, uscc, reason, declaredOn }) => ({
				county: code,
				inspector,
				uscc,
				reason,
				declared_on: declaredOn
			}))
		)
		.execute();
}

export async function insertTargets(trx: Transaction<DB>, targets: readonly TargetVersion[]): Promise<void> {
	await sql`INSERT INTO app.target (county, code, kind, name, party, geom, point, x_m, y_m, area_m2, cell, township,
			status, attributes, valid)
		SELECT ${COUNTY.code}, r.code, r.kind, r.name, r.party, g.geom, ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4490),
			r."xM", r."yM", ST_Area(g.geom::geography), r.cell, r.township, r.status, r.attributes,
			tstzrange(r."from", r."to")
		FROM json_to_recordset(${JSON.stringify(targets)}::json)
			AS r (code text, kind text, name text, party text, geometry text, lon double precision, lat double precision,
				"xM" integer, "yM" integer, cell text, township text, status text, attributes jsonb,
				"from" timestamptz, "to" timestamptz),
			LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(r.geometry), 4490) AS geom) AS g`.execute(trx);
}
