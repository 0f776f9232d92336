// Earliest and latest times of a route, so that whether one more stop fits is known in constant time. With breaks a
// stop has one pair for each number b of breaks taken before it; a break is taken between two stops or on the way.
// Invariant: a route obeys its times exactly when, at some b, the earliest arrival at its end is no later than `late`;
// and arriving at a stop by late[b] with b breaks taken is exactly what the rest of the route needs.

import { NEVER, type Arena, type Kind } from './arena';
import type { Break, Window } from './problem';
import type { State } from './state';

/** Computes `ready`, `late`, `gap` and travel of vehicle v. False: it cannot be driven in time. */
export function schedule(arena: Arena, state: State, v: number, kind: Kind): boolean {
	if (arena.timeless) {
		state.gap[v] = NEVER;
		if (state.size[v] === 0) state.late.fill(NEVER, v * arena.width, (v + 1) * arena.width);
		return true;
	}
	return arena.plain ? scheduleOne(arena, state, v, kind) : scheduleBreaks(arena, state, v, kind);
}

function scheduleOne(arena: Arena, state: State, v: number, kind: Kind): boolean {
	const { open, close, service } = arena;
	const { node, span, ready, late } = state;
	const row = v * arena.width;
	const end = row + state.size[v]! + 1;
	let free = kind.open;
	ready[row] = free;
	for (let i = row + 1; i < end; i++) {
		const job = node[i]!;
		free += span[i]!;
		if (free > close[job]!) return false;
		if (free < open[job]!) free = open[job]!;
		free += service[job]!;
		ready[i] = free;
	}
	if (end > row + 1 && free + span[end]! > kind.close) return false;
	let by = kind.close;
	let gap = 0;
	late[end] = by;
	for (let i = end; i > row;) {
		const wait = by - span[i]! - ready[i - 1]!;
		if (wait > gap) gap = wait;
		by -= span[i]!;
		if (--i === row) break;
		const job = node[i]!;
		by -= service[job]!;
		if (by > close[job]!) by = close[job]!;
		late[i] = by;
	}
	state.gap[v] = end === row + 1 ? NEVER : gap;
	return true;
}

function scheduleBreaks(arena: Arena, state: State, v: number, kind: Kind): boolean {
	const { layers } = arena;
	const { node, span, ready, late } = state;
	const row = v * arena.width;
	const size = state.size[v]!;
	const end = row + size + 1;
	const breaks = kind.breaks.length;
	const arrivals = new Int32Array(layers);
	const latest = new Int32Array(layers);
	let travelS = 0;
	for (let b = 0; b < layers; b++) ready[row * layers + b] = b === 0 ? kind.open : NEVER;
	for (let i = row + 1; i <= end; i++) {
		if (size > 0) travelS += span[i]!;
		arrive(ready, (i - 1) * layers, size > 0 ? span[i]! : 0, kind.breaks, arrivals);
		for (let b = 0; b < layers; b++)
			ready[i * layers + b] = i === end ? arrivals[b]! : depart(arena, node[i - 1]!, node[i]!, arrivals[b]!);
	}
	state.travelS[v] = travelS;
	for (let b = 0; b < layers; b++) late[end * layers + b] = b === breaks ? kind.close : -1;
	let gap = 0;
	for (let i = end; i > row; i--) {
		leaveBy(late, i * layers, span[i]!, kind.breaks, latest);
		for (let b = 0; b <= breaks; b++) {
			// Breaks not yet taken make room for no stop, so what waits for them counts as room here.
			const wait = latest[b]! - ready[(i - 1) * layers + b]!;
			if (wait > gap) gap = wait;
			if (i - 1 > row) late[(i - 1) * layers + b] = startBy(arena, node[i - 2]!, node[i - 1]!, latest[b]!);
		}
	}
	state.gap[v] = size === 0 ? NEVER : gap;
	if (size === 0) return true;
	return travelS <= kind.maxTravelS && ready[end * layers + breaks]! <= kind.close;
}

/** The first moment of `windows` at or after `time`, or NEVER. */
export function opening(windows: readonly Window[], time: number): number {
	for (let i = 0; i < windows.length; i++) {
		const window = windows[i]!;
		if (time <= window[1]) return time > window[0] ? time : window[0];
	}
	return NEVER;
}

/** Service and, coming from another place, set-up of `job`. */
export const work = (arena: Arena, before: number, job: number): number =>
	arena.service[job]! + (arena.place[before] === arena.place[job] ? 0 : arena.setup[job]!);

/** Earliest departure from `job`, coming from `before`, after arriving at `arrival`; NEVER when it cannot be begun. */
export function depart(arena: Arena, before: number, job: number, arrival: number): number {
	const begin = opening(arena.windows[job]!, arrival);
	return begin >= NEVER ? NEVER : begin + work(arena, before, job);
}

/**
 * Earliest arrivals after `spanS` of travel, by breaks taken, from the departures at ready[from …]. A break may begin
 * on the way: free is the first moment for the next one, there the arrival if no other follows.
 */
export function arrive(
	ready: Int32Array,
	from: number,
	spanS: number,
	breaks: readonly Break[],
	into: Int32Array
) {
	into.fill(NEVER);
	for (let b = 0; b <= breaks.length; b++) {
		let free = ready[from + b]!;
		if (free >= NEVER) continue;
		let there = free + spanS;
		if (there < into[b]!) into[b] = there;
		for (let next = b; next < breaks.length; next++) {
			const { windows, serviceS } = breaks[next]!;
			const begin = opening(windows, free);
			if (begin >= NEVER) break;
			there = Math.max(there, begin) + serviceS;
			free = begin + serviceS;
			if (there < into[next + 1]!) into[next + 1] = there;
		}
	}
}

/** Latest departures before `spanS` of travel, by breaks taken; −1: too late whenever one leaves. */
export function leaveBy(
	late: Int32Array,
	to: number,
	spanS: number,
	breaks: readonly Break[],
	into: Int32Array
) {
	into.fill(-1);
	for (let b = breaks.length; b >= 0; b--) {
		let there = late[to + b]!;
		if (there < 0) continue;
		let free = NEVER;
		if (there - spanS > into[b]!) into[b] = there - spanS;
		for (let last = b - 1; last >= 0; last--) {
			const { windows, serviceS } = breaks[last]!;
			const by = Math.min(there, free) - serviceS;
			const window = windows.findLast(([from]) => from <= by);
			if (!window) break;
			there -= serviceS;
			free = Math.min(window[1], by);
			const leave = Math.min(free, there - spanS);
			if (leave > into[last]!) into[last] = leave;
		}
	}
}

/** Latest start of `job`, coming from `before`, that still leaves at `leave`; −1 when there is none. */
export function startBy(arena: Arena, before: number, job: number, leave: number): number {
	const by = leave - work(arena, before, job);
	const window = arena.windows[job]!.findLast(([from]) => from <= by);
	return by < 0 || !window ? -1 : Math.min(window[1], by);
}
