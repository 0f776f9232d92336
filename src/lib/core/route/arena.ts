// A problem laid out in flat arrays, as the inner loops want it. Nodes are the jobs 0 … n−1, then the places where
// routes start and end; a route without a start begins at a node from which everything costs nothing.
// Each matrix is kept twice, by origin (`out`) and by destination (`into`), so that one insertion reads two rows of
// the job it places; where the matrix is symmetric both are one array. Times count from the earliest window.

import type { Break, Locks, Problem, Vehicle, Window } from './problem';
import { UNREACHABLE } from './problem';

/** Beyond every time; twice this is still a 32-bit number. */
export const NEVER = 1 << 30;
/** Eight years: times may be counted from 1970. */
const LONG_BEFORE = 1 << 28;
const PLACELESS = -1;

export interface Arena {
	jobs: number;
	nodes: number;
	vehicles: number;
	/** Cost of a leg: out[i·nodes + j] from i to j, into[j·nodes + i] the same leg. */
	out: Int32Array;
	into: Int32Array;
	timeOut: Int32Array;
	timeInto: Int32Array;
	service: Int32Array;
	/** Zero where set-up never depends on the stop before: then it is part of `service`. */
	setup: Int32Array;
	place: Int32Array;
	open: Int32Array;
	close: Int32Array;
	windows: Window[][];
	/** Dimensions of load; the number of tasks is one of them where it is bounded. */
	dims: number;
	delivery: Int32Array;
	pickup: Int32Array;
	/** Vehicles that are alike share a type. */
	type: Int32Array;
	kinds: Kind[];
	/** allows[type·jobs + job] = 1: skills suffice. */
	allows: Uint8Array;
	/** Vehicle a job is locked to, or −1. */
	pinned: Int32Array;
	/** 1: the job is never taken out again. */
	held: Uint8Array;
	/** 1: nothing is put in. */
	closed: Uint8Array;
	/** Cost of leaving a job over: dearer than anything routes can save, and a point of priority dearer still. */
	penalty: Float64Array;
	/** No windows and plain: schedules need not be kept. */
	timeless: boolean;
	/** One window a job, no breaks, loads that only grow, no bound on travel, set-up within service. */
	plain: boolean;
	mixedLoad: boolean;
	/** States of a stop: breaks taken so far, 0 … layers − 1. */
	layers: number;
	/** Places of a route, both ends included. */
	width: number;
	/** Subtracted from every time. */
	origin: number;
	/** Costs are multiplied by this, so that they are whole: 1, or 3600 where hours cost differently. */
	unit: number;
}

export interface Kind {
	start: number;
	end: number;
	open: number;
	close: number;
	breaks: Break[];
	capacity: Int32Array;
	maxTravelS: number;
	/** In units of cost. */
	fixed: number;
	rate: number;
	vehicles: number[];
}

