// The roads of a corridor as lines that a phone draws: cut out of the graph of the county, joined where nothing branches off.
// Invariant: a function of graph, bounds and places; at most MOST stretches, the quick and the near ones first.

import type { RoadMap } from '../route/road-layer';
import type { Corridor, E7 } from './pack';

type Road = Corridor['roads'][number];

/** Stretches between two nodes, some 250 m each at most: about 100 kB. */
const MOST = 4000;
/** From here on a road is a main one, km/h. */
const MAIN_KMH = 40;

interface Stretch {
	from: number;
	to: number;
	main: boolean;
	/** To the nearest place, 10⁻⁷ degree. */
	away: number;
}

export function roadsWithin(
	map: RoadMap,
	[west, south, east, north]: Corridor['bounds'],
	near: readonly E7[],
	most = MOST
): Road[] {
	const at = (node: number): E7 => [map.lon[node]! * 10, map.lat[node]! * 10];
	const inside = ([lon, lat]: E7) => lon >= west && lon <= east && lat >= south && lat <= north;
	const away = ([lon, lat]: E7) =>
		Math.min(...near.map(([x, y]) => Math.max(Math.abs(x - lon), Math.abs(y - lat))));
	const seen = new Set<string>();
	const found: Stretch[] = [];
	for (let from = 0; from < map.lon.length; from++) {
		if (!inside(at(from))) continue;
		for (let e = map.first[from]!; e < map.first[from + 1]!; e++) {
			const to = map.to[e]!;
			const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
			if (seen.has(key) || !inside(at(to))) continue;
			seen.add(key);
			const main = map.metres[e]! * 3.6 >= MAIN_KMH * map.seconds[e]!;
			found.push({ from, to, main, away: Math.min(away(at(from)), away(at(to))) });
		}
	}
	found.sort((a, b) => Number(b.main) - Number(a.main) || a.away - b.away || a.from - b.from || a.to - b.to);
	const kept = found.slice(0, most);
	return [true, false].flatMap((main) =>
		chains(kept.filter((stretch) => stretch.main === main)).map((nodes) => ({
			...{ level: main ? 'main' : 'minor', name: null, line: nodes.map(at) }
		}))
	);
}

/** Stretches as few lines: from each node where not just two meet, on until the next such one. */
function chains(stretches: readonly Stretch[]): number[][] {
	const ends = new Map<number, number[]>();
	stretches.forEach(({ from, to }, k) => {
		for (const node of [from, to]) ends.set(node, [...(ends.get(node) ?? []), k]);
	});
	const used = new Set<number>();
	const lines: number[][] = [];
	const walk = (start: number) => {
		for (const first of ends.get(start)!) {
			if (used.has(first)) continue;
			const line = [start];
			for (let k: number | undefined = first; k !== undefined;) {
				used.add(k);
				const { from, to }: Stretch = stretches[k]!;
				const node: number = from === line.at(-1) ? to : from;
				line.push(node);
				const on: number[] = ends.get(node)!;
				k = on.length === 2 ? on.find((other) => !used.has(other)) : undefined;
			}
			lines.push(line);
		}
	};
	for (const [node, at] of ends) if (at.length !== 2) walk(node);
	// What is left are rings.
	for (const node of ends.keys()) walk(node);
	return lines;
}
