// Travel between places beside the roads: from a place to the nearest node at the speed and detour of the great circle,
// along the roads by the quickest way, and off them again. Two places that are nearer to each other than to the roads are
// driven between directly. Whole seconds and metres.

import type { LonLat } from '../model';
import { greatCircle, metresBetween, type Driving } from './great-circle';
import { UNREACHABLE, type Travel } from './problem';
import { overRoads } from './road';
import type { RoadMap } from './road-layer';

/** No degree of latitude is shorter: what lies farther north or south than the best so far is not looked at. */
const M_PER_E6_LAT = 0.1105;

/** The node nearest to a place, the lower one of two, and how far away it is as the crow flies. */
export function nearestNode({ lon, lat }: RoadMap, at: LonLat): { node: number; metres: number } {
	let best = { node: -1, metres: Infinity };
	const north = at[1] * 1e6;
	for (let node = 0; node < lon.length; node++) {
		if (Math.abs(lat[node]! - north) * M_PER_E6_LAT > best.metres) continue;
		const metres = metresBetween(at, [lon[node]! / 1e6, lat[node]! / 1e6]);
		if (metres < best.metres) best = { node, metres };
	}
	return best;
}

export function roadTravel(
	map: RoadMap,
	places: readonly LonLat[],
	driving: Driving,
	mountain: readonly boolean[] = []
): Travel & { metres: Int32Array } {
	const size = places.length;
	const near = places.map((at) => nearestNode(map, at));
	const over = overRoads(
		map,
		near.map(({ node }) => node)
	);
	const direct = greatCircle(places, driving, mountain);
	const access = near.map(({ metres }, i) => {
		const slower = mountain[i] ? driving.mountainFactor : 1;
		const whole = Math.round(metres * driving.detour);
		return { metres: whole, seconds: Math.round((whole * 3.6 * slower) / driving.kmPerHour) };
	});
	const seconds = new Int32Array(size * size);
	const metres = new Int32Array(size * size);
	for (let i = 0; i < size; i++) {
		for (let j = 0; j < size; j++) {
			if (i === j) continue;
			const at = i * size + j;
			const [a, b] = [access[i]!, access[j]!];
			const off = direct.metres[at]! <= a.metres + b.metres || near[i]!.node === near[j]!.node;
			const reached = over.seconds[at]! < UNREACHABLE;
			seconds[at] = off
				? direct.seconds[at]!
				: reached
					? a.seconds + over.seconds[at]! + b.seconds
					: UNREACHABLE;
			metres[at] = off ? direct.metres[at]! : reached ? a.metres + over.metres[at]! + b.metres : UNREACHABLE;
		}
	}
	return { size, seconds, cost: seconds, metres };
}
