// The best place for one job: the dearest loop of the solver. A vehicle is passed over at once when skills, load or the
// longest delay it can bear rule the job out; a position when it is no cheaper than the best so far; and with a small
// chance a position that would have been best is passed over too (a blink), which keeps the search from being greedy.

import { NEVER, type Arena } from './arena';
import { UNREACHABLE } from './problem';
import type { Random } from './random';
import { arrive, depart } from './schedule';
import type { Near } from './ruin';
import type { State } from './state';

/** Chance of a blink, in 2⁻³²: 0.01. */
export const BLINK = 42949673;

/** With more jobs than MANY a job is tried only on the vehicles of its NEIGHBOURS, and on all when those have no room. */
const MANY = 300;
const NEIGHBOURS = 80;

export interface Spot {
	vehicle: number;
	/** Position the job would have, 1 …; 0: no vehicle has one. */
	at: number;
	/** What it adds to the cost of routes. */
	cost: number;
}

/** Finds the cheapest spot for an absent job among all vehicles open to it. `random` null: no blinks. */
export function bestSpot(
	arena: Arena,
	state: State,
	near: Near,
	job: number,
	random: Random | null,
	spot: Spot
): void {
	const { kinds, type, allows, jobs, pinned } = arena;
	const { used, spare, gap } = state;
	spot.at = 0;
	spot.cost = Infinity;
	if (pinned[job]! >= 0) {
		if (allows[type[pinned[job]!]! * jobs + job]) trySpot(arena, state, job, pinned[job]!, random, spot);
		return;
	}
	const least = arena.service[job]!;
	const { home, visited } = state;
	const far = jobs > MANY ? Math.min(near.count, NEIGHBOURS) : 0;
	const from = job * near.count;
	state.visit++;
	for (let i = 1; i < far; i++) {
		const v = home[near.jobs[from + i]!]!;
		if (v < 0 || visited[v] === state.visit) continue;
		visited[v] = state.visit;
		if (gap[v]! >= least && allows[type[v]! * jobs + job]) trySpot(arena, state, job, v, random, spot);
	}
	const rest = far === 0 || spot.at === 0 ? state.usedCount : 0;
	for (let u = 0; u < rest; u++) {
		const v = used[u]!;
		if (gap[v]! >= least && allows[type[v]! * jobs + job]) trySpot(arena, state, job, v, random, spot);
	}
	// Empty vehicles often cost the same and differ in what they can take later: which comes first is drawn.
	const turn = random === null || kinds.length === 1 ? 0 : random.int(kinds.length);
	for (let i = 0; i < kinds.length; i++) {
		const t = i + turn < kinds.length ? i + turn : i + turn - kinds.length;
		if (spare[t]! >= 0 && allows[t * jobs + job] && kinds[t]!.fixed < spot.cost)
			trySpot(arena, state, job, spare[t]!, random, spot);
	}
}

/** Improves `spot` by the positions of one vehicle. */
export function trySpot(
	arena: Arena,
	state: State,
	job: number,
	v: number,
	random: Random | null,
	spot: Spot
): void {
	const { dims, delivery, pickup, nodes, width, out, into, timeOut, timeInto, mixedLoad, plain } = arena;
	const { node, leg, ready, late, room } = state;
	if (arena.closed[v]) return;
	for (let d = 0; d < dims; d++) {
		const own = job * dims + d;
		const load = mixedLoad ? Math.min(delivery[own]!, pickup[own]!) : delivery[own]! + pickup[own]!;
		if (load > room[v * dims + d]!) return;
	}
	const kind = arena.kinds[arena.type[v]!]!;
	const { rate } = kind;
	const opening = state.size[v] === 0 ? kind.fixed : 0;
	const open = arena.open[job]!;
	const close = arena.close[job]!;
	const service = arena.service[job]!;
	const base = job * nodes;
	const row = v * width;
	const end = row + state.size[v]! + 1;
	let limit = spot.cost === Infinity ? UNREACHABLE >> 1 : (spot.cost - opening) / rate;
	let found = 0;
	let before = node[row]!;
	for (let i = row + 1; i <= end; i++) {
		const after = node[i]!;
		const added = into[base + before]! + out[base + after]! - leg[i]!;
		if (added < limit) {
			let fits;
			if (plain) {
				const arrival = ready[i - 1]! + timeInto[base + before]!;
				const begin = arrival > open ? arrival : open;
				fits = begin <= close && begin + service + timeOut[base + after]! <= late[i]!;
			} else fits = carefully(arena, state, job, v, i);
			if (fits && (random === null || random.word() > BLINK)) {
				limit = added;
				found = i - row;
			}
		}
		before = after;
	}
	if (found === 0) return;
	spot.vehicle = v;
	spot.at = found;
	spot.cost = limit * rate + opening;
}

const departures = new Int32Array(64);
const arrivals = new Int32Array(64);

/** Breaks, several windows, loads that shrink and grow, set-up, bound on travel: all rules at cell i of vehicle v. */
function carefully(arena: Arena, state: State, job: number, v: number, i: number): boolean {
	const { layers, dims, timeInto, timeOut, nodes, delivery, pickup, place, setup } = arena;
	const { node, span, ready, late, peak } = state;
	const kind = arena.kinds[arena.type[v]!]!;
	const before = node[i - 1]!;
	const after = node[i]!;
	const there = timeInto[job * nodes + before]!;
	const on = timeOut[job * nodes + after]!;
	const bypassed = state.size[v] === 0 ? 0 : span[i]!;
	if (state.travelS[v]! + there + on - bypassed > kind.maxTravelS) return false;
	if (arena.mixedLoad) {
		for (let d = 0; d < dims; d++) {
			const at = (i * dims + d) * 2;
			if (peak[at]! + delivery[job * dims + d]! > kind.capacity[d]!) return false;
			if (peak[at + 1]! + pickup[job * dims + d]! > kind.capacity[d]!) return false;
		}
	}
	arrive(ready, (i - 1) * layers, there, kind.breaks, arrivals);
	for (let b = 0; b < layers; b++)
		departures[b] = arrivals[b]! >= NEVER ? NEVER : depart(arena, before, job, arrivals[b]!);
	arrive(departures, 0, on, kind.breaks, arrivals);
	// The next stop may need its set-up only now that another place comes before it.
	const newly = place[before] === place[after] && place[job] !== place[after] ? setup[after]! : 0;
	for (let b = 0; b < layers; b++)
		if (arrivals[b]! < NEVER && arrivals[b]! + newly <= late[i * layers + b]!) return true;
	return false;
}
