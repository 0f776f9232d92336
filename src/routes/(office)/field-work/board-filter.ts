// What of the board is shown: a time, an office, a state, all in the address.
import { dayInChina } from '$lib/core/calendar/year';
import { stopStates, type StopState } from '$lib/core/field/progress';
import type { BoardRoute } from '$lib/server/field/board';

const times = ['now', 'today', 'coming', 'past'] as const;
export type Time = (typeof times)[number];

interface BoardFilter {
	when: Time;
	/** '': all. */
	office: string;
	state: StopState | '';
	page: number;
}

/** Routes to a page. */
const PAGE = 20;
const DAYS_AHEAD = 7;

export const filterOf = (parameters: URLSearchParams): BoardFilter => ({
	when: times.find((one) => one === parameters.get('when')) ?? 'now',
	office: parameters.get('office') ?? '',
	state: stopStates.find((one) => one === parameters.get('state')) ?? '',
	page: Math.trunc(Number(parameters.get('page'))) || 1
});

const within: Record<Time, (route: BoardRoute, today: string, soon: string) => boolean> = {
	// What is over is shown until all of it is accepted.
	now: ({ day, stops }, today, soon) =>
		day >= today ? day <= soon : stops.some(({ state }) => state !== 'accepted'),
	today: ({ day }, today) => day === today,
	coming: ({ day }, today) => day > today,
	past: ({ day }, today) => day < today
};

export function filtered(board: readonly BoardRoute[], filter: BoardFilter, at: Date) {
	const today = dayInChina(at);
	const soon = dayInChina(new Date(at.getTime() + DAYS_AHEAD * 86_400_000));
	const routes = board.filter(
		(route) =>
			within[filter.when](route, today, soon) && (filter.office === '' || route.office === filter.office)
	);
	const tally = Object.fromEntries(stopStates.map((state) => [state, 0])) as Record<StopState, number>;
	for (const { stops } of routes) for (const { state } of stops) tally[state]++;
	const shown = routes
		.map((route) => ({
			...route,
			closed: route.stops.filter(({ state }) => state === 'review' || state === 'accepted').length,
			shown: route.stops.filter(({ state }) => filter.state === '' || state === filter.state)
		}))
		.filter((route) => route.shown.length > 0);
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const page = Math.min(Math.max(1, filter.page), pages);
	return {
		routes: shown.slice((page - 1) * PAGE, page * PAGE),
		...{ tally, total: shown.length, page, pages, today },
		offices: [...new Map(board.map(({ office, officeName }) => [office, officeName]))]
	};
}
export type ShownRoute = ReturnType<typeof filtered>['routes'][number];
