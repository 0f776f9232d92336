// 经纬网: meridians and parallels at whole minutes, a handful across the screen at any zoom.
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Steps that divide a degree into whole minutes or seconds, in degrees, the widest first. */
const steps = [10, 5, 2, 1, 1 / 2, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360, 1 / 720];

/** The widest step that gives at least four lines across the longer side. */
export function graticuleStep([west, south, east, north]: Bounds): number {
	const span = Math.max(east - west, north - south);
	return steps.find((step) => span / step >= 4) ?? (steps.at(-1) as number);
}

export interface Graticule {
	lines: FeatureCollection<LineString>;
	labels: FeatureCollection<Point, { label: string; edge: 'south' | 'west' }>;
}

/** Lines across `bounds`; labels where they leave the smaller `frame` at its south and west edge. */
export function graticule(bounds: Bounds, frame: Bounds): Graticule {
	const [west, south, east, north] = bounds;
	const step = graticuleStep(frame);
	const meridians = multiples(west, east, step);
	const parallels = multiples(south, north, step);
	const inside = (value: number, from: number, to: number) => value > from && value < to;
	return {
		lines: collection([
			...meridians.map((lon) => line([lon, south], [lon, north])),
			...parallels.map((lat) => line([west, lat], [east, lat]))
		]),
		labels: collection([
			...meridians
				// Its half stays within the frame's corner.
				.filter((lon) => inside(lon, frame[0] + (frame[2] - frame[0]) / 24, frame[2]))
				.map((lon) => label([lon, frame[1]], degrees(lon, 'E', 'W'), 'south')),
			...parallels
				.filter((lat) => inside(lat, frame[1], frame[3]))
				.map((lat) => label([frame[0], lat], degrees(lat, 'N', 'S'), 'west'))
		])
	};
}

const collection = <F extends Feature>(features: F[]) => ({ type: 'FeatureCollection' as const, features });

function multiples(from: number, to: number, step: number): number[] {
	const first = Math.ceil(from / step);
	const count = Math.max(0, Math.floor(to / step) - first + 1);
	return Array.from({ length: count }, (_, k) => (first + k) * step);
}

const line = (from: [number, number], to: [number, number]) => ({
	type: 'Feature' as const,
	properties: {},
	geometry: { type: 'LineString' as const, coordinates: [from, to] }
});

const label = (at: [number, number], text: string, edge: 'south' | 'west') => ({
	type: 'Feature' as const,
	properties: { label: text, edge },
	geometry: { type: 'Point' as const, coordinates: at }
});

/** 118°30′E, with seconds only where there are any. */
export function degrees(value: number, positive: string, negative: string): string {
	const seconds = Math.round(Math.abs(value) * 3600);
	const [d, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const pad = (n: number) => String(n).padStart(2, '0');
	const text = s > 0 ? `${d}°${pad(m)}′${pad(s)}″` : m > 0 ? `${d}°${pad(m)}′` : `${d}°`;
	return value === 0 ? text : text + (value > 0 ? positive : negative);
}
