// A road layer becomes a graph: lines meet where they share a vertex, as in OpenStreetMap and in topologically clean road
// layers. Vertices that nothing meets are left out, but one every SPLIT_M stays, so that a place is never far from a node.
// Only the largest connected part is kept: an island of roads leads nowhere. Same lines in the same order, same bytes.

import { metresBetween } from './great-circle';
import { roadGraph, type Edge, type RoadGraph } from './road';

export interface RoadLine {
	/** lon₀, lat₀, lon₁, lat₁, … in millionths of a degree (0.1 m). */
	points: readonly number[];
	kmPerHour: number;
	/** 1: only as drawn; −1: only against it; 0: both ways. */
	oneWay: -1 | 0 | 1;
}

/** Nodes in millionths of a degree. */
export interface RoadMap extends RoadGraph {
	lon: Int32Array;
	lat: Int32Array;
}

export interface JoinedRoads {
	map: RoadMap;
	/** Of the roads kept, each once. */
	metres: number;
	/** Nodes of the parts that were left out. */
	leftOut: number;
}

const SPLIT_M = 250;
const degrees = (e6: number) => e6 / 1e6;

export function joinRoads(lines: readonly RoadLine[]): JoinedRoads {
	const junction = junctionsOf(lines);
	const nodes = new Map<string, number>();
	const places: (readonly [number, number])[] = [];
	const nodeAt = (x: number, y: number) => {
		const key = `${x} ${y}`;
		let node = nodes.get(key);
		if (node === undefined) nodes.set(key, (node = places.push([x, y]) - 1));
		return node;
	};
	const edges: Edge[] = [];
	/** Length of edge k, whichever way it is driven. */
	const once: number[] = [];
	for (const { points, kmPerHour, oneWay } of lines) {
		let from = nodeAt(points[0]!, points[1]!);
		let metres = 0;
		for (let i = 2; i < points.length; i += 2) {
			const [x, y] = [points[i]!, points[i + 1]!];
			metres += metresBetween([degrees(points[i - 2]!), degrees(points[i - 1]!)], [degrees(x), degrees(y)]);
			const last = i === points.length - 2;
			if (!last && metres < SPLIT_M && !junction.has(`${x} ${y}`)) continue;
			const to = nodeAt(x, y);
			if (to !== from) {
				const whole = { seconds: Math.round((metres * 3.6) / kmPerHour), metres: Math.round(metres) };
				if (oneWay >= 0) edges.push({ from, to, ...whole });
				if (oneWay <= 0) edges.push({ from: to, to: from, ...whole });
				once.push(...(oneWay === 0 ? [whole.metres, 0] : [whole.metres]));
			}
			from = to;
			metres = 0;
		}
	}
	const { kept, place } = largestPart(places.length, edges);
	const inside = edges.flatMap((edge, k) => (place[edge.from]! >= 0 ? [k] : []));
	const graph = roadGraph(
		kept.length,
		inside.map((k) => ({ ...edges[k]!, from: place[edges[k]!.from]!, to: place[edges[k]!.to]! }))
	);
	return {
		map: {
			...graph,
			lon: Int32Array.from(kept, (node) => places[node]![0]),
			lat: Int32Array.from(kept, (node) => places[node]![1])
		},
		metres: inside.reduce((sum, k) => sum + once[k]!, 0),
		leftOut: places.length - kept.length
	};
}

/** Vertices at which a line ends or several pass. */
function junctionsOf(lines: readonly RoadLine[]): Set<string> {
	const seen = new Set<string>();
	const junction = new Set<string>();
	for (const { points } of lines) {
		for (let i = 0; i < points.length; i += 2) {
			const key = `${points[i]!} ${points[i + 1]!}`;
			if (i === 0 || i === points.length - 2 || seen.has(key)) junction.add(key);
			seen.add(key);
		}
	}
	return junction;
}

/** Nodes of the largest part, ways taken as open both ways, and the new number of each node, −1 outside. */
function largestPart(nodes: number, edges: readonly Edge[]): { kept: number[]; place: Int32Array } {
	const parent = Int32Array.from({ length: nodes }, (_, i) => i);
	const rootOf = (node: number) => {
		while (parent[node] !== node) node = parent[node] = parent[parent[node]!]!;
		return node;
	};
	for (const { from, to } of edges) {
		const [a, b] = [rootOf(from), rootOf(to)];
		parent[Math.max(a, b)] = Math.min(a, b);
	}
	const size = new Int32Array(nodes);
	let largest = 0;
	for (let i = 0; i < nodes; i++) size[rootOf(i)]!++;
	for (let i = 0; i < nodes; i++) if (size[i]! > size[largest]!) largest = i;
	const place = new Int32Array(nodes).fill(-1);
	const kept: number[] = [];
	for (let i = 0; i < nodes; i++) if (rootOf(i) === largest) place[i] = kept.push(i) - 1;
	return { kept, place };
}

const columns = ['lon', 'lat', 'first', 'to', 'seconds', 'metres'] as const;
const sizeOf = (column: (typeof columns)[number], nodes: number, edges: number) =>
	column === 'first' ? nodes + 1 : column === 'lon' || column === 'lat' ? nodes : edges;

/** Nodes and edges, then the columns, all 32-bit numbers, little end first. */
export function encodeRoads(map: RoadMap): Uint8Array {
	const [nodes, edges] = [map.lon.length, map.to.length];
	const values = [nodes, edges, ...columns.flatMap((column) => [...map[column]])];
	const bytes = new Uint8Array(values.length * 4);
	const view = new DataView(bytes.buffer);
	values.forEach((value, i) => view.setInt32(i * 4, value, true));
	return bytes;
}

export function decodeRoads(bytes: Uint8Array): RoadMap {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const [nodes, edges] = [view.getInt32(0, true), view.getInt32(4, true)];
	let at = 8;
	const read = (column: (typeof columns)[number]) => {
		const values = Int32Array.from({ length: sizeOf(column, nodes, edges) }, (_, i) =>
			view.getInt32(at + i * 4, true)
		);
		at += values.length * 4;
		return values;
	};
	return Object.fromEntries(columns.map((column) => [column, read(column)])) as unknown as RoadMap;
}
