// The naive way to assign crews, to compare with: routes in order of day, each given inspectors at random among those
// free that day, tried again until the crew is lawful; all over again when a route finds none. Counts by inspector and
// route over `runs` assignments.

import { sfc32 } from '../../src/lib/core/route/random';
import type { Roster } from '../../src/lib/core/crew/roster';

export function naiveCrews(roster: Roster, runs: number, seed: number): Int32Array {
	const { I, R, seats, load, cap, cover, full, office, officeMost, allowed, routesOn } = roster;
	const random = sfc32(seed);
	const counts = new Int32Array(I * R);
	const lawful = (crew: number[], r: number) =>
		crew.reduce((held, i) => held | cover[i * R + r]!, 0) === full[r] &&
		crew.every((i) => crew.filter((other) => office[other] === office[i]).length <= officeMost[r]!);

	function assign(): number[][] | null {
		const crews: number[][] = Array.from({ length: R }, () => []);
		const work = new Float64Array(I);
		for (const routes of routesOn) {
			const busy = new Set<number>();
			for (const r of routes) {
				const free = allowed[r]!.filter((i) => !busy.has(i) && work[i]! + load[r]! <= cap[i]!);
				let crew: number[] = [];
				for (let tries = 0; tries < 2000 && (crew.length === 0 || !lawful(crew, r)); tries++) {
					crew = [];
					while (crew.length < seats[r]! && crew.length < free.length) {
						const i = free[random.int(free.length)]!;
						if (!crew.includes(i)) crew.push(i);
					}
				}
				if (crew.length < seats[r]! || !lawful(crew, r)) return null;
				crews[r] = crew;
				for (const i of crew) {
					busy.add(i);
					work[i]! += load[r]!;
				}
			}
		}
		return crews;
	}

	for (let run = 0; run < runs; run++) {
		let crews = assign();
		for (let again = 0; !crews && again < 200; again++) crews = assign();
		if (!crews) throw new Error('the naive way finds no assignment');
		for (const [r, crew] of crews.entries()) for (const i of crew) counts[i * R + r]!++;
	}
	return counts;
}
