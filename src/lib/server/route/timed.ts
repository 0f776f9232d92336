// When a team is where: the timetable of every route of a draft, with the way to each stop. Pure.
import { layOut, type Arena } from '../../core/route/arena';
import type { Problem } from '../../core/route/problem';
import { timetable, type Step } from '../../core/route/timetable';
import type { VehicleKey } from '../../schema/route';
import { keyText, problemOf, routesOf, type Draft, type Ground } from './draft';

export interface TimedStop {
	visit: number;
	/** Seconds of the day; the way here from the stop before, or from the office. */
	arrivalS: number;
	waitS: number;
	travelS: number;
	metres: number;
}
export interface TimedRoute extends VehicleKey {
	departsS: number;
	returnsS: number;
	rest: { fromS: number; minutes: number } | null;
	travelS: number;
	metres: number;
	stops: TimedStop[];
}

export interface Timed {
	/** In the order of the draft's routes. */
	routes: TimedRoute[];
	/** Seconds of driving, and what the teams' days cost beside. */
	costS: number;
}

/** null: a route breaks its hours or holds more visits than it may. */
export function timed(ground: Ground, draft: Draft): Timed | null {
	const problem = problemOf(ground, draft.visits);
	const arena = layOut(problem);
	const all = routesOf(ground, draft);
	const vehicle = new Map(ground.vehicles.map((key, v) => [keyText(key), v]));
	const routes: TimedRoute[] = [];
	let costS = 0;
	for (const { day, office, team } of draft.routes) {
		const v = vehicle.get(keyText({ day, office, team }));
		const jobs = v === undefined ? undefined : all[v];
		if (v === undefined || !jobs) return null;
		const steps = jobs.length === 0 ? [] : stepsOf(problem, arena, v, jobs);
		if (!steps) return null;
		const route = timedRoute(ground, draft, { day, office, team }, steps);
		if (jobs.length > 0) costS += route.travelS + problem.vehicles[v]!.fixed;
		routes.push(route);
	}
	return { routes, costS };
}

/** Steps of vehicle v with these jobs; null: they break a rule. */
export function stepsOf(problem: Problem, arena: Arena, v: number, jobs: readonly number[]): Step[] | null {
	const barred = jobs.some((job) => !arena.allows[arena.type[v]! * arena.jobs + job]);
	return barred || jobs.length > problem.vehicles[v]!.maxTasks ? null : timetable(arena, v, jobs);
}

function timedRoute(ground: Ground, draft: Draft, key: VehicleKey, steps: readonly Step[]): TimedRoute {
	const { travel } = ground;
	const depot = ground.places.office.get(key.office)!;
	const stops: TimedStop[] = [];
	let place = depot;
	let drivenS = 0;
	let metres = 0;
	const leg = (to: number) => travel.metres[place * travel.size + to]!;
	for (const step of steps) {
		if (step.kind !== 'job') continue;
		stops.push({
			visit: draft.visits[step.which]!.number,
			arrivalS: step.arrivalS,
			waitS: step.waitS,
			travelS: step.travelS - drivenS,
			metres: leg(step.place)
		});
		metres += leg(step.place);
		drivenS = step.travelS;
		place = step.place;
	}
	const rest = steps.find(({ kind }) => kind === 'break');
	const last = steps.at(-1);
	return {
		...key,
		departsS: steps[0]?.arrivalS ?? 0,
		returnsS: last?.arrivalS ?? 0,
		rest: rest ? { fromS: rest.arrivalS + rest.waitS, minutes: Math.round(rest.serviceS / 60) } : null,
		travelS: last?.travelS ?? 0,
		metres: stops.length === 0 ? 0 : metres + leg(depot),
		stops
	};
}
