// Why a job is left over: the first of these that holds, from the job's own fault to the plan being full.

import type { Arena } from './arena';
import { trySpot, type Spot } from './insertion';
import { UNREACHABLE } from './problem';
import { emptyState, type State } from './state';

export type Reason =
	/** No vehicle has every skill it needs. */
	| 'no_vehicle_with_skills'
	/** No vehicle that has them can drive there and back. */
	| 'unreachable'
	/** It is more than an empty vehicle can take. */
	| 'over_capacity'
	/** Alone on its day it would break a window, a working day or a bound on travel. */
	| 'outside_hours'
	/** It would fit on an empty vehicle, but beside the other jobs there is no room on any. */
	| 'no_room'
	/** The vehicle it is locked to cannot take it, or every vehicle's day is locked. */
	| 'locked';

/** Why a job is on no route of a plan. */
export function whyLeftOver(arena: Arena, job: number): Reason {
	const vehicles = Array.from(arena.type, (_, v) => v);
	return whyNotAlone(arena, job, vehicles) ?? 'no_room';
}

/** Why a job could be on none of these vehicles even if they were empty; null when it could. */
export function whyNotAlone(arena: Arena, job: number, vehicles: readonly number[]): Reason | null {
	const { nodes, out, into, dims, delivery, pickup, type, kinds } = arena;
	const able = vehicles.filter((v) => arena.allows[type[v]! * arena.jobs + job]);
	if (able.length === 0) return 'no_vehicle_with_skills';
	const unlocked = able.filter(
		(v) => !arena.closed[v] && (arena.pinned[job]! < 0 || arena.pinned[job] === v)
	);
	if (unlocked.length === 0) return 'locked';
	// One vehicle of a type speaks for all.
	const each = unlocked.filter((v, i) => unlocked.findIndex((w) => type[w] === type[v]) === i);
	const reaching = each.filter((v) => {
		const { start, end } = kinds[type[v]!]!;
		return into[job * nodes + start]! < UNREACHABLE && out[job * nodes + end]! < UNREACHABLE;
	});
	if (reaching.length === 0) return 'unreachable';
	const holding = reaching.filter((v) =>
		kinds[type[v]!]!.capacity.every(
			(room, d) => Math.max(delivery[job * dims + d]!, pickup[job * dims + d]!) <= room
		)
	);
	if (holding.length === 0) return 'over_capacity';
	const empty = emptyOf(arena);
	const spot: Spot = { vehicle: 0, at: 0, cost: Infinity };
	for (const v of holding) trySpot(arena, empty, job, v, null, spot);
	return spot.at === 0 ? 'outside_hours' : null;
}

const empties = new WeakMap<Arena, State>();
function emptyOf(arena: Arena): State {
	if (!empties.has(arena)) empties.set(arena, emptyState(arena));
	return empties.get(arena)!;
}
