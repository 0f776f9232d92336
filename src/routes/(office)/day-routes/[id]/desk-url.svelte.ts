// Day, route and visit looked at, kept in the URL: a link shows what its sender saw.
import { afterNavigate, replaceState } from '$app/navigation';
import { page } from '$app/state';
import { queryOf } from './desk-index';
import type { RouteDesk } from './route-desk.svelte';

/** Called while the page is set up. */
export function keepDeskInUrl(desk: RouteDesk): void {
	let read = $state(false);
	afterNavigate(({ to }) => {
		const given = to?.url.searchParams;
		const day = given?.get('day') ?? null;
		desk.day = day !== null && desk.days.includes(day) ? day : null;
		desk.route = given?.get('route') ?? null;
		const visit = Number(given?.get('visit'));
		desk.choose(desk.visits.has(visit) ? visit : null);
		read = true;
	});
	$effect(() => {
		const entries = {
			day: desk.day,
			route: desk.route,
			visit: desk.visit === null ? null : String(desk.visit)
		};
		if (!read) return;
		const next = queryOf(entries);
		if (next !== location.search) replaceState(next || location.pathname, page.state);
	});
}
