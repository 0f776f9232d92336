// Which township an outline lies in: the one that covers it, else the one with the largest overlap (ties: the lower
// code), else how far it is from all of them, and the nearest one. Works on a table with id, geom, fate, township and
// away_m; rows whose fate is settled are left alone. Bounds: 100,000 parcels in some 10 s, because covering is asked of
// each township once with its geometry prepared, overlap is computed against small pieces and only for outlines on a
// border, and distance is asked of one outline of the county, whose search tree PostGIS then keeps.
import { sql, type Transaction } from 'kysely';
import type { DB } from '../db/schema';

export async function placeRows(trx: Transaction<DB>, county: string, table: string): Promise<void> {
	const rows = sql.table(table);
	await sql`CREATE INDEX ON ${rows} USING gist (geom)`.execute(trx);
	// The number of rows only: with statistics of a geometry column of very few rows PostGIS 3.6 stops at an
	// "invalid join selectivity".
	await sql`ANALYZE ${rows} (id)`.execute(trx);
	await sql`
		UPDATE ${rows} AS r SET township = c.code
		FROM (
			SELECT r.id, min(t.code) AS code
			FROM app.current_township AS t JOIN ${rows} AS r ON r.geom && t.geom AND ST_Covers(t.geom, r.geom)
			WHERE t.county = ${county} AND r.fate IS NULL
			GROUP BY r.id
		) AS c
		WHERE c.id = r.id`.execute(trx);
	// flat: longitudes shrunk by the cosine of the latitude, so that nearest on the plane is nearest on the ground.
	await sql`
		CREATE TEMP TABLE township_piece ON COMMIT DROP AS
		SELECT t.code, p.geom, ST_Scale(p.geom, k.shrink, 1) AS flat, k.shrink
		FROM (
			SELECT cos(radians(ST_Y(ST_Centroid(ST_Extent(geom)::geometry)))) AS shrink
			FROM app.current_township WHERE county = ${county}
		) AS k, app.current_township AS t, ST_Subdivide(t.geom, 64) AS p(geom)
		WHERE t.county = ${county}`.execute(trx);
	await sql`CREATE INDEX ON township_piece USING gist (geom)`.execute(trx);
	await sql`CREATE INDEX ON township_piece USING gist (flat)`.execute(trx);
	await sql`ANALYZE township_piece (code)`.execute(trx);
	await sql`
		UPDATE ${rows} AS r SET township = o.code
		FROM (
			SELECT DISTINCT ON (id) id, code
			FROM (
				SELECT r.id, p.code, sum(ST_Area(ST_Intersection(r.geom, p.geom))) AS share
				FROM ${rows} AS r JOIN township_piece AS p ON r.geom && p.geom AND ST_Intersects(r.geom, p.geom)
				WHERE r.fate IS NULL AND r.township IS NULL
				GROUP BY r.id, p.code
			) AS overlap
			WHERE share > 0
			ORDER BY id, share DESC, code
		) AS o
		WHERE o.id = r.id`.execute(trx);
	await measureOutside(trx, county, table);
	await sql`DROP TABLE township_piece`.execute(trx);
}

/** Rows that overlap nothing: metres on the ellipsoid to the county, and the nearest township. */
async function measureOutside(trx: Transaction<DB>, county: string, table: string): Promise<void> {
	const rows = sql.table(table);
	await sql`
		CREATE TEMP TABLE county_outline ON COMMIT DROP AS
		SELECT ST_Union(geom)::geography AS geog FROM app.current_township WHERE county = ${county}`.execute(trx);
	await sql`
		UPDATE ${rows} AS r SET township = n.code, away_m = ST_Distance(c.geog, r.geom::geography)
		FROM county_outline AS c, ${rows} AS own, LATERAL (
			SELECT p.code FROM township_piece AS p
			ORDER BY p.flat <-> ST_Scale(own.geom, (SELECT shrink FROM township_piece LIMIT 1), 1) LIMIT 1
		) AS n
		WHERE own.id = r.id AND r.fate IS NULL AND r.township IS NULL`.execute(trx);
	await sql`DROP TABLE county_outline`.execute(trx);
}
