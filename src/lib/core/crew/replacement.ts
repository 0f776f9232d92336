// Who takes a seat that falls free after the draw: the seat's own order (ticket.ts), read until somebody is lawful
// there in the pairing as it stands. Invariant: nobody chooses; everyone passed over is passed over for a named rule.

import type { Result } from '../model';
import { explainPair, type Fault } from './explain';
import type { CrewProblem } from './problem';
import type { Pairing } from './portfolio';
import { replacementOrder } from './ticket';

export interface Replacement {
	inspector: string;
	/** The pairing with the replacement in the seat. */
	pairing: Pairing;
	/** Those before in the seat's order, and why not they. */
	passed: { inspector: string; faults: Fault[] }[];
}

/**
 * `k` is the seat, from 1, as the drawn pairing lists the route's crew; `now` the pairing in force, replacements
 * included, which keep their seats; `out` the inspectors who have fallen out, for whatever recorded reason; `today` the
 * problem with what has come to be known since the draw. The order stays that of the draw.
 */
export function nextReplacement(
	problem: CrewProblem,
	seed: string,
	{
		route,
		k,
		now,
		out,
		today = problem
	}: { route: string; k: number; now: Pairing; out: ReadonlySet<string>; today?: CrewProblem }
): Result<Replacement, { reason: 'no_such_seat' | 'nobody_left'; passed: Replacement['passed'] }> {
	const crew = now[route];
	const passed: Replacement['passed'] = [];
	if (crew?.[k - 1] === undefined) return { ok: false, reason: 'no_such_seat', passed };
	for (const inspector of replacementOrder(problem, seed, route, k)) {
		if (crew.includes(inspector) || out.has(inspector)) continue;
		const changed = crew.map((one, at) => (at === k - 1 ? inspector : one));
		const faults = explainPair(today, route, changed, now);
		if (faults.length === 0) return { ok: true, inspector, pairing: { ...now, [route]: changed }, passed };
		passed.push({ inspector, faults });
	}
	return { ok: false, reason: 'nobody_left', passed };
}
