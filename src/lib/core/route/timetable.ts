// When each thing on a route happens. The route leaves as late as it can without ending later, so that nobody waits at
// a gate for an hour he could have spent in the office; breaks are taken where the route ends earliest.

import type { Arena, Kind } from './arena';
import { NEVER } from './arena';
import { arrive, depart, opening } from './schedule';

export interface Step {
	kind: 'start' | 'job' | 'break' | 'end';
	/** Place in `problem.jobs`, or among the vehicle's breaks. */
	which: number;
	/** Row of the matrix where it happens; −1: nowhere, or on the way. */
	place: number;
	arrivalS: number;
	waitS: number;
	setupS: number;
	serviceS: number;
	/** Travel since the start. */
	travelS: number;
	/** On board after it, by dimension of the problem. */
	load: number[];
}

/** Steps of vehicle v with these jobs, or null when they break a time rule. Times are the problem's own. */
export function timetable(arena: Arena, v: number, jobs: readonly number[]): Step[] | null {
	const kind = arena.kinds[arena.type[v]!]!;
	const nodes = [kind.start, ...jobs, kind.end];
	const taken = breaksByLeg(arena, kind, nodes);
	if (!taken) return null;
	const first = drive(arena, kind, nodes, taken, kind.open);
	if (!first) return null;
	const end = first.at(-1)!.arrivalS;
	// The end never comes earlier for leaving later: bisection for the last departure with the same end.
	let early = kind.open;
	let late = Math.max(early, end - arena.origin) + 1;
	while (late - early > 1) {
		const middle = Math.floor((early + late) / 2);
		const steps = drive(arena, kind, nodes, taken, middle);
		if (steps && steps.at(-1)!.arrivalS === end) early = middle;
		else late = middle;
	}
	return drive(arena, kind, nodes, taken, early);
}

/** How many breaks to take on the way to each node: of all ways, one by which the route ends first. */
function breaksByLeg(arena: Arena, kind: Kind, nodes: readonly number[]): number[] | null {
	const count = kind.breaks.length;
	const departures = nodes.map(() => new Int32Array(count + 1).fill(NEVER));
	departures[0]![0] = kind.open;
	const arrivals = new Int32Array(count + 1);
	const leg = (i: number) => arena.timeOut[nodes[i - 1]! * arena.nodes + nodes[i]!]!;
	const leaving = (i: number, arrival: number) =>
		arrival >= NEVER || i === nodes.length - 1 ? arrival : depart(arena, nodes[i - 1]!, nodes[i]!, arrival);
	for (let i = 1; i < nodes.length; i++) {
		arrive(departures[i - 1]!, 0, leg(i), kind.breaks, arrivals);
		for (let b = 0; b <= count; b++) departures[i]![b] = leaving(i, arrivals[b]!);
	}
	if (departures.at(-1)![count]! >= NEVER) return null;
	const taken = nodes.map(() => 0);
	for (let i = nodes.length - 1, b = count; i > 0; i--) {
		for (let from = b; from >= 0; from--) {
			const only = new Int32Array(count + 1).fill(NEVER);
			only[from] = departures[i - 1]![from]!;
			arrive(only, 0, leg(i), kind.breaks, arrivals);
			if (leaving(i, arrivals[b]!) !== departures[i]![b]) continue;
			taken[i] = b - from;
			b = from;
			break;
		}
	}
	return taken;
}

function drive(
	arena: Arena,
	kind: Kind,
	nodes: readonly number[],
	taken: readonly number[],
	leave: number
): Step[] | null {
	const { dims, origin, windows, service, setup, place } = arena;
	const jobs = nodes.slice(1, -1);
	const load = Array.from({ length: dims }, (_, d) =>
		jobs.reduce((sum, job) => sum + arena.delivery[job * dims + d]!, 0)
	);
	const steps: Step[] = [];
	let now = leave;
	let travelS = 0;
	let rests = 0;
	const add = (step: Pick<Step, 'kind' | 'which' | 'place'> & Partial<Step>, at: number) =>
		steps.push({
			waitS: 0,
			setupS: 0,
			serviceS: 0,
			travelS,
			load: [...load],
			...step,
			arrivalS: at + origin
		});
	add({ kind: 'start', which: 0, place: place[kind.start]! }, now);
	for (let i = 1; i < nodes.length; i++) {
		let left = arena.timeOut[nodes[i - 1]! * arena.nodes + nodes[i]!]!;
		for (let k = 0; k < taken[i]!; k++, rests++) {
			const rest = kind.breaks[rests]!;
			const begin = opening(rest.windows, now);
			if (begin >= NEVER) return null;
			const driven = Math.min(left, begin - now);
			left -= driven;
			travelS += driven;
			const at = now + driven;
			now = begin + rest.serviceS;
			add({ kind: 'break', which: rests, place: -1, waitS: begin - at, serviceS: rest.serviceS }, at);
		}
		now += left;
		travelS += left;
		const node = nodes[i]!;
		if (i === nodes.length - 1) break;
		const begin = opening(windows[node]!, now);
		if (begin >= NEVER) return null;
		const setupS = place[nodes[i - 1]!] === place[node] ? 0 : setup[node]!;
		for (let d = 0; d < dims; d++)
			load[d]! += arena.pickup[node * dims + d]! - arena.delivery[node * dims + d]!;
		add(
			{ kind: 'job', which: node, place: place[node]!, waitS: begin - now, setupS, serviceS: service[node]! },
			now
		);
		now = begin + setupS + service[node]!;
	}
	add({ kind: 'end', which: 0, place: place[kind.end]! }, now);
	return now <= kind.close && travelS <= kind.maxTravelS ? steps : null;
}
