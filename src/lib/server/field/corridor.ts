// The map around a route for a phone without a network: townships, parcels beside the way, roads when there are any.
import { sql } from 'kysely';
import type { MultiPolygon, Polygon } from 'geojson';
import { compareUtf8 } from '../../core/bytes/compare';
import type { Corridor, E7, Shape, Stop } from '../../core/field/pack';
import { toE7 } from '../../core/field/pack';
import type { TargetKind } from '../../core/model';
import type { Database } from '../db/database';
import { roadGraphOf } from '../route/roads';
import type { RoadTask } from '../route/road-work';
import { runWorker } from '../workers';

/** How far from a stop, in degrees, a parcel is still a neighbour: about 600 m. */
const NEIGHBOUR = 0.006;
const NEIGHBOURS_MOST = 300;

export const shapeOf = (text: string): Shape => {
	const geometry = JSON.parse(text) as MultiPolygon | Polygon;
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	return polygons.map((rings) => rings.map((ring) => ring.map(([lon = 0, lat = 0]) => toE7([lon, lat]))));
};

export async function corridorOf(
	db: Database,
	county: string,
	codes: readonly string[],
	office: E7,
	stops: readonly (Pick<Stop, 'at' | 'position' | 'party'> & { targets: readonly { name: string }[] })[]
): Promise<Corridor> {
	const points = [office, ...stops.map(({ at }) => at)];
	const pad = 100_000;
	const bounds = [
		Math.min(...points.map(([lon]) => lon)) - pad,
		Math.min(...points.map(([, lat]) => lat)) - pad,
		Math.max(...points.map(([lon]) => lon)) + pad,
		Math.max(...points.map(([, lat]) => lat)) + pad
	] as const;
	const frame = sql`ST_MakeEnvelope(${bounds[0] / 1e7}, ${bounds[1] / 1e7}, ${bounds[2] / 1e7}, ${bounds[3] / 1e7}, 4490)`;
	const townships = await sql<{ code: string; name: string; lon: number; lat: number; shape: string }>`
		SELECT code, name, ST_X(ST_PointOnSurface(geom)) AS lon, ST_Y(ST_PointOnSurface(geom)) AS lat,
			ST_AsGeoJSON(ST_SimplifyPreserveTopology(geom, 0.0005), 5) AS shape
		FROM app.current_township WHERE county = ${county} AND ST_Intersects(geom, ${frame}) ORDER BY code`.execute(
		db
	);
	const parcels = await sql<{ code: string; kind: TargetKind; name: string; shape: string }>`
		SELECT t.code, t.kind, t.name, ST_AsGeoJSON(ST_SimplifyPreserveTopology(t.geom, 0.00002), 6) AS shape
		FROM app.current_target t WHERE t.county = ${county} AND ST_DWithin(t.point, (SELECT ST_Collect(p.point)
				FROM app.current_target p WHERE p.county = ${county} AND p.code = ANY (${[...codes]}::text[])), ${NEIGHBOUR})
			AND t.code <> ALL (${[...codes]}::text[]) ORDER BY t.code LIMIT ${NEIGHBOURS_MOST}`.execute(db);
	return {
		bounds,
		townships: townships.rows.map(({ lon, lat, shape, code, name }) => ({
			...{ code, name, label: toE7([lon, lat]), shape: shapeOf(shape) }
		})),
		parcels: parcels.rows
			.map(({ shape, ...row }) => ({ ...row, shape: shapeOf(shape) }))
			.sort((a, b) => compareUtf8(a.code, b.code)),
		roads: await roadsOf(db, county, bounds, points),
		labels: stops.map(({ position, at, party, targets }) => ({
			text: `${position} ${party?.name ?? targets[0]?.name ?? ''}`,
			at
		}))
	};
}

async function roadsOf(
	db: Database,
	county: string,
	bounds: Corridor['bounds'],
	near: readonly E7[]
): Promise<Corridor['roads']> {
	const graph = await roadGraphOf(db, county);
	if (!graph) return [];
	return runWorker<RoadTask, Corridor['roads']>('roads', { step: 'corridor', graph, bounds, near });
}
