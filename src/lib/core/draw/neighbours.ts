// Nearest neighbours among points that are taken away one by one: a k-d tree in heap order whose leaves hold runs of
// points (Friedman, Bentley & Finkel 1977; the flat layout after mourner/kdbush), searched from the leaf upwards.
// Invariant: the answers, ties and their order included, are those of a full scan over the remaining points.
// Coordinates are whole with an extent below 2²⁶, so squared distances are exact and so are the bounds of boxes.
// Removing keeps counts on the path to the root; when half the points are gone the lowest level is folded away.

import { Piles } from './piles';

const LEAF_SIZE = 8;

export class Neighbours {
	/** Found points, after `nearestTo` in no order, after `closest` the closest first. */
	readonly found: Int32Array;
	private readonly x: Float64Array;
	private readonly y: Float64Array;
	/** Points leaf after leaf; those of a leaf start at `first` and there are `live` of them. */
	private readonly ids: Int32Array;
	/** Their coordinates in the same order, so that a leaf is read in one sweep. */
	private readonly leafX: Float64Array;
	private readonly leafY: Float64Array;
	private readonly leafOf: Int32Array;
	private readonly first: Int32Array;
	private readonly live: Int32Array;
	/** minX, minY, maxX, maxY of each node. */
	private readonly box: Float64Array;
	private readonly distance: Float64Array;
	private leaves = 1;
	private foldAt = 0;
	private order: ArrayLike<number> = [];
	private qx = 0;
	private qy = 0;
	private skip = -1;
	private count = 0;
	private wanted = 1;
	private best = Infinity;
	/** Where more points than a leaf holds lie on one another. */
	private piles: Piles | null = null;
	/** The point whose pile the last `nearest` found, or −1. */
	private piled = -1;

	/** Room for `capacity` points; `load` may be called any number of times. */
	constructor(capacity: number) {
		let nodes = 2;
		while (nodes * (LEAF_SIZE / 2) < capacity) nodes *= 2;
		this.x = new Float64Array(capacity);
		this.y = new Float64Array(capacity);
		this.ids = new Int32Array(capacity);
		this.leafX = new Float64Array(capacity);
		this.leafY = new Float64Array(capacity);
		this.leafOf = new Int32Array(capacity);
		this.found = new Int32Array(capacity);
		this.distance = new Float64Array(capacity);
		this.first = new Int32Array(2 * nodes);
		this.live = new Int32Array(2 * nodes);
		this.box = new Float64Array(8 * nodes);
	}

	/**
	 * Points 0 … n − 1 at `x[rows[i]]`, `y[rows[i]]`. `rows` also says which of two points comes first; it is not
	 * copied and must not change while the points are in use.
	 */
	load(rows: ArrayLike<number>, n: number, x: Float64Array, y: Float64Array): void {
		for (let i = 0; i < n; i++) {
			this.x[i] = x[rows[i]!]!;
			this.y[i] = y[rows[i]!]!;
			this.ids[i] = i;
		}
		this.order = rows;
		this.leaves = 1;
		while (this.leaves * LEAF_SIZE < n) this.leaves *= 2;
		this.foldAt = n >> 1;
		this.piled = -1;
		this.piles = this.build(1, 0, n) ? new Piles(n, this.x, this.y, rows) : null;
	}

	/** Whether points that lie on one another fill more than a leaf of the node. */
	private build(node: number, start: number, end: number): boolean {
		this.live[node] = end - start;
		this.first[node] = start;
		this.bound(node);
		if (node >= this.leaves) {
			for (let at = start; at < end; at++) {
				const i = this.ids[at]!;
				this.leafOf[i] = node;
				this.leafX[at] = this.x[i]!;
				this.leafY[at] = this.y[i]!;
			}
			return false;
		}
		const b = 4 * node;
		const width = this.box[b + 2]! - this.box[b]!;
		const height = this.box[b + 3]! - this.box[b + 1]!;
		const wide = width >= height;
		const middle = (start + end) >> 1;
		select(this.ids, wide ? this.x : this.y, start, end - 1, middle);
		const left = this.build(2 * node, start, middle);
		const right = this.build(2 * node + 1, middle, end);
		return left || right || (width === 0 && height === 0);
	}

	/** The box of the points at `first` … `first + live` of a node. */
	private bound(node: number): void {
		let minX = Infinity;
		let minY = Infinity;
		let maxX = -Infinity;
		let maxY = -Infinity;
		const end = this.first[node]! + this.live[node]!;
		for (let at = this.first[node]!; at < end; at++) {
			const x = this.x[this.ids[at]!]!;
			const y = this.y[this.ids[at]!]!;
			if (x < minX) minX = x;
			if (x > maxX) maxX = x;
			if (y < minY) minY = y;
			if (y > maxY) maxY = y;
		}
		const b = 4 * node;
		this.box[b] = minX;
		this.box[b + 1] = minY;
		this.box[b + 2] = maxX;
		this.box[b + 3] = maxY;
	}

	/** Takes point `i` away. Each point at most once. */
	remove(i: number): void {
		this.piles?.remove(i);
		const leaf = this.leafOf[i]!;
		const last = this.first[leaf]! + this.live[leaf]! - 1;
		let at = last;
		while (this.ids[at] !== i) at--;
		this.ids[at] = this.ids[last]!;
		this.leafX[at] = this.leafX[last]!;
		this.leafY[at] = this.leafY[last]!;
		for (let node = leaf; node > 0; node >>= 1) this.live[node]!--;
		if (this.leaves > 1 && this.live[1]! < this.foldAt) this.fold();
	}