export function layOut(problem: Problem, locks: Locks = {}): Arena {
	const { jobs, vehicles, travel } = problem;
	const n = jobs.length;
	const origin = earliest(problem);
	const unit = vehicles.every(({ perHour }) => perHour === 3600) ? 1 : 3600;
	const shift = ([from, to]: Window): Window => [from - origin, Math.min(to - origin, NEVER)];

	const terminals = new Map<number, number>();
	const terminal = (place: number | null) => {
		const key = place ?? PLACELESS;
		if (!terminals.has(key)) terminals.set(key, n + terminals.size);
		return terminals.get(key)!;
	};
	const counted = vehicles.some(({ maxTasks }) => Number.isFinite(maxTasks));
	const loads = Math.max(0, ...vehicles.map(({ capacity }) => capacity.length));
	const dims = loads + (counted ? 1 : 0);
	const kinds: Kind[] = [];
	const names = new Map<string, number>();
	const type = Int32Array.from(vehicles, (vehicle, v) => {
		const name = likeness(vehicle);
		if (!names.has(name)) {
			names.set(name, kinds.length);
			const [open, close] = vehicle.window ? shift(vehicle.window) : [0, NEVER];
			const room = Array.from({ length: loads }, (_, d) => vehicle.capacity[d] ?? NEVER);
			if (counted) room.push(Math.min(vehicle.maxTasks, NEVER));
			kinds.push({
				start: terminal(vehicle.start),
				end: terminal(vehicle.end),
				open,
				close,
				breaks: vehicle.breaks.map((rest) => ({ ...rest, windows: rest.windows.map(shift) })),
				capacity: Int32Array.from(room),
				maxTravelS: Math.min(vehicle.maxTravelS, NEVER),
				fixed: vehicle.fixed * unit,
				rate: unit === 1 ? 1 : vehicle.perHour,
				vehicles: []
			});
		}
		const t = names.get(name)!;
		kinds[t]!.vehicles.push(v);
		return t;
	});

	const amounts = (which: 'delivery' | 'pickup', each: number) =>
		Int32Array.from({ length: n * dims }, (_, i) => {
			const d = i % dims;
			return d === loads ? each : (jobs[(i - d) / dims]![which][d] ?? 0);
		});
	const delivery = amounts('delivery', 1);
	const pickup = amounts('pickup', 0);
	const mixedLoad = pickup.some((amount) => amount > 0) && delivery.some((amount) => amount > 0);

	const places = [...jobs.map(({ place }) => place), ...terminals.keys()];
	const nodes = places.length;
	const [out, into] = matrices(travel.cost, travel.size, places);
	const [timeOut, timeInto] =
		travel.cost === travel.seconds ? [out, into] : matrices(travel.seconds, travel.size, places);

	const repeats = new Set(places).size < nodes;
	const setups = jobs.map(({ setupS }) => setupS);
	const shared = repeats && setups.some((setup) => setup > 0);
	const windows = jobs.map((job) =>
		job.windows.length > 0 ? job.windows.map(shift) : [[0, NEVER] as Window]
	);
	const node = (value: (job: number) => number) =>
		Int32Array.from({ length: nodes }, (_, i) => (i < n ? value(i) : 0));
	const layers = 1 + Math.max(0, ...kinds.map(({ breaks }) => breaks.length));
	const timeless =
		kinds.every(({ close, breaks }) => close === NEVER && breaks.length === 0) &&
		windows.every((list) => list.length === 1 && list[0]![0] <= 0 && list[0]![1] === NEVER);
	const plain =
		layers === 1 &&
		!shared &&
		!mixedLoad &&
		windows.every(({ length }) => length === 1) &&
		kinds.every(({ maxTravelS }) => maxTravelS === NEVER);
	const service = node((j) => jobs[j]!.serviceS + (shared ? 0 : setups[j]!));

	const closed = Uint8Array.from(vehicles, (_, v) => (locks.day?.has(v) ? 1 : 0));
	return {
		jobs: n,
		nodes,
		vehicles: vehicles.length,
		out,
		into,
		timeOut,
		timeInto,
		service,
		setup: node((j) => (shared ? setups[j]! : 0)),
		place: Int32Array.from(places),
		open: node((j) => windows[j]![0]![0]),
		close: node((j) => windows[j]!.at(-1)![1]),
		windows,
		dims,
		delivery,
		pickup,
		type,
		kinds,
		allows: skilled(problem, kinds),
		pinned: Int32Array.from(jobs, (_, j) => locks.vehicle?.get(j) ?? -1),
		held: Uint8Array.from(jobs, (_, j) => (locks.order?.has(j) ? 1 : 0)),
		closed,
		penalty: penalties(problem, out, kinds),
		timeless: timeless && plain,
		plain,
		mixedLoad,
		layers,
		width: longest(n, dims, kinds, [delivery, pickup], service, timeless) + 2,
		origin,
		unit
	};
}

