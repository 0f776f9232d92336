// The state a search begins from: the routes given, or none. Every rule is checked here once, since from then on only
// changes that obey the rules are made.

import type { Arena } from './arena';
import type { Routes } from './problem';
import type { SolveFailure } from './solve';
import { emptyState, insert, refresh, type State } from './state';

export function begin(
	arena: Arena,
	routes: Routes
): { ok: true; state: State } | ({ ok: false } & SolveFailure) {
	const state = emptyState(arena);
	const { dims, jobs, allows, type } = arena;
	for (const [v, stops] of routes.entries()) {
		const twice = stops.find((job, k) => state.home[job]! >= 0 || stops.indexOf(job) !== k);
		if (twice !== undefined) return { ok: false, reason: 'job_twice', job: twice };
		const barred = stops.some(
			(job) => !allows[type[v]! * jobs + job] || (arena.pinned[job]! >= 0 && arena.pinned[job] !== v)
		);
		if (barred || stops.length > arena.width - 2)
			return { ok: false, reason: 'start_breaks_rule', vehicle: v };
		stops.forEach((job, k) => insert(arena, state, v, k + 1, job));
		const timely = refresh(arena, state, v);
		const loaded = state.room.subarray(v * dims, (v + 1) * dims).every((room) => room >= 0);
		if (!timely || !loaded) return { ok: false, reason: 'start_breaks_rule', vehicle: v };
	}
	return { ok: true, state };
}
