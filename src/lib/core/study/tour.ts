// How far the crews would drive, without planning a single route: Daganzo's approximation of the distance of vehicle
// routes (Transportation Science 18, 1984), office by office: 2 Σr / C for going out and back, 0.57 √(nA) between the
// stops, with r the distance from the office, C the stops of a day, n the stops and A the ground they are spread over.

import type { Facts } from './simulate';

/** Roads are longer than lines, by this much in routes planned here too. */
const DETOUR = 1.35;

/** Metres driven for the rows `drawn`, at `perDay` visits a crew and day. */
export function tourM(drawn: readonly number[], facts: Facts, perDay: number): number {
	const offices = facts.officeAreaM2.length;
	const stops = new Float64Array(offices);
	const reach = new Float64Array(offices);
	for (const row of drawn) {
		const office = facts.office[row]!;
		if (office < 0) continue;
		stops[office]!++;
		reach[office]! += facts.officeM[row]!;
	}
	let sum = 0;
	for (let o = 0; o < offices; o++) {
		if (stops[o] === 0) continue;
		sum +=
			(2 * reach[o]!) / Math.min(perDay, stops[o]!) + 0.57 * Math.sqrt(stops[o]! * facts.officeAreaM2[o]!);
	}
	return Math.round(sum * DETOUR);
}