/** The first moment that can matter: of the vehicles' days, or, where a day has no bounds, long before any window. */
function earliest({ jobs, vehicles }: Problem): number {
	const first = (windows: readonly Window[]) =>
		windows.reduce((least, [from]) => Math.min(least, from), Infinity);
	const days = vehicles.flatMap(({ window }) => (window ? [window] : []));
	if (days.length === vehicles.length) return vehicles.length > 0 ? first(days) : 0;
	const others = [...jobs, ...vehicles.flatMap(({ breaks }) => breaks)].flatMap(({ windows }) => windows);
	const least = Math.min(first(days), first(others));
	return least === Infinity ? 0 : Math.max(0, least - LONG_BEFORE);
}

/** Everything that makes two vehicles differ, but their names. */
function likeness(vehicle: Vehicle): string {
	const { start, end, window, breaks, capacity, skills, maxTasks, maxTravelS, fixed, perHour } = vehicle;
	const rests = breaks.map((rest) => [rest.serviceS, rest.windows]);
	const able = [...skills].sort((p, q) => p - q);
	return JSON.stringify([start, end, window, rests, capacity, able, maxTasks, maxTravelS, fixed, perHour]);
}

function matrices(
	matrix: Int32Array,
	size: number,
	places: readonly number[]
): [out: Int32Array, into: Int32Array] {
	const n = places.length;
	const out = new Int32Array(n * n);
	const into = new Int32Array(n * n);
	let symmetric = true;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) {
			if (places[i] === PLACELESS || places[j] === PLACELESS || i === j) continue;
			const there = Math.min(matrix[places[i]! * size + places[j]!]!, UNREACHABLE);
			const back = Math.min(matrix[places[j]! * size + places[i]!]!, UNREACHABLE);
			out[i * n + j] = there;
			into[i * n + j] = back;
			if (there !== back) symmetric = false;
		}
	}
	return [out, symmetric ? out : into];
}

function skilled({ jobs, vehicles }: Problem, kinds: readonly Kind[]): Uint8Array {
	const allows = new Uint8Array(kinds.length * jobs.length);
	kinds.forEach((kind, t) => {
		const skills = new Set(vehicles[kind.vehicles[0]!]!.skills);
		jobs.forEach((job, j) => (allows[t * jobs.length + j] = job.skills.every((s) => skills.has(s)) ? 1 : 0));
	});
	return allows;
}

function penalties({ jobs, vehicles }: Problem, out: Int32Array, kinds: readonly Kind[]): Float64Array {
	const rate = Math.max(1, ...kinds.map((kind) => kind.rate));
	const leg = out.reduce((most, cost) => (cost < UNREACHABLE && cost > most ? cost : most), 1);
	const opening = Math.max(0, ...kinds.map(({ fixed }) => fixed));
	const job = (jobs.length + Math.min(vehicles.length, jobs.length)) * leg * rate + opening * vehicles.length;
	return Float64Array.from(jobs, ({ priority }) => job * (1 + priority * (jobs.length + 1)));
}

/** Most stops any route can have: by its smallest loads, or by the shortest services in its day. */
function longest(
	n: number,
	dims: number,
	kinds: readonly Kind[],
	loads: readonly Int32Array[],
	service: Int32Array,
	timeless: boolean
): number {
	const fitting = (amounts: Int32Array, room: number) => {
		let count = 0;
		for (const amount of amounts.sort()) {
			if (amount > room) break;
			room -= amount;
			count++;
		}
		return count;
	};
	const byKind = kinds.map(({ capacity, open, close }) => {
		let most = n;
		for (let d = 0; d < dims; d++)
			for (const load of loads)
				most = Math.min(
					most,
					fitting(
						load.filter((_, i) => i % dims === d),
						capacity[d]!
					)
				);
		// The last service may end after the window of its own start, never after the day.
		return timeless ? most : Math.min(most, fitting(service.slice(0, n), close - open));
	});
	return Math.max(0, ...byKind);
}
