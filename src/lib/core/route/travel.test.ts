import { expect, test } from 'vitest';
import { greatCircle, metresBetween } from './great-circle';
import { UNREACHABLE } from './problem';
import { sfc32 } from './random';
import { overRoads, roadGraph, type Edge } from './road';
import { decodeRoads, encodeRoads, joinRoads, type RoadLine } from './road-layer';
import { nearestNode, roadTravel } from './road-travel';

test('great circle: the haversine formula times the detour, longer in the mountains', () => {
	const random = sfc32(1);
	const places = Array.from({ length: 40 }, () => [118.5 + random.unit(), 25.7 + random.unit()] as const);
	const wide = [...places, [0, 0], [179.9, -60], [-120, 89]] as [number, number][];
	const driving = { detour: 1.35, kmPerHour: 40, mountainFactor: 1.5 };
	const { size, metres, seconds } = greatCircle(
		wide,
		driving,
		wide.map((_, i) => i === 0)
	);
	const rad = Math.PI / 180;
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < size; j++) {
			const [a, b] = [wide[i]!, wide[j]!];
			const half = Math.sin(((b[1] - a[1]) * rad) / 2) ** 2;
			const side = Math.sin(((b[0] - a[0]) * rad) / 2) ** 2 * Math.cos(a[1] * rad) * Math.cos(b[1] * rad);
			const roadM = 2 * 6_371_008.8 * Math.asin(Math.sqrt(half + side)) * driving.detour;
			expect(Math.abs(metres[i * size + j]! - roadM)).toBeLessThan(0.51 + roadM * 1e-6);
			const slower = i === 0 || j === 0 ? 1.25 : 1;
			expect(Math.abs(seconds[i * size + j]! - (roadM / 40000) * 3600 * (i === j ? 0 : slower))).toBeLessThan(
				1
			);
		}
	}
});

test('roads: the quickest ways of random graphs, by relaxing every edge until nothing changes', () => {
	for (let seed = 0; seed < 30; seed++) {
		const random = sfc32(seed);
		const nodes = 2 + random.int(30);
		const edges: Edge[] = Array.from({ length: random.int(90) }, () => ({
			from: random.int(nodes),
			to: random.int(nodes),
			seconds: random.int(50),
			metres: random.int(900)
		}));
		const best = Array.from({ length: nodes }, (_, i) =>
			Array.from({ length: nodes }, (_, j) => (i === j ? 0 : UNREACHABLE) as number)
		);
		for (let round = 0; round < nodes; round++)
			for (const { from, to, seconds } of edges)
				for (const row of best) if (row[from]! + seconds < row[to]!) row[to] = row[from]! + seconds;
		const places = Array.from({ length: nodes }, (_, i) => i);
		expect([...overRoads(roadGraph(nodes, edges), places).seconds]).toEqual(best.flat());
	}
});

test('a road layer: lines meet at shared vertices, long ones keep nodes between, islands are left out', () => {
	const e6 = (...pairs: [number, number][]) => pairs.flat().map((degrees) => Math.round(degrees * 1e6));
	const both = { kmPerHour: 36, oneWay: 0 } as const;
	const lines: RoadLine[] = [
		{ ...both, points: e6([118.9, 25.8], [118.91, 25.8], [118.92, 25.8]) },
		{ ...both, oneWay: 1, points: e6([118.91, 25.8], [118.91, 25.81]) },
		{ ...both, oneWay: -1, kmPerHour: 72, points: e6([118.92, 25.8], [118.91, 25.81]) },
		{ ...both, points: e6([119.5, 25.8], [119.51, 25.8]) }
	];
	const { map, metres, leftOut } = joinRoads(lines);
	expect([map.lon.length, map.to.length, leftOut]).toEqual([4, 6, 2]);
	const degree = metresBetween([118.9, 25.8], [118.91, 25.8]);
	expect(Math.abs(metres - 2 * degree - 1112 - metresBetween([118.92, 25.8], [118.91, 25.81]))).toBeLessThan(
		3
	);
	expect(decodeRoads(encodeRoads(map))).toEqual(map);

	const far = joinRoads([
		{
			...both,
			points: e6(...Array.from({ length: 41 }, (_, i) => [118.9 + i / 1000, 25.8] as [number, number]))
		}
	]);
	// Some 100 m a step, 4 km in all: one node every third step.
	expect(far.map.lon.length).toBe(15);

	// Along the one-way street and back against it, which only the other road allows; 10 m/s, and 20 on the fast one.
	const driving = { detour: 1, kmPerHour: 36, mountainFactor: 1 };
	const places: [number, number][] = [
		[118.91, 25.8],
		[118.91, 25.81],
		[118.92, 25.801]
	];
	const { seconds, size } = roadTravel(map, places, driving);
	const s = (i: number, j: number) => seconds[i * size + j]!;
	expect(Math.abs(s(0, 1) - 111)).toBeLessThanOrEqual(1);
	const slope = metresBetween([118.92, 25.8], [118.91, 25.81]);
	expect(Math.abs(s(1, 0) - slope / 20 - degree / 10)).toBeLessThanOrEqual(2);
	// To the node beside the third place along the second half of the first road, then 111 m to the place.
	expect(Math.abs(s(0, 2) - (degree + 111) / 10)).toBeLessThanOrEqual(2);
	expect(nearestNode(map, [118.9199, 25.8004])).toMatchObject({ node: 2 });
});
