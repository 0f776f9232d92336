// What is done with roads off the main thread: a prepared import joined into a graph, travel over it, and its roads around
// a route.
import { gunzipSync, gzipSync } from 'node:zlib';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { Corridor, E7 } from '../../core/field/pack';
import { roadsWithin } from '../../core/field/roads';
import type { LonLat } from '../../core/model';
import type { Driving } from '../../core/route/great-circle';
import { decodeRoads, encodeRoads, joinRoads, type RoadLine } from '../../core/route/road-layer';
import { roadTravel } from '../../core/route/road-travel';
import { linesOf } from '../import/lines';
import type { MetredTravel } from './places';

export type RoadTask =
	| { step: 'join'; path: string }
	| { step: 'corridor'; graph: Uint8Array; bounds: Corridor['bounds']; near: readonly E7[] }
	| { step: 'travel'; graph: Uint8Array; at: LonLat[]; driving: Driving; mountain: boolean[] };

/** One staged road: its lines in millionths of a degree. */
export interface RoadRows extends Omit<RoadLine, 'points'> {
	lines: number[][];
}

export interface JoinedLayer {
	/** The graph of encodeRoads(), gzip; and the SHA-256 of it before. */
	graph: Uint8Array;
	hash: string;
	roads: number;
	nodes: number;
	edges: number;
	metres: number;
	leftOut: number;
}

export async function joinLayer(path: string): Promise<JoinedLayer> {
	const lines: RoadLine[] = [];
	let roads = 0;
	for await (const line of linesOf(path)) {
		if (line[0] !== 'R') continue;
		for (const { lines: parts, ...road } of JSON.parse(line.slice(1)) as RoadRows[]) {
			roads++;
			for (const points of parts) lines.push({ ...road, points });
		}
	}
	const { map, metres, leftOut } = joinRoads(lines);
	const bytes = encodeRoads(map);
	return {
		...{ graph: gzipSync(bytes), hash: toHex(sha256('fairlot roads v1\n', bytes)) },
		...{ roads, nodes: map.lon.length, edges: map.to.length, metres, leftOut }
	};
}

export const corridorRoads = ({ graph, bounds, near }: Extract<RoadTask, { step: 'corridor' }>) =>
	roadsWithin(decodeRoads(gunzipSync(graph)), bounds, near);

export const travelOver = (task: Extract<RoadTask, { step: 'travel' }>): MetredTravel =>
	roadTravel(decodeRoads(gunzipSync(task.graph)), task.at, task.driving, task.mountain);
