// Groups of coverage as what the map draws. Hexagons are made once for a grouping; a tick of the slider changes only what
// is written on them.
import type { Feature, FeatureCollection, Point, Polygon } from 'geojson';
import { cellToBoundary, cellToLatLng } from 'h3-js';

/** A cell or a township as it is shown. */
export interface CoverageMark {
	/** H3 index or township code. */
	id: string;
	/** 0 … 5; null: nothing to show, the outline only. */
	shade: number | null;
	/** Stands on few targets: hatched. */
	small: boolean;
	gap: boolean;
	/** What is written on it. */
	label: string;
}
type Properties = Omit<CoverageMark, 'shade'> & { shade: number };

const shapes = new Map<string, { ring: [number, number][]; centre: [number, number] }>();
/** More than any county shows; then it begins again. */
const KEPT = 100_000;

function shapeOf(cell: string) {
	let shape = shapes.get(cell);
	if (!shape) {
		if (shapes.size >= KEPT) shapes.clear();
		const [lat, lon] = cellToLatLng(cell);
		shapes.set(
			cell,
			(shape = { ring: cellToBoundary(cell, true) as [number, number][], centre: [lon, lat] })
		);
	}
	return shape;
}

/** Degrees around a cell. */
export function cellBounds(cell: string): [west: number, south: number, east: number, north: number] {
	const { ring } = shapeOf(cell);
	const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
	return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/** The closed ring of a cell. */
export const cellRing = (cell: string): readonly [lon: number, lat: number][] => shapeOf(cell).ring;

export function cellFeatures(marks: readonly CoverageMark[]) {
	const areas: Feature<Polygon, Properties>[] = [];
	const labels: Feature<Point, { label: string }>[] = [];
	for (const mark of marks) {
		const { ring, centre } = shapeOf(mark.id);
		areas.push({
			type: 'Feature',
			properties: { ...mark, shade: mark.shade ?? -1 },
			geometry: { type: 'Polygon', coordinates: [ring] }
		});
		if (mark.label !== '')
			labels.push({
				type: 'Feature',
				properties: { label: mark.label },
				geometry: { type: 'Point', coordinates: centre }
			});
	}
	return {
		areas: { type: 'FeatureCollection', features: areas } satisfies FeatureCollection<Polygon, Properties>,
		labels: { type: 'FeatureCollection', features: labels } satisfies FeatureCollection<Point>
	};
}
