// Recreate by greedy insertion with blinks (Christiaens and Vanden Berghe 2020, §5.2): the stops taken out go back one
// by one, each to its best spot, in an order drawn among a few: at random, large, far or near first, and where there
// are times, the narrowest, the earliest or the latest window first.

import type { Arena } from './arena';
import { bestSpot, type Spot } from './insertion';
import type { Random } from './random';
import type { Near } from './ruin';
import { insert, refresh, touch, type State } from './state';

/** Each order: a key for every job, the smallest first, and how often it is drawn. */
export interface Order {
	key: Float64Array | null;
	weight: number;
}

export function orders(arena: Arena): Order[] {
	const { jobs, nodes, dims, delivery, pickup, kinds, service, open, close, out, into } = arena;
	const by = (value: (job: number) => number) => Float64Array.from({ length: jobs }, (_, j) => value(j));
	const depots = [...new Set(kinds.flatMap(({ start, end }) => [start, end]))];
	const far = by((j) => Math.min(...depots.map((d) => out[d * nodes + j]! + into[d * nodes + j]!)));
	const most = Array.from({ length: dims }, (_, d) =>
		Math.max(1, ...kinds.map(({ capacity }) => capacity[d]!))
	);
	const longest = Math.max(1, ...kinds.map((kind) => kind.close - kind.open));
	const size = by((j) =>
		most.reduce(
			(sum, room, d) => sum + (delivery[j * dims + d]! + pickup[j * dims + d]!) / room,
			arena.timeless ? 0 : service[j]! / longest
		)
	);
	const list: Order[] = [
		{ key: null, weight: 4 },
		{ key: size.map((value) => -value), weight: 4 },
		{ key: far.map((value) => -value), weight: 2 },
		{ key: far, weight: 1 }
	];
	if (new Set(open.subarray(0, jobs)).size > 1 || new Set(close.subarray(0, jobs)).size > 1)
		list.push(
			{ key: by((j) => close[j]! - open[j]!), weight: 2 },
			{ key: by((j) => open[j]!), weight: 2 },
			{ key: by((j) => -close[j]!), weight: 2 }
		);
	return list;
}

const spot: Spot = { vehicle: 0, at: 0, cost: 0 };

/**
 * Puts pool[0 … count) back where there is room; what finds none moves to the front of the pool, and the number of
 * those is returned. All routes it changes are touched.
 */
export function recreate(
	arena: Arena,
	state: State,
	near: Near,
	list: readonly Order[],
	random: Random,
	pool: Int32Array,
	count: number
): number {
	sort(list, random, pool, count);
	let left = 0;
	for (let i = 0; i < count; i++) {
		const job = pool[i]!;
		bestSpot(arena, state, near, job, random, spot);
		if (spot.at === 0) {
			pool[i] = pool[left]!;
			pool[left++] = job;
			continue;
		}
		touch(arena, state, spot.vehicle);
		insert(arena, state, spot.vehicle, spot.at, job);
		refresh(arena, state, spot.vehicle);
	}
	return left;
}

function sort(list: readonly Order[], random: Random, pool: Int32Array, count: number): void {
	for (let i = count - 1; i > 0; i--) {
		const j = random.int(i + 1);
		const other = pool[i]!;
		pool[i] = pool[j]!;
		pool[j] = other;
	}
	let drawn = random.int(list.reduce((sum, { weight }) => sum + weight, 0));
	const { key } = list.find(({ weight }) => (drawn -= weight) < 0)!;
	if (!key) return;
	for (let i = 1; i < count; i++) {
		const job = pool[i]!;
		let k = i - 1;
		for (; k >= 0 && key[pool[k]!]! > key[job]!; k--) pool[k + 1] = pool[k]!;
		pool[k + 1] = job;
	}
}
