// The ground of a printed map: outlines of the townships around a route, cut and simplified to what a page can show.
import { sql } from 'kysely';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Database } from '../db/database';

export interface Outline {
	name: string;
	label: [lon: number, lat: number];
	rings: [lon: number, lat: number][][];
}

/** Degrees on each side of the frame are added by the caller. */
export async function outlinesWithin(
	db: Database,
	county: string,
	[west, south, east, north]: readonly [number, number, number, number]
): Promise<Outline[]> {
	const tolerance = (east - west) / 800;
	const { rows } = await sql<{ name: string; shape: string | null; lon: number; lat: number }>`
		WITH frame AS (SELECT ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4490) AS geom),
		cut AS (SELECT t.name, ST_Multi(ST_CollectionExtract(ST_Intersection(ST_SimplifyPreserveTopology(t.geom,
				${tolerance}), f.geom), 3)) AS geom
			FROM app.current_township t, frame f WHERE t.county = ${county} AND ST_Intersects(t.geom, f.geom))
		SELECT name, ST_AsGeoJSON(geom, 5) AS shape, ST_X(ST_PointOnSurface(geom)) AS lon,
			ST_Y(ST_PointOnSurface(geom)) AS lat FROM cut WHERE NOT ST_IsEmpty(geom)`.execute(db);
	return rows.flatMap(({ name, shape, lon, lat }) => {
		if (!shape) return [];
		const { coordinates } = JSON.parse(shape) as MultiPolygon | (Polygon & { coordinates: never });
		return [{ name, label: [lon, lat] as [number, number], rings: coordinates.flat() as Outline['rings'] }];
	});
}
