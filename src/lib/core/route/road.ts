// Travel over a road graph: compressed sparse rows of directed edges, and Dijkstra from one place to all (E. W. Dijkstra,
// "A note on two problems in connexion with graphs", 1959) with a binary heap. Times in seconds, whole; what no road
// reaches is UNREACHABLE. Ties go to the lower node, so that the same graph gives the same matrix.

import { UNREACHABLE, type Travel } from './problem';

/** Edges of node i: first[i] … first[i + 1] − 1. */
export interface RoadGraph {
	first: Int32Array;
	to: Int32Array;
	seconds: Int32Array;
	metres: Int32Array;
}

export interface Edge {
	from: number;
	to: number;
	seconds: number;
	metres: number;
}

/** A graph of `nodes` nodes from its directed edges, in their order. */
export function roadGraph(nodes: number, edges: readonly Edge[]): RoadGraph {
	const first = new Int32Array(nodes + 1);
	for (const { from } of edges) first[from + 1]!++;
	for (let i = 0; i < nodes; i++) first[i + 1]! += first[i]!;
	const next = first.slice();
	const graph = {
		first,
		to: new Int32Array(edges.length),
		seconds: new Int32Array(edges.length),
		metres: new Int32Array(edges.length)
	};
	for (const edge of edges) {
		const at = next[edge.from]!++;
		graph.to[at] = edge.to;
		graph.seconds[at] = edge.seconds;
		graph.metres[at] = edge.metres;
	}
	return graph;
}

/** Seconds by the quickest way between all `places` (nodes of the graph), and the metres of that way. */
export function overRoads(graph: RoadGraph, places: readonly number[]): Travel & { metres: Int32Array } {
	const size = places.length;
	const seconds = new Int32Array(size * size);
	const metres = new Int32Array(size * size);
	const search = quickest(graph);
	const wanted = new Set(places);
	places.forEach((from, i) => {
		const reached = search(from, wanted);
		places.forEach((to, j) => {
			seconds[i * size + j] = reached.seconds[to]!;
			metres[i * size + j] = reached.metres[to]!;
		});
	});
	return { size, seconds, cost: seconds, metres };
}

/** One-to-many search over a graph; the arrays it returns are overwritten by the next call. */
function quickest(graph: RoadGraph) {
	const nodes = graph.first.length - 1;
	const seconds = new Int32Array(nodes);
	const metres = new Int32Array(nodes);
	const settled = new Uint8Array(nodes);
	const heap = new Int32Array(nodes);
	/** Place of a node in the heap, −1 outside. */
	const at = new Int32Array(nodes);
	let size = 0;

	const before = (p: number, q: number) => seconds[p]! < seconds[q]! || (seconds[p] === seconds[q] && p < q);
	function put(node: number, k: number): void {
		heap[k] = node;
		at[node] = k;
	}
	function rise(node: number): void {
		let k = at[node]! === -1 ? size++ : at[node]!;
		for (; k > 0 && before(node, heap[(k - 1) >> 1]!); k = (k - 1) >> 1) put(heap[(k - 1) >> 1]!, k);
		put(node, k);
	}
	function pop(): number {
		const least = heap[0]!;
		const node = heap[--size]!;
		let k = 0;
		for (;;) {
			let child = 2 * k + 1;
			if (child >= size) break;
			if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
			if (!before(heap[child]!, node)) break;
			put(heap[child]!, k);
			k = child;
		}
		if (size > 0) put(node, k);
		return least;
	}

	return (from: number, wanted: ReadonlySet<number>) => {
		seconds.fill(UNREACHABLE);
		metres.fill(UNREACHABLE);
		settled.fill(0);
		at.fill(-1);
		size = 0;
		let open = wanted.size;
		seconds[from] = metres[from] = 0;
		rise(from);
		while (size > 0 && open > 0) {
			const node = pop();
			settled[node] = 1;
			if (wanted.has(node)) open--;
			for (let e = graph.first[node]!; e < graph.first[node + 1]!; e++) {
				const next = graph.to[e]!;
				const through = seconds[node]! + graph.seconds[e]!;
				if (settled[next] || through >= seconds[next]!) continue;
				seconds[next] = through;
				metres[next] = metres[node]! + graph.metres[e]!;
				rise(next);
			}
		}
		return { seconds, metres };
	};
}
