import { expect, it } from 'vitest';
import { joinRoads, type RoadLine } from '../route/road-layer';
import type { E7 } from './pack';
import { roadsWithin } from './roads';

/** A street east along y = 0, a lane north from its middle, a ring of lanes; millionths of a degree. */
const lines: RoadLine[] = [
	{ points: [0, 0, 2000, 0, 4000, 0, 6000, 0], kmPerHour: 60, oneWay: 0 },
	{ points: [4000, 0, 4000, 2000, 4000, 4000], kmPerHour: 20, oneWay: 1 },
	{ points: [4000, 4000, 9000, 9000, -1000, 9000, 4000, 4000], kmPerHour: 20, oneWay: 0 }
];
const { map } = joinRoads(lines);
const place: E7 = [40_000, 0];
const all = roadsWithin(map, [-20_000, -10, 100_000, 100_000], [place]);
const corners = (roads: typeof all) => roads.map(({ level, line }) => [level, line[0], line.at(-1)]);

it('are as few lines as meet, each stretch once', () => {
	expect(all.map(({ level }) => level)).toEqual(['main', 'minor', 'minor']);
	const metres = all.flatMap(({ line }) =>
		line.slice(1).map(([x, y], k) => Math.hypot(x - line[k]![0], y - line[k]![1]))
	);
	const drawn = lines.flatMap(({ points }) =>
		points
			.slice(2)
			.flatMap((_, k) =>
				k % 2 ? [] : Math.hypot(points[k + 2]! - points[k]!, points[k + 3]! - points[k + 1]!) * 10
			)
	);
	const sum = (lengths: number[]) => lengths.reduce((a, b) => a + b, 0);
	expect(sum(metres)).toBeCloseTo(sum(drawn), 3);
});

it('end at the bounds', () => {
	expect(corners(roadsWithin(map, [-10, -10, 41_000, 10], [place]))).toEqual([['main', [0, 0], [40_000, 0]]]);
});

it('are limited: the quick and the near ones first', () => {
	expect(roadsWithin(map, [-20_000, -10, 100_000, 100_000], [place], 1)).toMatchObject([{ level: 'main' }]);
	expect(roadsWithin(map, [-20_000, -10, 100_000, 100_000], [place], 0)).toEqual([]);
});
