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

const empties = new WeakMap<Arena, State>();

export function whyLeftOver(arena: Arena, job: number): Reason {
	const able = arena.kinds.map((_, t) => t).filter((t) => arena.allows[t * arena.jobs + job]);
	if (able.length === 0) return 'no_vehicle_with_skills';
	const vehicles = able.flatMap((t) => arena.kinds[t]!.vehicles);
	const open = vehicles.filter(
		(v) => !arena.closed[v] && (arena.pinned[job]! < 0 || arena.pinned[job] === v)
	);
	if (open.length === 0 || arena.pinned[job]! >= 0) return 'locked';
	const kinds = [...new Set(open.map((v) => arena.type[v]!))].map((t) => arena.kinds[t]!);
	const { nodes, out, into, dims, delivery, pickup } = arena;
	const reach = kinds.filter(
		({ start, end }) => into[job * nodes + start]! < UNREACHABLE && out[job * nodes + end]! < UNREACHABLE
	);
	if (reach.length === 0) return 'unreachable';
	const holds = reach.filter(({ capacity }) =>
		capacity.every((room, d) => Math.max(delivery[job * dims + d]!, pickup[job * dims + d]!) <= room)
	);
	if (holds.length === 0) return 'over_capacity';
	if (!empties.has(arena)) empties.set(arena, emptyState(arena));
	const spot: Spot = { vehicle: 0, at: 0, cost: Infinity };
	for (const kind of holds) {
		const v = kind.vehicles.find((vehicle) => !arena.closed[vehicle])!;
		trySpot(arena, empties.get(arena)!, job, v, null, spot);
	}
	return spot.at === 0 ? 'outside_hours' : 'no_room';
}
