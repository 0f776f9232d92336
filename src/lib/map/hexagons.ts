// The H3 overlay: counts of resolution-9 cells summed to the resolution shown, as hexagons and their centres.
import { cellToBoundary, cellToLatLng, cellToParent } from 'h3-js';
import type { Feature, FeatureCollection, Point, Polygon } from 'geojson';

export interface FinestCell {
	cell: string;
	mining: number;
	parcels: number;
}
export interface Hexagons {
	areas: FeatureCollection<Polygon, { cell: string; count: number; shade: number }>;
	labels: FeatureCollection<Point, { count: number }>;
	/** The largest count, for the legend. */
	most: number;
}

/** Cells a finger's width across: 6 at zoom 9, 7 at 10, 8 at 12, 9 from 13. */
export const resolutionAt = (zoom: number) => Math.min(9, Math.max(4, Math.floor((zoom - 1) * 0.78)));

export const shades = 6;

/** shade: 0 … 5 of the coverage ramp, by the square root of the share of the largest count. */
export function hexagons(
	cells: readonly FinestCell[],
	resolution: number,
	kinds: { mining: boolean; parcels: boolean }
): Hexagons {
	const counts = new Map<string, number>();
	for (const { cell, mining, parcels } of cells) {
		const count = (kinds.mining ? mining : 0) + (kinds.parcels ? parcels : 0);
		if (count === 0) continue;
		const parent = cellToParent(cell, resolution);
		counts.set(parent, (counts.get(parent) ?? 0) + count);
	}
	const most = Math.max(0, ...counts.values());
	const areas: Feature<Polygon, { cell: string; count: number; shade: number }>[] = [];
	const labels: Feature<Point, { count: number }>[] = [];
	for (const [cell, count] of counts) {
		const shade = Math.min(shades - 1, Math.floor(Math.sqrt(count / most) * shades));
		const [lat, lon] = cellToLatLng(cell);
		areas.push({
			type: 'Feature',
			properties: { cell, count, shade },
			geometry: { type: 'Polygon', coordinates: [cellToBoundary(cell, true)] }
		});
		labels.push({
			type: 'Feature',
			properties: { count },
			geometry: { type: 'Point', coordinates: [lon, lat] }
		});
	}
	return {
		areas: { type: 'FeatureCollection', features: areas },
		labels: { type: 'FeatureCollection', features: labels },
		most
	};
}
