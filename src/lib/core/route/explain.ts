// Why a stop is where it is: what it costs there, and what it would cost at its best spot on every other vehicle, the
// rest of the plan left as it is; or the first rule that bars it there.

import type { Arena } from './arena';
import { trySpot, type Spot } from './insertion';
import type { Routes } from './problem';
import { whyNotAlone, type Reason } from './reason';
import { begin } from './start';
import type { SolveFailure } from './solve';
import { cut, refresh, rollBack, touch } from './state';

export interface Elsewhere {
	vehicle: number;
	/** Position among the stops, from 1, and what the whole plan would cost more (less, when below 0). */
	at: number;
	more: number;
}
export interface Barred {
	vehicle: number;
	/** `no_room`: the vehicle could take it on an empty day, not beside what it has. */
	reason: Reason;
}

export interface Explanation {
	vehicle: number;
	at: number;
	/** What the plan would save without the stop. */
	saving: number;
	/** Cheapest first. */
	elsewhere: Elsewhere[];
	barred: Barred[];
}

/** Explains a job that is on one of `routes`. Costs in units of the problem. */
export function explain(
	arena: Arena,
	routes: Routes,
	job: number
):
	({ ok: true } & Explanation) | ({ ok: false } & (SolveFailure | { reason: 'job_left_over'; job: number })) {
	const begun = begin(arena, routes);
	if (!begun.ok) return begun;
	const { state } = begun;
	if (state.home[job]! < 0) return { ok: false, reason: 'job_left_over', job };
	const { unit } = arena;
	const vehicle = state.home[job]!;
	const at = state.at[job]!;
	const before = state.cost;
	touch(arena, state, vehicle);
	cut(arena, state, vehicle, at, 1);
	refresh(arena, state, vehicle);
	const saving = before - state.cost;
	const elsewhere: Elsewhere[] = [];
	const barred: Barred[] = [];
	const emptyTold = new Set<number>();
	for (let v = 0; v < arena.vehicles; v++) {
		const t = arena.type[v]!;
		// Empty vehicles of a type are all the same: one of them is told.
		if (v === vehicle || (state.size[v] === 0 && emptyTold.has(t))) continue;
		if (state.size[v] === 0) emptyTold.add(t);
		const spot: Spot = { vehicle: v, at: 0, cost: Infinity };
		if (arena.allows[t * arena.jobs + job]) trySpot(arena, state, job, v, null, spot);
		if (spot.at > 0) elsewhere.push({ vehicle: v, at: spot.at, more: (spot.cost - saving) / unit });
		else barred.push({ vehicle: v, reason: whyNotAlone(arena, job, [v]) ?? 'no_room' });
	}
	rollBack(arena, state);
	elsewhere.sort((p, q) => p.more - q.more || p.vehicle - q.vehicle);
	return { ok: true, vehicle, at, saving: saving / unit, elsewhere, barred };
}
