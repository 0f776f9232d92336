// Which township an outline lies in: the one that covers it, else the one with the largest overlap (ties: the lower
// code), else the nearest and how far it is. Works on a table with id, geom, fate, township and away_m; rows whose fate
// is settled are left alone. Bounds: 100,000 parcels in some 10 s, because covering is asked of each township once with
// its geometry prepared, and overlap is computed against small pieces and only for outlines on a border.
import { sql, type Transaction } from 'kysely';
import type { DB } from '../db/schema';

export async function placeRows(trx: Transaction<DB>, county: string, table: string): Promise<void> {
	const rows = sql.table(table);
	await sql`CREATE INDEX ON ${rows} USING gist (geom)`.execute(trx);
	await sql`ANALYZE ${rows}`.execute(trx);
	await sql`
		UPDATE ${rows} AS r SET township = c.code
		FROM (
			SELECT r.id, min(t.code) AS code
			FROM app.current_township AS t JOIN ${rows} AS r ON r.geom && t.geom AND ST_Covers(t.geom, r.geom)
			WHERE t.county = ${county} AND r.fate IS NULL
			GROUP BY r.id
		) AS c
		WHERE c.id = r.id`.execute(trx);
	await sql`
		CREATE TEMP TABLE township_piece ON COMMIT DROP AS
		SELECT t.code, p.geom FROM app.current_township AS t, ST_Subdivide(t.geom, 64) AS p(geom)
		WHERE t.county = ${county}`.execute(trx);
	await sql`CREATE INDEX ON township_piece USING gist (geom)`.execute(trx);
	await sql`ANALYZE township_piece`.execute(trx);
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
	await nearest(trx, county, table);
	await sql`DROP TABLE township_piece`.execute(trx);
}

/** Rows that overlap nothing: the nearest township, and the distance on the ellipsoid. */
async function nearest(trx: Transaction<DB>, county: string, table: string): Promise<void> {
	const rows = sql.table(table);
	await sql`
		UPDATE ${rows} AS r SET township = n.code, away_m = n.away_m
		FROM (
			SELECT DISTINCT ON (r.id) r.id, t.code, ST_Distance(t.geom::geography, r.geom::geography) AS away_m
			FROM app.current_township AS t, ${rows} AS r
			WHERE t.county = ${county} AND r.fate IS NULL AND r.township IS NULL
			ORDER BY r.id, away_m, t.code
		) AS n
		WHERE n.id = r.id`.execute(trx);
}