	/** Leaves join their sibling's; boxes shrink to what is left. */
	private fold(): void {
		this.leaves >>= 1;
		this.foldAt = this.live[1]! >> 1;
		for (let node = 2 * this.leaves - 1; node >= this.leaves; node--) {
			const left = 2 * node;
			const start = (this.first[node] = this.first[left]!);
			const from = this.first[left + 1]!;
			const to = from + this.live[left + 1]!;
			for (const column of [this.ids, this.leafX, this.leafY])
				column.copyWithin(start + this.live[left]!, from, to);
			for (let k = 0; k < this.live[node]!; k++) this.leafOf[this.ids[start + k]!] = node;
			this.bound(node);
		}
		for (let node = this.leaves - 1; node > 0; node--) {
			for (let side = 0; side < 4; side++) {
				const p = this.box[8 * node + side]!;
				const q = this.box[8 * node + 4 + side]!;
				this.box[4 * node + side] = side < 2 === p < q ? p : q;
			}
		}
	}

	/** All remaining points but the remaining `i` at the least distance from it: how many; `pick` has them. */
	nearest(i: number): number {
		const others = this.piles?.others(i) ?? 0;
		this.piled = others > 0 ? i : -1;
		if (others > 0) return others;
		this.begin(this.x[i]!, this.y[i]!, i);
		let node = this.leafOf[i]!;
		this.scanTies(node);
		for (; node > 1; node >>= 1) {
			if (this.boxDistance(node ^ 1) <= this.best) this.visit(node ^ 1, true);
		}
		return this.count;
	}

	/** All remaining points at the least distance from (x, y): how many, and themselves in `found`. */
	nearestTo(x: number, y: number): number {
		this.piled = -1;
		this.begin(x, y, -1);
		this.visit(1, true);
		return this.count;
	}

	/** The `k`-th of the `n` points just found by order, k from 0. */
	pick(k: number, n: number): number {
		if (this.piled >= 0 && this.piles) return this.piles.pick(this.piled, k);
		if (n === 1) return this.found[0]!;
		select(this.found, this.order, 0, n - 1, k);
		return this.found[k]!;
	}

	/** The `k` remaining points closest to (x, y) by distance, then order, into `found`: how many. */
	closest(x: number, y: number, k: number): number {
		this.begin(x, y, -1);
		this.wanted = k;
		this.visit(1, false);
		return this.count;
	}

	private begin(x: number, y: number, skip: number): void {
		this.qx = x;
		this.qy = y;
		this.skip = skip;
		this.count = 0;
		this.best = Infinity;
	}

	private boxDistance(node: number): number {
		if (this.live[node] === 0) return Infinity;
		const b = 4 * node;
		const { box, qx, qy } = this;
		const dx = qx < box[b]! ? box[b]! - qx : qx > box[b + 2]! ? qx - box[b + 2]! : 0;
		const dy = qy < box[b + 1]! ? box[b + 1]! - qy : qy > box[b + 3]! ? qy - box[b + 3]! : 0;
		return dx * dx + dy * dy;
	}

	private visit(node: number, ties: boolean): void {
		if (node >= this.leaves) {
			if (ties) this.scanTies(node);
			else this.scanClosest(node);
			return;
		}
		const left = this.boxDistance(2 * node);
		const right = this.boxDistance(2 * node + 1);
		const near = left <= right ? 2 * node : 2 * node + 1;
		if (Math.min(left, right) <= this.best) this.visit(near, ties);
		if (Math.max(left, right) <= this.best) this.visit(near ^ 1, ties);
	}

	private scanTies(leaf: number): void {
		const end = this.first[leaf]! + this.live[leaf]!;
		for (let at = this.first[leaf]!; at < end; at++) {
			const dx = this.leafX[at]! - this.qx;
			const dy = this.leafY[at]! - this.qy;
			const d = dx * dx + dy * dy;
			if (d > this.best) continue;
			const i = this.ids[at]!;
			if (i === this.skip) continue;
			if (d < this.best) this.count = 0;
			this.best = d;
			this.found[this.count++] = i;
		}
	}

	private scanClosest(leaf: number): void {
		const { found, distance, order } = this;
		const end = this.first[leaf]! + this.live[leaf]!;
		for (let at = this.first[leaf]!; at < end; at++) {
			const i = this.ids[at]!;
			const dx = this.leafX[at]! - this.qx;
			const dy = this.leafY[at]! - this.qy;
			const d = dx * dx + dy * dy;
			let k = this.count;
			while (k > 0 && (distance[k - 1]! > d || (distance[k - 1] === d && order[found[k - 1]!]! > order[i]!)))
				k--;
			if (k >= this.wanted) continue;
			if (this.count < this.wanted) this.count++;
			found.copyWithin(k + 1, k, this.count - 1);
			distance.copyWithin(k + 1, k, this.count - 1);
			found[k] = i;
			distance[k] = d;
			if (this.count === this.wanted) this.best = distance[this.count - 1]!;
		}
	}
}

/** Moves the k-th smallest by key to place k, smaller ones before it: Hoare's selection (1961), middle pivot. */
function select(items: Int32Array, key: ArrayLike<number>, left: number, right: number, k: number): void {
	while (left < right) {
		const pivot = key[items[(left + right) >> 1]!]!;
		let i = left;
		let j = right;
		while (i <= j) {
			while (key[items[i]!]! < pivot) i++;
			while (key[items[j]!]! > pivot) j--;
			if (i <= j) {
				const item = items[i]!;
				items[i++] = items[j]!;
				items[j--] = item;
			}
		}
		if (k <= j) right = j;
		else if (k >= i) left = i;
		else return;
	}
}
