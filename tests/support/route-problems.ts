// Random problems of routes with every kind of rule, in VROOM's JSON, for properties and soak runs.

import { sfc32 } from '../../src/lib/core/route/random';
import type { CheckedProblem } from './route-checker';

export interface Size {
	jobs: number;
	vehicles: number;
}

/** A problem drawn from `seed`: each kind of rule is in about half of them. */
export function randomProblem(seed: number, size: Size): CheckedProblem {
	const random = sfc32(seed);
	const pick = (from: number, to: number) => from + random.int(to - from + 1);
	const maybe = <T>(chance: number, value: () => T) => (random.unit() < chance ? value() : undefined);
	const has = (chance = 0.5) => random.unit() < chance;
	const depots = pick(1, 3);
	const places = depots + size.jobs;
	const points = Array.from({ length: places }, () => [pick(0, 3000), pick(0, 3000)] as const);
	const asymmetric = has(0.3);
	const repeated = has(0.3);
	const rows = points.map((_, i) => (repeated && i >= depots && i % 3 === 0 ? depots : i));
	const durations = points.map((p) =>
		points.map((q) => {
			const straight = Math.abs(p[0] - q[0]) + Math.abs(p[1] - q[1]);
			return p === q ? 0 : straight + (asymmetric ? pick(0, 400) : 0);
		})
	);
	const rule = {
		windows: has(),
		many: has(0.3),
		day: has(0.7),
		breaks: has(),
		skills: has(),
		load: has(),
		mixed: has(),
		setup: has(0.4),
		tasks: has(0.3),
		travel: has(0.3),
		fixed: has(),
		hours: has(0.2),
		open: has(0.2),
		costs: has(0.1)
	};
	const dims = pick(1, 2);
	const amounts = () => Array.from({ length: dims }, () => pick(0, 9));
	const jobs = Array.from({ length: size.jobs }, (_, j) => {
		const from = pick(0, 20000);
		const windows: [number, number][] = [[from, from + pick(500, 6000)]];
		if (rule.many && has()) windows.push([windows[0]![1] + pick(100, 3000), windows[0]![1] + 9000]);
		return {
			id: j + 1,
			location_index: rows[depots + j]!,
			service: pick(0, 1800),
			...(rule.setup ? { setup: pick(0, 600) } : {}),
			...(rule.windows && has(0.7) ? { time_windows: windows } : {}),
			...(rule.load ? { delivery: amounts() } : {}),
			...(rule.load && rule.mixed ? { pickup: amounts() } : {}),
			...(rule.skills ? { skills: maybe(0.4, () => [pick(1, 3)]) ?? [] } : {}),
			...(has(0.2) ? { priority: pick(0, 100) } : {})
		};
	});
	const oneHour = pick(1800, 7200);
	const vehicles = Array.from({ length: size.vehicles }, (_, v) => {
		const depot = pick(0, depots - 1);
		const lunch = 9000 + 600 * pick(0, 5);
		const ends = rule.open && has() ? (has() ? { start_index: depot } : { end_index: depot }) : undefined;
		return {
			id: 1000 + v,
			...(ends ?? { start_index: depot, end_index: has(0.8) ? depot : pick(0, depots - 1) }),
			...(rule.day ? { time_window: [pick(0, 2000), pick(18000, 27000)] as [number, number] } : {}),
			...(rule.breaks && has(0.8)
				? {
						breaks: [
							{ id: 1, service: 1800, time_windows: [[lunch, lunch + 3600]] as [number, number][] },
							...(has(0.3)
								? [
										{
											id: 2,
											service: 600,
											time_windows: [[lunch + 2400, lunch + 7200]] as [number, number][]
										}
									]
								: [])
						]
					}
				: {}),
			...(rule.load ? { capacity: Array.from({ length: dims }, () => pick(10, 30)) } : {}),
			...(rule.skills ? { skills: [1, 2, 3].filter(() => has(0.6)) } : {}),
			...(rule.tasks ? { max_tasks: pick(1, 6) } : {}),
			...(rule.travel ? { max_travel_time: pick(3000, 15000) } : {}),
			costs: {
				...(rule.fixed ? { fixed: 7200 } : {}),
				...(rule.hours && !rule.costs ? { per_hour: has() ? oneHour : 3600 } : {})
			}
		};
	});
	const costs = rule.costs
		? { costs: durations.map((row) => row.map((s) => s * 2 + (s > 0 ? pick(0, 50) : 0))) }
		: {};
	return { jobs, vehicles, matrices: { car: { durations, ...costs } } };
}
