// 二(五): what is due at one party in one place is done in one visit. Targets of a party are one visit when they are on
// one parcel or lie within `joinM` of each other, directly or through others between them; the visit carries every item
// due, of every department, each once. Service is the largest set-up plus the marginal minutes of its items.
// Invariant: every target is in exactly one visit, and the result does not depend on the order of the input.

import { compareUtf8 } from '../bytes/compare';
import type { Hours } from '../registry/hours';

export interface DueTarget {
	target: string;
	party: string;
	/** Whole metres in the county's plane. */
	xM: number;
	yM: number;
	/** Parcel it stands on, if known. */
	parcel: string | null;
	items: readonly DueItem[];
	/** When the place can be visited: from the opening hours of the party and the notice given, one or more spans. */
	hours: readonly Hours[];
}

export interface DueItem {
	item: string;
	department: string;
	/** Minutes to begin with, needed once a visit, and minutes of the item itself. */
	setupMin: number;
	minutes: number;
	/** 执法 scope an inspector needs for it. */
	scope: string;
}

export interface Visit {
	party: string;
	/** In UTF-8 order; the first names the visit. */
	targets: string[];
	/** A target nearest to the middle of all of them: a place one can stand at. */
	xM: number;
	yM: number;
	items: DueItem[];
	departments: string[];
	scopes: string[];
	setupMin: number;
	marginalMin: number;
	/** Hours at which every one of its targets can be visited; null: there are none, the visit must be split. */
	hours: Hours[] | null;
}

export const JOIN_M = 300;

/** The visits of these targets, in the order of party and first target. `joinM` in metres. */
export function mergeVisits(due: readonly DueTarget[], joinM: number = JOIN_M): Visit[] {
	const sorted = [...due].sort((p, q) => compareUtf8(p.party, q.party) || compareUtf8(p.target, q.target));
	const visits: Visit[] = [];
	for (let from = 0, to = 0; from < sorted.length; from = to) {
		while (to < sorted.length && sorted[to]!.party === sorted[from]!.party) to++;
		for (const group of together(sorted.slice(from, to), joinM)) visits.push(visitOf(group));
	}
	return visits;
}

/** Groups of one party's targets: those that touch, and what touches those. In the order of their first target. */
function together(targets: readonly DueTarget[], joinM: number): DueTarget[][] {
	const group = targets.map((_, i) => i);
	const root = (i: number): number => (group[i] === i ? i : (group[i] = root(group[i]!)));
	targets.forEach((target, i) => {
		for (let j = 0; j < i; j++) {
			const other = targets[j]!;
			const near = (target.xM - other.xM) ** 2 + (target.yM - other.yM) ** 2 <= joinM * joinM;
			if (!near && (target.parcel === null || target.parcel !== other.parcel)) continue;
			const [low, high] = [root(i), root(j)].sort((p, q) => p - q) as [number, number];
			group[high] = low;
		}
	});
	const groups = new Map<number, DueTarget[]>();
	targets.forEach((target, i) => {
		if (!groups.has(root(i))) groups.set(root(i), []);
		groups.get(root(i))!.push(target);
	});
	return [...groups.values()];
}

/** One visit of these targets of one party: also what a planner joins by hand. */
export function visitOf(targets: readonly DueTarget[]): Visit {
	const items = new Map<string, DueItem>();
	for (const due of targets.flatMap((target) => target.items)) {
		const before = items.get(due.item);
		// The same item at several targets: its minutes are needed at each, its set-up once.
		items.set(due.item, before ? { ...before, minutes: before.minutes + due.minutes } : due);
	}
	const list = [...items.values()].sort((p, q) => compareUtf8(p.item, q.item));
	const distinct = (texts: readonly string[]) => [...new Set(texts)].sort(compareUtf8);
	const stand = middlemost(targets);
	return {
		party: targets[0]!.party,
		targets: targets.map(({ target }) => target).sort(compareUtf8),
		xM: stand.xM,
		yM: stand.yM,
		items: list,
		departments: distinct(list.map(({ department }) => department)),
		scopes: distinct(list.map(({ scope }) => scope)),
		setupMin: Math.max(0, ...list.map(({ setupMin }) => setupMin)),
		marginalMin: list.reduce((sum, { minutes }) => sum + minutes, 0),
		hours: common(targets.map(({ hours }) => hours))
	};
}

function middlemost(targets: readonly DueTarget[]): DueTarget {
	const count = targets.length;
	const x = targets.reduce((sum, { xM }) => sum + xM, 0) / count;
	const y = targets.reduce((sum, { yM }) => sum + yM, 0) / count;
	const off = ({ xM, yM }: DueTarget) => (xM - x) ** 2 + (yM - y) ** 2;
	return targets.reduce((best, target) => (off(target) < off(best) ? target : best), targets[0]!);
}

/** Hours that all lists allow; an empty list allows any. */
function common(lists: readonly (readonly Hours[])[]): Hours[] | null {
	const given = lists.filter((list) => list.length > 0);
	if (given.length === 0) return [];
	let shared: Hours[] = [...given[0]!];
	for (const hours of given.slice(1)) {
		shared = shared
			.flatMap((a) =>
				hours.map((b) => ({ fromMin: Math.max(a.fromMin, b.fromMin), toMin: Math.min(a.toMin, b.toMin) }))
			)
			.filter(({ fromMin, toMin }) => fromMin <= toMin);
	}
	return shared.length === 0 ? null : shared.sort((a, b) => a.fromMin - b.fromMin);
}
