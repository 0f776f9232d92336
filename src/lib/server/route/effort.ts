// What the routes save: driving and work against every check, and every target, visited by a drive of its own from the
// office that answers for it. Only what is on a route is compared.
import { greatCircle } from '../../core/route/great-circle';
import type { Effort, ViewRoute } from '../../schema/route';
import type { Draft } from './draft';
import type { Base } from './ground';
import type { MetredTravel, Office } from './places';

/** Seconds and metres there and back between an office and a target. */
export type RoundTrip = (office: string, target: string) => { s: number; m: number };

/** Pair by pair, so that a page of a large county needs no whole matrix; `travel`: as a server once answered. */
export function roundTrips({ places, settings }: Base, travel: MetredTravel | null): RoundTrip {
	const mountains = new Set(settings.mountainTownships);
	const { detour, kmPerHour, mountainFactor } = settings;
	return (office, target) => {
		const [from, to] = [places.office.get(office)!, places.target.get(target)!];
		if (travel) {
			const [there, back] = [from * travel.size + to, to * travel.size + from];
			return {
				s: travel.seconds[there]! + travel.seconds[back]!,
				m: travel.metres[there]! + travel.metres[back]!
			};
		}
		const pair = greatCircle(
			[places.at[from]!, places.at[to]!],
			{ detour, kmPerHour, mountainFactor },
			[from, to].map((row) => mountains.has(places.township[row]!))
		);
		return { s: 2 * pair.seconds[1]!, m: 2 * pair.metres[1]! };
	};
}

const officeOf = (offices: readonly Office[], township: string): string =>
	(offices.find(({ townships }) => townships.includes(township)) ?? offices[0]!).code;

export function effortsOf(
	base: Base,
	draft: Draft,
	routes: readonly ViewRoute[],
	roundTrip: RoundTrip
): Effort[] {
	const minutes = new Map(base.items.map((item) => [item.code, item.minutes]));
	const onRoute = new Set(routes.flatMap(({ stops }) => stops.map(({ visit }) => visit)));
	const checks: Effort = { way: 'each_check', visits: 0, metres: 0, travelS: 0, workS: 0 };
	const alone: Effort = { way: 'each_target', visits: 0, metres: 0, travelS: 0, workS: 0 };
	const add = (effort: Effort, trip: { s: number; m: number }, times: number, siteMin: number) => {
		effort.visits += times;
		effort.metres += trip.m * times;
		effort.travelS += trip.s * times;
		effort.workS += trip.s * times + siteMin * 60;
	};
	for (const visit of draft.visits) {
		if (!onRoute.has(visit.number)) continue;
		const { length: items } = visit.items;
		const itemMin = visit.items.reduce((sum, code) => sum + (minutes.get(code) ?? 0), 0);
		for (const code of visit.targets) {
			const trip = roundTrip(officeOf(base.offices, base.targets.get(code)!.township), code);
			add(checks, trip, items, items * visit.setupMin + itemMin);
			add(alone, trip, 1, visit.setupMin + Math.ceil(itemMin / base.settings.atOnce));
		}
	}
	return [checks, alone, { way: 'routes', ...sumOf(draft, routes) }];
}

/** Work of each office's teams. */
export const loadOf = (base: Base, draft: Draft, routes: readonly ViewRoute[]) =>
	base.offices.map(({ code }) => {
		const own = routes.filter(({ office, stops }) => office === code && stops.length > 0);
		return { office: code, teamDays: own.length, way: 'routes' as const, ...sumOf(draft, own) };
	});

function sumOf(draft: Draft, routes: readonly ViewRoute[]): Omit<Effort, 'way'> {
	const siteMin = new Map(draft.visits.map((visit) => [visit.number, visit.setupMin + visit.serviceMin]));
	const sum = { visits: 0, metres: 0, travelS: 0, workS: 0 };
	for (const { stops, metres, travelS } of routes) {
		sum.visits += stops.length;
		sum.metres += metres;
		sum.travelS += travelS;
		sum.workS += travelS + stops.reduce((total, { visit }) => total + siteMin.get(visit)! * 60, 0);
	}
	return sum;
}
