// A solution in VROOM's JSON. Times of computing are not in it: the same problem, seed and iterations give the same bytes.

import type { Arena } from './arena';
import type { Solution } from './solve';
import { timetable, type Step } from './timetable';
import type { VroomProblem } from './vroom-problem';

export function vroomSolution(asked: VroomProblem, arena: Arena, solution: Solution) {
	const { problem, coordinates, indexed } = asked;
	const routes = solution.routes.flatMap((jobs, v) =>
		jobs.length === 0 ? [] : [oneRoute(asked, arena, v, jobs)]
	);
	const total = (of: (route: (typeof routes)[number]) => number) =>
		routes.reduce((sum, route) => sum + of(route), 0);
	const loads = (of: 'delivery' | 'pickup') =>
		routes.reduce<number[]>((sum, route) => addUp(sum, route[of]), []);
	return {
		code: 0,
		summary: {
			cost: total(({ cost }) => cost),
			routes: routes.length,
			unassigned: solution.leftOver.length,
			...(loadDims(asked) > 0 ? { delivery: loads('delivery'), pickup: loads('pickup') } : {}),
			setup: total(({ setup }) => setup),
			service: total(({ service }) => service),
			duration: total(({ duration }) => duration),
			waiting_time: total(({ waiting_time }) => waiting_time),
			priority: total(({ priority }) => priority),
			...(asked.metres ? { distance: total(({ distance }) => distance ?? 0) } : {}),
			violations: [] as never[]
		},
		unassigned: solution.leftOver.map(({ job, reason }) => ({
			...asked.jobs[job]!,
			type: 'job',
			...whereabouts(problem.jobs[job]!.place, coordinates, indexed),
			reason
		})),
		routes
	};
}

const addUp = (sum: readonly number[], amounts: readonly number[]) =>
	Array.from({ length: Math.max(sum.length, amounts.length) }, (_, d) => (sum[d] ?? 0) + (amounts[d] ?? 0));

const loadDims = ({ problem }: VroomProblem) =>
	Math.max(0, ...problem.vehicles.map(({ capacity }) => capacity.length));

function whereabouts(place: number, coordinates: VroomProblem['coordinates'], indexed: boolean) {
	return {
		...(place >= 0 && coordinates[place] ? { location: coordinates[place] } : {}),
		...(place >= 0 && indexed ? { location_index: place } : {})
	};
}

function oneRoute(asked: VroomProblem, arena: Arena, v: number, jobs: readonly number[]) {
	const { problem, vehicles, coordinates, metres, indexed } = asked;
	const steps = timetable(arena, v, jobs)!;
	const kind = arena.kinds[arena.type[v]!]!;
	const dims = loadDims(asked);
	const tasks = jobs.map((job) => problem.jobs[job]!);
	const sum = (of: (step: Step) => number) => steps.reduce((total, step) => total + of(step), 0);
	const serviceOf = ({ kind, which, serviceS }: Step) =>
		kind === 'job' ? problem.jobs[which]!.serviceS : serviceS;
	const setupOf = (step: Step) => step.setupS + step.serviceS - serviceOf(step);
	const nodes = [kind.start, ...jobs, kind.end];
	const legs = nodes.slice(1).reduce((cost, node, i) => cost + arena.out[nodes[i]! * arena.nodes + node]!, 0);
	const driven: number[] = [];
	let distance = 0;
	let last = -1;
	for (const { place } of steps) {
		if (metres && last >= 0 && place >= 0) distance += metres[last * problem.travel.size + place]!;
		if (place >= 0) last = place;
		driven.push(distance);
	}
	const amounts = (of: 'delivery' | 'pickup') =>
		tasks
			.reduce<number[]>((total, task) => addUp(total, task[of]), new Array<number>(dims).fill(0))
			.slice(0, dims);
	const { breaks, ...vehicle } = vehicles[v]!;
	return {
		vehicle: vehicle.id,
		...(vehicle.description === undefined ? {} : { description: vehicle.description }),
		cost: (kind.fixed + legs * kind.rate) / arena.unit,
		...(dims > 0
			? { delivery: amounts('delivery'), pickup: amounts('pickup') }
			: { delivery: [], pickup: [] }),
		setup: sum(setupOf),
		service: sum(serviceOf),
		duration: steps.at(-1)!.travelS,
		waiting_time: sum(({ waitS }) => waitS),
		priority: tasks.reduce((total, { priority }) => total + priority, 0),
		...(metres ? { distance } : {}),
		steps: steps
			.map((step, i) => ({ step, driven: driven[i]! }))
			.filter(({ step }) => step.kind === 'job' || step.kind === 'break' || step.place >= 0)
			.map(({ step, driven: metresSoFar }) => ({
				type: step.kind,
				...(step.kind === 'job' ? asked.jobs[step.which]! : {}),
				...(step.kind === 'break' ? { id: breaks[step.which]!.id } : {}),
				...whereabouts(step.place, coordinates, indexed),
				setup: setupOf(step),
				service: serviceOf(step),
				waiting_time: step.waitS,
				...(dims > 0 ? { load: step.load.slice(0, dims) } : {}),
				arrival: step.arrivalS,
				duration: step.travelS,
				...(metres && step.kind !== 'break' ? { distance: metresSoFar } : {}),
				violations: [] as never[]
			})),
		violations: [] as never[]
	};
}
