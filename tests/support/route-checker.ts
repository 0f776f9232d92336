// An independent checker of routes: it reads VROOM's JSON, problem and solution, and shares nothing with the solver but
// the format. It returns what is wrong in words; an empty list accepts.

type Window = [number, number];
interface Place {
	location_index?: number;
}
export interface CheckedProblem {
	jobs: (Place & {
		id: number;
		service?: number;
		setup?: number;
		delivery?: number[];
		pickup?: number[];
		skills?: number[];
		priority?: number;
		time_windows?: Window[];
	})[];
	vehicles: {
		id: number;
		start_index?: number;
		end_index?: number;
		capacity?: number[];
		skills?: number[];
		time_window?: Window;
		breaks?: { id: number; service?: number; time_windows: Window[] }[];
		costs?: { fixed?: number; per_hour?: number };
		max_tasks?: number;
		max_travel_time?: number;
	}[];
	matrices: { car: { durations: number[][]; costs?: number[][] } };
}
export interface CheckedSolution {
	summary: { cost: number; unassigned: number; duration: number };
	unassigned: { id: number; reason: string }[];
	routes: {
		vehicle: number;
		cost: number;
		duration: number;
		steps: {
			type: string;
			id?: number;
			location_index?: number;
			arrival: number;
			waiting_time: number;
			service: number;
			setup: number;
			duration: number;
			load?: number[];
		}[];
	}[];
}

export function checkRoutes(problem: CheckedProblem, solution: CheckedSolution): string[] {
	const wrong: string[] = [];
	const seen = new Map<number, number>();
	const count = (id: number) => seen.set(id, (seen.get(id) ?? 0) + 1);
	let cost = 0;
	const vehicles = new Set<number>();
	for (const route of solution.routes) {
		if (vehicles.has(route.vehicle)) wrong.push(`vehicle ${route.vehicle} has two routes`);
		vehicles.add(route.vehicle);
		wrong.push(...checkRoute(problem, route).map((text) => `vehicle ${route.vehicle}: ${text}`));
		for (const step of route.steps) if (step.type === 'job') count(step.id!);
		cost += route.cost;
	}
	for (const { id, reason } of solution.unassigned) {
		count(id);
		if (!reason) wrong.push(`job ${id} is left over without a reason`);
	}
	for (const { id } of problem.jobs)
		if (seen.get(id) !== 1) wrong.push(`job ${id} appears ${seen.get(id) ?? 0} times`);
	if (seen.size > problem.jobs.length) wrong.push('a job that was not asked for');
	if (solution.summary.unassigned !== solution.unassigned.length) wrong.push('summary.unassigned');
	if (Math.abs(cost - solution.summary.cost) > 1e-6)
		wrong.push(`costs sum to ${cost}, not ${solution.summary.cost}`);
	return wrong;
}

function checkRoute(problem: CheckedProblem, route: CheckedSolution['routes'][number]): string[] {
	const wrong: string[] = [];
	const say = (test: boolean, text: string) => void (test || wrong.push(text));
	const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle);
	if (!vehicle) return ['is unknown'];
	const { durations, costs = durations } = problem.matrices.car;
	const jobs = route.steps
		.filter(({ type }) => type === 'job')
		.map((step) => problem.jobs.find(({ id }) => id === step.id)!);
	if (jobs.some((job) => !job)) return ['an unknown job'];
	say(jobs.length > 0, 'is empty');
	say(jobs.length <= (vehicle.max_tasks ?? Infinity), 'too many tasks');
	for (const job of jobs)
		say(
			(job.skills ?? []).every((skill) => vehicle.skills?.includes(skill)),
			`lacks a skill for job ${job.id}`
		);

	// Times, step by step: nothing begins before the one before has ended and the way has been driven.
	const rests = (vehicle.breaks ?? []).map(({ id }) => id);
	const taken = route.steps.filter(({ type }) => type === 'break').map(({ id }) => id!);
	say(rests.length === taken.length && rests.every((id) => taken.includes(id)), 'breaks not taken once each');
	let place: number | undefined;
	let free = -Infinity;
	let departedAt = 0;
	let travelS = 0;
	let travelCost = 0;
	const [dayFrom, dayTo] = vehicle.time_window ?? [0, Infinity];
	for (const step of route.steps) {
		const begin = step.arrival + step.waiting_time;
		say(step.waiting_time >= 0, 'negative waiting');
		if (step.type === 'start') {
			say(step.location_index === vehicle.start_index, 'starts elsewhere');
			say(step.arrival >= dayFrom, 'starts too early');
			place = vehicle.start_index;
			[free, departedAt] = [step.arrival, 0];
			continue;
		}
		const drivenS = step.duration - departedAt;
		say(drivenS >= 0, 'travel runs backwards');
		if (free > -Infinity)
			say(
				step.arrival === free + drivenS,
				`${step.type} ${step.id} is reached at ${step.arrival}, not ${free + drivenS}`
			);
		if (step.type === 'break') {
			const rest = vehicle.breaks!.find(({ id }) => id === step.id)!;
			say(
				rest.time_windows.some(([from, to]) => begin >= from && begin <= to),
				`break ${step.id} outside its windows`
			);
			say(step.service === (rest.service ?? 0), 'break cut short');
			[free, departedAt] = [begin + step.service, step.duration];
			continue;
		}
		const row =
			step.type === 'end' ? vehicle.end_index : problem.jobs.find(({ id }) => id === step.id)!.location_index;
		say(step.location_index === row, 'a place that is not its own');
		const leg = place === undefined ? 0 : durations[place]![row!]!;
		travelCost += place === undefined ? 0 : costs[place]![row!]!;
		travelS += leg;
		say(step.duration === travelS, `travel so far ${step.duration}, not ${travelS}`);
		if (step.type === 'job') {
			const job = problem.jobs.find(({ id }) => id === step.id)!;
			const windows = job.time_windows ?? [];
			say(
				windows.length === 0 || windows.some(([from, to]) => begin >= from && begin <= to),
				`job ${job.id} outside its windows`
			);
			say(step.service === (job.service ?? 0), `service of job ${job.id}`);
			say(step.setup === (place === row ? 0 : (job.setup ?? 0)), `set-up of job ${job.id}`);
			say(begin >= dayFrom, 'before the day');
		} else say(vehicle.end_index === row, 'ends elsewhere');
		place = row;
		[free, departedAt] = [begin + step.setup + step.service, step.duration];
	}
	say(free <= dayTo, `ends at ${free}, after ${dayTo}`);
	say(travelS <= (vehicle.max_travel_time ?? Infinity), 'travels too long');
	say(travelS === route.duration, 'duration');
	const price = (vehicle.costs?.fixed ?? 0) + (travelCost * (vehicle.costs?.per_hour ?? 3600)) / 3600;
	say(Math.abs(price - route.cost) < 1e-6, `costs ${price}, not ${route.cost}`);

	(vehicle.capacity ?? []).forEach((room, d) => {
		let load = jobs.reduce((sum, job) => sum + (job.delivery?.[d] ?? 0), 0);
		say(load <= room, `overloaded at the start (${load} of ${room})`);
		for (const job of jobs) {
			load += (job.pickup?.[d] ?? 0) - (job.delivery?.[d] ?? 0);
			say(load <= room, `overloaded after job ${job.id}`);
		}
	});
	return wrong;
}
