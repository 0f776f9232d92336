// A view by its keys, made anew with each version; and the sums the cards show of what a stop would cost elsewhere.
import type { Reason } from '$lib/core/route/reason';
import type { RouteView, Spot, SpotsAnswer, VehicleKey } from '$lib/schema/route';

export const keyText = ({ day, office, team }: VehicleKey): string => `${day} ${office} ${team}`;

export function indexOf(view: RouteView) {
	const count = new Map<string, number>();
	const teamDay = new Map<string, number>();
	for (const key of view.vehicles) {
		const n = count.get(key.office) ?? 0;
		count.set(key.office, n + 1);
		teamDay.set(keyText(key), n);
	}
	return {
		visits: new Map(view.visits.map((visit) => [visit.number, visit])),
		home: new Map(view.routes.flatMap((route) => route.stops.map(({ visit }) => [visit, route] as const))),
		offices: new Map(view.offices.map(({ code, name }) => [code, name])),
		days: [...new Set(view.vehicles.map(({ day }) => day))],
		/** Running number of a team-day among those of its office. */
		teamDay
	};
}

/** Of the places a stop fits at, the cheapest of each group, cheapest first. */
export function cheapest(
	spots: readonly Spot[],
	counts: (spot: Spot) => boolean,
	group: (spot: Spot) => string
): Spot[] {
	const best = new Map<string, Spot>();
	for (const spot of spots) {
		if (!spot.fits || !counts(spot)) continue;
		const known = best.get(group(spot));
		if (!known || spot.moreS < known.moreS) best.set(group(spot), spot);
	}
	return [...best.values()].sort((p, q) => p.moreS - q.moreS);
}

/** How many team-days are barred for each reason. */
export function barredCounts(barred: SpotsAnswer['barred']): [Reason, number][] {
	const count = new Map<Reason, number>();
	for (const { reason } of barred) count.set(reason, (count.get(reason) ?? 0) + 1);
	return [...count];
}

/** ?day=…&route=…&visit=…, without what is not chosen. */
export function queryOf(chosen: Record<string, string | null>): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(chosen)) if (value !== null) query.set(name, value);
	return query.size > 0 ? `?${query}` : '';
}
