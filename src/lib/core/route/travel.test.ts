import { expect, test } from 'vitest';
import { greatCircle } from './great-circle';
import { UNREACHABLE } from './problem';
import { sfc32 } from './random';
import { overRoads, roadGraph, type Edge } from './road';

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
