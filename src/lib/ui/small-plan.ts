// A place as a small picture without a map: where points of it stand. North is up.
import type { E7 } from '../core/field/pack';

/** What is nearer than this, in 10⁻⁷ degree, does not fill the picture: some 20 m. */
const LEAST = 2000;

export interface SmallPlan {
	place: (at: E7) => [x: number, y: number];
	/** Of an SVG, open. */
	path: (points: readonly E7[]) => string;
}

/** share: of the picture that the points take. */
export function smallPlan(
	points: readonly E7[],
	{ width, height, share }: { width: number; height: number; share: number }
): SmallPlan {
	const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
	const [west, east] = [Math.min(...lons), Math.max(...lons)];
	const [south, north] = [Math.min(...lats), Math.max(...lats)];
	const centre = [(west + east) / 2, (south + north) / 2] as const;
	// Degrees of longitude are shorter by the cosine of the latitude.
	const narrow = Math.cos(((centre[1] / 1e7) * Math.PI) / 180);
	const scale =
		share *
		Math.min(width / Math.max((east - west) * narrow, LEAST), height / Math.max(north - south, LEAST));
	const place = ([lon, lat]: E7): [number, number] => [
		width / 2 + (lon - centre[0]) * narrow * scale,
		height / 2 - (lat - centre[1]) * scale
	];
	const text = (at: E7) =>
		place(at)
			.map((value) => value.toFixed(1))
			.join(' ');
	return { place, path: (line) => `M${line.map(text).join('L')}` };
}
