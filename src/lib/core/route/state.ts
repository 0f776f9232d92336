// The routes while they are being changed. Position k of vehicle v is at v·width + k: 0 its start, 1 … size its stops,
// size + 1 its end; `leg` and `span` are cost and time of the way there. The second half of each array keeps the routes
// as they were before the current change, so that a change not accepted costs a copy of the routes it touched.
// Invariant between changes: every route obeys every rule, and each job is at `home[job]`, position `at[job]`, or absent.

import type { Arena } from './arena';
import { schedule } from './schedule';

export interface State {
	node: Int32Array;
	leg: Int32Array;
	span: Int32Array;
	/** Earliest departure, latest start of service: one for each number of breaks taken before it. */
	ready: Int32Array;
	late: Int32Array;
	size: Int32Array;
	/** Load that can still be taken, by dimension. */
	room: Int32Array;
	/** Greatest load up to a position and from it on; kept only where loads both shrink and grow. */
	peak: Int32Array;
	/** Longest time by which anything in the route can be delayed. */
	gap: Int32Array;
	travelS: Float64Array;
	price: Float64Array;
	home: Int32Array;
	at: Int32Array;
	/** Vehicles with stops, in no order: used[0 … usedCount − 1]; usedAt is the place in it, or −1. */
	used: Int32Array;
	usedAt: Int32Array;
	usedCount: number;
	/** The first vehicle of each type without stops, or −1. */
	spare: Int32Array;
	/** Routes touched by the current change. */
	touched: Int32Array;
	isTouched: Uint8Array;
	touchedCount: number;
	/** Number of the current search for a spot, and the last one that tried each vehicle. */
	visit: number;
	visited: Int32Array;
	/** Of all routes, without what absent jobs cost. */
	cost: number;
}

export function emptyState(arena: Arena): State {
	const { vehicles, width, layers, dims, jobs, mixedLoad } = arena;
	const cells = 2 * vehicles * width;
	const state: State = {
		node: new Int32Array(cells),
		leg: new Int32Array(cells),
		span: new Int32Array(cells),
		ready: new Int32Array(cells * layers),
		late: new Int32Array(cells * layers),
		size: new Int32Array(2 * vehicles),
		room: new Int32Array(2 * vehicles * dims),
		peak: new Int32Array(mixedLoad ? vehicles * width * dims * 2 : 0),
		gap: new Int32Array(2 * vehicles),
		travelS: new Float64Array(2 * vehicles),
		price: new Float64Array(2 * vehicles),
		home: new Int32Array(jobs).fill(-1),
		at: new Int32Array(jobs),
		used: new Int32Array(vehicles),
		usedAt: new Int32Array(vehicles).fill(-1),
		usedCount: 0,
		spare: Int32Array.from(arena.kinds, ({ vehicles: [first] }) => first!),
		touched: new Int32Array(vehicles),
		isTouched: new Uint8Array(vehicles),
		touchedCount: 0,
		visit: 0,
		visited: new Int32Array(vehicles),
		cost: 0
	};
	arena.kinds.forEach((kind) => {
		for (const v of kind.vehicles) {
			state.node[v * width] = kind.start;
			state.node[v * width + 1] = kind.end;
			refresh(arena, state, v);
		}
	});
	return state;
}

/** Keeps vehicle v as it is now, once a change. */
export function touch(arena: Arena, state: State, v: number): void {
	if (state.isTouched[v]) return;
	state.isTouched[v] = 1;
	state.touched[state.touchedCount++] = v;
	copy(arena, state, v, v + arena.vehicles);
}

/** The change stands. */
export function commit(state: State): void {
	for (let i = 0; i < state.touchedCount; i++) state.isTouched[state.touched[i]!] = 0;
	state.touchedCount = 0;
}

/** Every touched route as it was. Jobs that were taken out or put in must have been set to home −1 before. */
export function rollBack(arena: Arena, state: State): void {
	const { width } = arena;
	for (let i = 0; i < state.touchedCount; i++) {
		const v = state.touched[i]!;
		state.isTouched[v] = 0;
		state.cost -= state.price[v]!;
		copy(arena, state, v + arena.vehicles, v);
		state.cost += state.price[v]!;
		enlist(arena, state, v);
		for (let k = 1; k <= state.size[v]!; k++) {
			const job = state.node[v * width + k]!;
			state.home[job] = v;
			state.at[job] = k;
		}
	}
	state.touchedCount = 0;
}

function copy(arena: Arena, state: State, from: number, to: number): void {
	const { width, layers, dims } = arena;
	const length = state.size[from]! + 2;
	const { node, leg, span, ready, late, room } = state;
	for (let k = 0, p = from * width, q = to * width; k < length; k++, p++, q++) {
		node[q] = node[p]!;
		leg[q] = leg[p]!;
		span[q] = span[p]!;
	}
	if (!arena.timeless) {
		for (let k = length * layers, p = from * width * layers, q = to * width * layers; k > 0; k--, p++, q++) {
			ready[q] = ready[p]!;
			late[q] = late[p]!;
		}
	}
	for (let d = 0; d < dims; d++) room[to * dims + d] = room[from * dims + d]!;
	state.size[to] = state.size[from]!;
	state.gap[to] = state.gap[from]!;
	state.travelS[to] = state.travelS[from]!;
	state.price[to] = state.price[from]!;
	if (arena.mixedLoad && to < arena.vehicles) measureLoad(arena, state, to);
}

