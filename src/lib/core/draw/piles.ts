// Points that lie on one another, counted and picked in O(log n) while they are taken away: a binary indexed tree
// (Fenwick 1994) over the points sorted by place, then by order. Without it a pile of m points costs m per neighbour
// asked for, m² in all. Invariant: the answers are those of a full scan over the remaining points of the pile.

export class Piles {
	/** Where each point stands in the sorted row, and where its pile starts and ends there. */
	private readonly place: Int32Array;
	private readonly start: Int32Array;
	private readonly end: Int32Array;
	private readonly sorted: Int32Array;
	/** Node k holds how many of the last (k & −k) places before k are left; k from 1. */
	private readonly left: Int32Array;

	/** Points 0 … n − 1; `order` says which of two comes first. */
	constructor(n: number, x: Float64Array, y: Float64Array, order: ArrayLike<number>) {
		this.sorted = Int32Array.from({ length: n }, (_, i) => i).sort(
			(i, j) => x[i]! - x[j]! || y[i]! - y[j]! || order[i]! - order[j]!
		);
		this.place = new Int32Array(n);
		this.start = new Int32Array(n);
		this.end = new Int32Array(n);
		for (let from = 0, to = 0; from < n; from = to) {
			const first = this.sorted[from]!;
			while (to < n && x[this.sorted[to]!] === x[first] && y[this.sorted[to]!] === y[first]) to++;
			for (let at = from; at < to; at++) {
				const i = this.sorted[at]!;
				this.place[i] = at;
				this.start[i] = from;
				this.end[i] = to;
			}
		}
		this.left = Int32Array.from({ length: n + 1 }, (_, k) => k & -k);
	}

	/** Takes point `i` away. Each point at most once. */
	remove(i: number): void {
		for (let k = this.place[i]! + 1; k < this.left.length; k += k & -k) this.left[k]!--;
	}

	/** How many remaining points lie where the remaining point `i` does, itself left out. */
	others(i: number): number {
		if (this.end[i]! - this.start[i]! === 1) return 0;
		return this.before(this.end[i]!) - this.before(this.start[i]!) - 1;
	}

	/** The `k`-th of those others by order, k from 0. */
	pick(i: number, k: number): number {
		const start = this.before(this.start[i]!);
		const own = this.before(this.place[i]!) - start;
		let wanted = start + k + (k >= own ? 1 : 0);
		let at = 0;
		for (let step = 1 << (31 - Math.clz32(this.left.length)); step > 0; step >>= 1) {
			if (at + step >= this.left.length || this.left[at + step]! > wanted) continue;
			at += step;
			wanted -= this.left[at]!;
		}
		return this.sorted[at]!;
	}

	/** How many are left of the first `count` places. */
	private before(count: number): number {
		let sum = 0;
		for (let k = count; k > 0; k -= k & -k) sum += this.left[k]!;
		return sum;
	}
}
