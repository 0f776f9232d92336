// K whole pairings side by side, and the two steps that change one: another inspector takes a seat, or two inspectors
// change places. Invariant: every pairing obeys every rule before and after a step; a step that would break one is
// undone. `count[i·R + r] / K` is the exact chance of inspector i on route r.

import type { Roster } from './roster';

/** Crews by route, each a list of inspectors by place. */
export type Crews = readonly (readonly number[])[];

export interface Pairings {
	roster: Roster;
	K: number;
	/** Most seats of any route: the stride of `crew`. */
	S: number;
	/** By pairing, route, seat. */
	crew: Int16Array;
	/** By pairing, inspector, day: the route, or −1. */
	onDay: Int16Array;
	/** By pairing and inspector. */
	work: Int32Array;
	/** By inspector and route, over all pairings. */
	count: Int32Array;
}

/** Pairing t starts as `starts[t mod length]`; each of them must obey every rule. */
export function makePairings(roster: Roster, K: number, starts: readonly Crews[]): Pairings {
	const { I, R, D, seats } = roster;
	const S = Math.max(...seats);
	const pairings: Pairings = {
		roster,
		K,
		S,
		crew: new Int16Array(K * R * S).fill(-1),
		onDay: new Int16Array(K * I * D).fill(-1),
		work: new Int32Array(K * I),
		count: new Int32Array(I * R)
	};
	for (let t = 0; t < K; t++) {
		for (const [r, crew] of starts[t % starts.length]!.entries())
			for (const [k, i] of crew.entries()) seat(pairings, t, r, k, i);
	}
	return pairings;
}

function seat({ roster, S, crew, onDay, work, count }: Pairings, t: number, r: number, k: number, i: number) {
	const { I, R, D, dayOf, load } = roster;
	crew[(t * R + r) * S + k] = i;
	onDay[(t * I + i) * D + dayOf[r]!] = r;
	work[t * I + i]! += load[r]!;
	count[i * R + r]!++;
}

function leave({ roster, S, crew, onDay, work, count }: Pairings, t: number, r: number, k: number) {
	const { I, R, D, dayOf, load } = roster;
	const i = crew[(t * R + r) * S + k]!;
	onDay[(t * I + i) * D + dayOf[r]!] = -1;
	work[t * I + i]! -= load[r]!;
	count[i * R + r]!--;
}

/** Needs covered and offices apart. */
function crewFits({ roster, S, crew }: Pairings, t: number, r: number): boolean {
	const { R, seats, cover, full, office, officeMost } = roster;
	const from = (t * R + r) * S;
	const end = from + seats[r]!;
	const most = officeMost[r]!;
	let held = 0;
	for (let at = from; at < end; at++) {
		held |= cover[crew[at]! * R + r]!;
		let same = 0;
		for (let other = from; other < end; other++) if (office[crew[other]!] === office[crew[at]!]) same++;
		if (same > most) return false;
	}
	return held === full[r];
}

/** Whether inspector i never has a partner twice in a row, the last one before this plan included. */
function restFits({ roster, S, crew, onDay }: Pairings, t: number, i: number): boolean {
	const { I, R, D, seats, last, problem } = roster;
	if (!problem.rules.restSamePair) return true;
	let before = -1;
	for (let d = 0; d < D; d++) {
		const r = onDay[(t * I + i) * D + d]!;
		if (r < 0) continue;
		for (let at = (t * R + r) * S, k = 0; k < seats[r]!; k++, at++) {
			const partner = crew[at]!;
			if (partner === i) continue;
			if (
				before < 0 ? last[i]!.has(partner) : onDay[(t * I + partner) * D + roster.dayOf[before]!] === before
			)
				return false;
		}
		before = r;
	}
	return true;
}

function allRest(pairings: Pairings, t: number, r: number): boolean {
	const { roster, S, crew } = pairings;
	for (let at = (t * roster.R + r) * S, k = 0; k < roster.seats[r]!; k++, at++)
		if (!restFits(pairings, t, crew[at]!)) return false;
	return true;
}

/** Inspector j takes seat k of route r in pairing t. False, and nothing changed, when a rule forbids it. */
export function replace(pairings: Pairings, t: number, r: number, k: number, j: number): boolean {
	const { roster, S, crew, onDay, work } = pairings;
	const { I, R, D, dayOf, load, cap, cover } = roster;
	if (cover[j * R + r]! < 0 || onDay[(t * I + j) * D + dayOf[r]!]! >= 0) return false;
	if (work[t * I + j]! + load[r]! > cap[j]!) return false;
	const i = crew[(t * R + r) * S + k]!;
	leave(pairings, t, r, k);
	seat(pairings, t, r, k, j);
	if (crewFits(pairings, t, r) && restFits(pairings, t, i) && allRest(pairings, t, r)) return true;
	leave(pairings, t, r, k);
	seat(pairings, t, r, k, i);
	return false;
}

/** The inspectors in seat k of route r and seat m of route q, q ≠ r, change places; false as above. */
export function exchange(pairings: Pairings, t: number, r: number, k: number, q: number, m: number): boolean {
	const { roster, S, crew, onDay, work } = pairings;
	const { I, R, D, dayOf, load, cap, cover } = roster;
	const i = crew[(t * R + r) * S + k]!;
	const j = crew[(t * R + q) * S + m]!;
	if (i === j || cover[j * R + r]! < 0 || cover[i * R + q]! < 0) return false;
	if (dayOf[r] !== dayOf[q]) {
		if (onDay[(t * I + i) * D + dayOf[q]!]! >= 0 || onDay[(t * I + j) * D + dayOf[r]!]! >= 0) return false;
	}
	const more = load[q]! - load[r]!;
	if (work[t * I + i]! + more > cap[i]! || work[t * I + j]! - more > cap[j]!) return false;
	const swap = (a: number, b: number) => {
		leave(pairings, t, r, k);
		leave(pairings, t, q, m);
		seat(pairings, t, r, k, a);
		seat(pairings, t, q, m, b);
	};
	swap(j, i);
	if (
		crewFits(pairings, t, r) &&
		crewFits(pairings, t, q) &&
		allRest(pairings, t, r) &&
		allRest(pairings, t, q)
	)
		return true;
	swap(i, j);
	return false;
}
