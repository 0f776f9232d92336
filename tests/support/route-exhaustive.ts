// The best routes of a few stops by trying everything: every subset of stops on every vehicle in every order. It knows
// the rules only by its own words and shares no code with the solver. About 8 stops at most.

import type { CheckedProblem } from './route-checker';

type Job = CheckedProblem['jobs'][number];
type Vehicle = CheckedProblem['vehicles'][number];
export interface Best {
	/** Sum of the priorities of what is left over, how many, and the cost of the routes: compared in this order. */
	priority: number;
	leftOver: number;
	cost: number;
}

export function cheapest(problem: CheckedProblem): Best {
	const { jobs, vehicles } = problem;
	const full = (1 << jobs.length) - 1;
	const prices = vehicles.map((vehicle) => tours(problem, vehicle));
	// best[mask]: cheapest way to serve exactly the jobs of mask with the vehicles so far.
	let best = new Map<number, number>([[0, 0]]);
	for (const price of prices) {
		const next = new Map(best);
		for (const [served, cost] of best)
			for (const [mask, more] of price)
				if ((served & mask) === 0 && cost + more < (next.get(served | mask) ?? Infinity))
					next.set(served | mask, cost + more);
		best = next;
	}
	const ranked = [...best].map(([served, cost]): Best => {
		const left = jobs.filter((_, j) => ((full & ~served) >> j) & 1);
		return { priority: left.reduce((sum, job) => sum + (job.priority ?? 0), 0), leftOver: left.length, cost };
	});
	return ranked.reduce((a, b) =>
		(a.priority - b.priority || a.leftOver - b.leftOver || a.cost - b.cost) <= 0 ? a : b
	);
}

/** The cheapest order of each set of jobs one vehicle can serve. */
function tours(problem: CheckedProblem, vehicle: Vehicle): Map<number, number> {
	const found = new Map<number, number>();
	const { jobs } = problem;
	const go = (order: Job[], mask: number) => {
		if (order.length > 0) {
			const cost = price(problem, vehicle, order);
			if (cost !== null && cost < (found.get(mask) ?? Infinity)) found.set(mask, cost);
		}
		if (order.length >= (vehicle.max_tasks ?? Infinity)) return;
		jobs.forEach((job, j) => {
			if ((mask >> j) & 1 || !(job.skills ?? []).every((skill) => vehicle.skills?.includes(skill))) return;
			go([...order, job], mask | (1 << j));
		});
	};
	go([], 0);
	return found;
}

function price(problem: CheckedProblem, vehicle: Vehicle, order: readonly Job[]): number | null {
	const { durations, costs = durations } = problem.matrices.car;
	for (const [d, room] of (vehicle.capacity ?? []).entries()) {
		let load = order.reduce((sum, job) => sum + (job.delivery?.[d] ?? 0), 0);
		if (load > room) return null;
		for (const job of order)
			if ((load += (job.pickup?.[d] ?? 0) - (job.delivery?.[d] ?? 0)) > room) return null;
	}
	const places = [vehicle.start_index, ...order.map((job) => job.location_index), vehicle.end_index];
	const legs = places.slice(1).map((to, i) => {
		const from = places[i];
		return from === undefined || to === undefined ? [0, 0] : [durations[from]![to]!, costs[from]![to]!];
	});
	const travelS = legs.reduce((sum, [s]) => sum + s!, 0);
	if (travelS > (vehicle.max_travel_time ?? Infinity)) return null;
	const breaks = [...(vehicle.breaks ?? [])];
	// Breaks in order: `taken` of them done, `free` the first moment for the next, on the way with `left` seconds to drive.
	const drive = (i: number, free: number, left: number, taken: number): boolean => {
		const rest = breaks[taken];
		if (rest) {
			const windows = rest.time_windows;
			const window = windows.find(([, to]) => free <= to);
			if (window) {
				const begin = Math.max(free, window[0]);
				const driven = Math.min(left, begin - free);
				if (drive(i, begin + (rest.service ?? 0), left - driven, taken + 1)) return true;
			}
		}
		const arrival = free + left;
		const job = order[i];
		if (!job) return taken === breaks.length && arrival <= (vehicle.time_window?.[1] ?? Infinity);
		const windows = job.time_windows ?? [[0, Infinity]];
		const window = windows.find(([, to]) => arrival <= to);
		if (!window) return false;
		const setup = places[i] === job.location_index ? 0 : (job.setup ?? 0);
		const leave = Math.max(arrival, window[0]) + setup + (job.service ?? 0);
		return drive(i + 1, leave, legs[i + 1]![0]!, taken);
	};
	if (!drive(0, vehicle.time_window?.[0] ?? 0, legs[0]![0]!, 0)) return null;
	const travelCost = legs.reduce((sum, [, cost]) => sum + cost!, 0);
	return (vehicle.costs?.fixed ?? 0) + (travelCost * (vehicle.costs?.per_hour ?? 3600)) / 3600;
}
