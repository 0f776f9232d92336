// Made-up problems of known families, in VROOM's JSON: a county with offices and forbidden townships, customers as in the
// X set of Uchoa et al. (2017), and windows narrow or wide as in Solomon's types 1 and 2 (1987).

import { sfc32, type Random } from '../../src/lib/core/route/random';

type Point = [x: number, y: number];
const between = (random: Random, from: number, to: number) => from + random.unit() * (to - from);
const distance = (p: Point, q: Point) => Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2);
const matrix = (points: readonly Point[], value: (straight: number) => number) => ({
	car: { durations: points.map((p) => points.map((q) => (p === q ? 0 : Math.round(value(distance(p, q)))))) }
});

/** 50 km × 50 km, 21 townships; a crew does not go to the township its office lies in, when there are more offices. */
export function county(
	seed: number,
	{ sites, depots, days }: { sites: number; depots: number; days: number }
) {
	const random = sfc32(seed);
	const towns = Array.from({ length: 21 }, (): Point => [between(random, 0, 50), between(random, 0, 50)]);
	const offices = Array.from({ length: depots }, (_, k): Point => towns[k]!);
	const town = Array.from({ length: sites }, () => random.int(21));
	const spread = () => between(random, -3, 3) + between(random, -3, 3);
	const points = [...offices, ...town.map((t): Point => [towns[t]![0] + spread(), towns[t]![1] + spread()])];
	const forbidden = depots > 1;
	return {
		vehicles: offices.flatMap((_, k) =>
			Array.from({ length: days }, (__, day) => ({
				id: k * 100 + day,
				start_index: k,
				end_index: k,
				time_window: [0, 27_000],
				costs: { fixed: 7200, per_hour: 3600 },
				...(forbidden ? { skills: towns.map((___, t) => t).filter((t) => t !== k) } : {})
			}))
		),
		jobs: town.map((t, i) => ({
			id: i + 1,
			location_index: depots + i,
			service: 1800 + 300 * random.int(6),
			...(forbidden ? { skills: [t] } : {})
		})),
		matrices: matrix(points, (km) => 60 + (km * 1.35 * 3600) / 40)
	};
}

/** `count` customers, half of them in clusters, about `perRoute` to a route. */
export function customers(seed: number, count: number, perRoute: number) {
	const random = sfc32(seed);
	const anywhere = (): Point => [random.int(1001), random.int(1001)];
	const centres = Array.from({ length: 6 }, anywhere);
	const points = Array.from({ length: count + 1 }, (_, i): Point => {
		if (i % 2 === 0) return anywhere();
		const [x, y] = centres[random.int(6)]!;
		return [x + between(random, -80, 80), y + between(random, -80, 80)];
	});
	const demand = Array.from({ length: count }, () => 1 + random.int(100));
	const total = demand.reduce((sum, amount) => sum + amount, 0);
	const capacity = Math.ceil((perRoute * total) / count);
	return {
		vehicles: Array.from({ length: Math.ceil(total / capacity) + 2 + Math.floor(count / 100) }, (_, id) => ({
			id,
			start_index: 0,
			end_index: 0,
			capacity: [capacity]
		})),
		jobs: demand.map((amount, i) => ({ id: i + 1, location_index: i + 1, delivery: [amount] })),
		matrices: matrix(points, (straight) => straight)
	};
}

/** Short days and narrow windows (type 1), or long ones and wide windows (type 2). In thousandths. */
export function windowed(seed: number, count: number, type: 1 | 2) {
	const random = sfc32(seed);
	const points = Array.from({ length: count + 1 }, (_, i): Point =>
		i === 0 ? [35, 35] : [random.int(70), random.int(70)]
	);
	const { day, capacity, narrow, wide } =
		type === 1
			? { day: 230, capacity: 200, narrow: 5, wide: 40 }
			: { day: 1000, capacity: 1000, narrow: 60, wide: 240 };
	return {
		vehicles: Array.from({ length: 25 }, (_, id) => ({
			id,
			start_index: 0,
			end_index: 0,
			capacity: [capacity],
			time_window: [0, day * 1000]
		})),
		jobs: points.slice(1).map((point, i) => {
			const away = distance(points[0]!, point);
			const middle = between(random, away, day - away - 10);
			const half = between(random, narrow, wide);
			const window = [Math.max(0, middle - half), Math.min(day - away - 10, middle + half)];
			return {
				id: i + 1,
				location_index: i + 1,
				service: 10_000,
				delivery: [1 + random.int(40)],
				time_windows: [window.map((time) => Math.round(time * 1000))]
			};
		}),
		matrices: matrix(points, (straight) => straight * 1000)
	};
}