/** Puts `job` at position k ≥ 1 of vehicle v. The route is touched; call `refresh` when done with it. */
export function insert(arena: Arena, state: State, v: number, k: number, job: number): void {
	const { width, nodes, out, timeOut } = arena;
	const { node, leg, span } = state;
	const at = v * width + k;
	for (let i = v * width + state.size[v]! + 1; i >= at; i--) {
		node[i + 1] = node[i]!;
		leg[i + 1] = leg[i]!;
		span[i + 1] = span[i]!;
	}
	node[at] = job;
	const before = node[at - 1]! * nodes + job;
	const after = job * nodes + node[at + 1]!;
	leg[at] = out[before]!;
	span[at] = timeOut[before]!;
	leg[at + 1] = out[after]!;
	span[at + 1] = timeOut[after]!;
	state.size[v]!++;
}

/** Takes out `count` stops from position k on; their home becomes −1. */
export function cut(arena: Arena, state: State, v: number, k: number, count: number): void {
	const { width, nodes, out, timeOut } = arena;
	const { node, leg, span, home } = state;
	const at = v * width + k;
	const end = v * width + state.size[v]! + 1;
	for (let i = at; i < at + count; i++) home[node[i]!] = -1;
	for (let i = at + count; i <= end; i++) {
		node[i - count] = node[i]!;
		leg[i - count] = leg[i]!;
		span[i - count] = span[i]!;
	}
	const joint = node[at - 1]! * nodes + node[at]!;
	leg[at] = out[joint]!;
	span[at] = timeOut[joint]!;
	state.size[v]! -= count;
}

/** Recomputes what follows from a route's stops: its price, loads and times. False: it breaks a time rule. */
export function refresh(arena: Arena, state: State, v: number): boolean {
	const { width, dims, delivery, pickup } = arena;
	const { node, leg, room, home, at } = state;
	const kind = arena.kinds[arena.type[v]!]!;
	const size = state.size[v]!;
	const row = v * width;
	for (let d = 0; d < dims; d++) room[v * dims + d] = kind.capacity[d]!;
	let legs = size === 0 ? 0 : leg[row + size + 1]!;
	for (let k = 1; k <= size; k++) {
		const job = node[row + k]!;
		legs += leg[row + k]!;
		home[job] = v;
		at[job] = k;
		for (let d = 0; d < dims; d++) room[v * dims + d]! -= delivery[job * dims + d]! + pickup[job * dims + d]!;
	}
	const price = size === 0 ? 0 : kind.fixed + legs * kind.rate;
	state.cost += price - state.price[v]!;
	state.price[v] = price;
	if (size === 0) leg[row + 1] = 0;
	enlist(arena, state, v);
	if (arena.mixedLoad) measureLoad(arena, state, v);
	return schedule(arena, state, v, kind);
}

/** Brings `used` and `spare` up to date with whether v has stops. */
function enlist(arena: Arena, state: State, v: number): void {
	const { used, usedAt, spare, size } = state;
	const t = arena.type[v]!;
	if (size[v]! > 0 && usedAt[v] === -1) {
		usedAt[v] = state.usedCount;
		used[state.usedCount++] = v;
		if (spare[t] === v)
			spare[t] = arena.kinds[t]!.vehicles.find((w) => size[w] === 0 && !arena.closed[w]) ?? -1;
	} else if (size[v] === 0 && usedAt[v] !== -1) {
		const last = used[--state.usedCount]!;
		used[usedAt[v]!] = last;
		usedAt[last] = usedAt[v]!;
		usedAt[v] = -1;
		if (!arena.closed[v] && (spare[t] === -1 || v < spare[t]!)) spare[t] = v;
	}
}

/** Room left on the fullest leg, and for each position the fullest leg before it and from it on. */
function measureLoad(arena: Arena, state: State, v: number): void {
	const { width, dims, delivery, pickup } = arena;
	const { node, peak, room } = state;
	const row = v * width;
	const size = state.size[v]!;
	for (let d = 0; d < dims; d++) {
		let load = 0;
		for (let k = 1; k <= size; k++) load += delivery[node[row + k]! * dims + d]!;
		let most = 0;
		for (let k = 1; k <= size + 1; k++) {
			if (load > most) most = load;
			peak[((row + k) * dims + d) * 2] = most;
			peak[((row + k) * dims + d) * 2 + 1] = load;
			if (k > size) break;
			const job = node[row + k]! * dims + d;
			load += pickup[job]! - delivery[job]!;
		}
		for (let k = size; k >= 1; k--) {
			const here = ((row + k) * dims + d) * 2 + 1;
			peak[here] = Math.max(peak[here]!, peak[here + dims * 2]!);
		}
		room[v * dims + d] = arena.kinds[arena.type[v]!]!.capacity[d]! - most;
	}
}
