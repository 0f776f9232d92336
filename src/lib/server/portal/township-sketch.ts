// The townships as paths of an SVG, drawn on the server: a map that needs neither script nor graphics card.
import { tallied, type PostingRow } from '../../core/posting/search';
import type { Outline } from './postings';

export interface SketchTownship {
	code: string;
	name: string;
	results: number;
	problems: number;
	penalties: number;
	path: string;
	/** Where its figure stands. */
	at: [x: number, y: number];
	/** 0 none … 5 as many as the township with the most. */
	shade: number;
}

const WIDTH = 600;
type Ring = [number, number][];

/** Twice the area with its sign, and the centroid. */
function centre(ring: Ring): { area: number; at: [number, number] } {
	let [area, x, y] = [0, 0, 0];
	for (const [i, [x1, y1]] of ring.entries()) {
		const [x2, y2] = ring[(i + 1) % ring.length]!;
		const cross = x1 * y2 - x2 * y1;
		area += cross;
		x += (x1 + x2) * cross;
		y += (y1 + y2) * cross;
	}
	return { area: Math.abs(area), at: area === 0 ? ring[0]! : [x / (3 * area), y / (3 * area)] };
}

export function townshipSketch(
	outlines: readonly Outline[],
	postings: readonly PostingRow[]
): {
	townships: SketchTownship[];
	width: number;
	height: number;
} {
	const degrees = outlines.map(({ shape }) =>
		(JSON.parse(shape) as { coordinates: Ring[][] }).coordinates.flat()
	);
	const all = degrees.flat(2);
	const least = (axis: 0 | 1) => all.reduce((value, point) => Math.min(value, point[axis]), Infinity);
	const most = (axis: 0 | 1) => all.reduce((value, point) => Math.max(value, point[axis]), -Infinity);
	const [west, north] = [least(0), most(1)];
	// A degree of longitude is shorter than one of latitude: a county is small enough for one ratio.
	const narrow = Math.cos(((least(1) + north) / 2) * (Math.PI / 180));
	const scale = WIDTH / Math.max(1e-6, (most(0) - west) * narrow);
	const posted = tallied(postings, ({ township }) => township);
	const counts = outlines.map(({ code }) => {
		const { results = 0, problems = 0, penalties = 0 } = posted.get(code) ?? {};
		return { results, problems, penalties };
	});
	const top = counts.reduce((value, { results, penalties }) => Math.max(value, results + penalties), 1);
	const townships = outlines.map(({ code, name }, i) => {
		const count = counts[i]!;
		const rings = degrees[i]!.map((ring) =>
			ring.map(([lon, lat]): [number, number] => [
				Math.round((lon - west) * narrow * scale),
				Math.round((north - lat) * scale)
			])
		);
		const widest = rings.map(centre).reduce((a, b) => (b.area > a.area ? b : a));
		return {
			...{ code, name, ...count },
			path: rings.map((ring) => `M${ring.map((point) => point.join(' ')).join('L')}z`).join(''),
			at: widest.at.map(Math.round) as [number, number],
			shade: Math.ceil((5 * (count.results + count.penalties)) / top)
		};
	});
	return { townships, width: WIDTH, height: Math.ceil((north - least(1)) * scale) };
}
