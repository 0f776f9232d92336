// The state's memory: the URL follows it, a navigation sets it, and a bare /map returns to where one was in this tab.
import { afterNavigate, replaceState } from '$app/navigation';
import { page } from '$app/state';
import type { MapState } from './map-state.svelte';

const remembered = 'fairlot:map';

/** Called while the workspace is set up. onread: the state was set from a URL; moved: which also says where to look. */
export function keepInUrl(view: MapState, onread: (moved: boolean) => void): void {
	$effect(() => {
		const query = view.query;
		// Dragging a map makes many states a second; browsers limit how many of them history takes.
		const timer = setTimeout(() => {
			sessionStorage.setItem(remembered, query);
			if (query !== location.search.slice(1))
				replaceState(query ? `?${query}` : location.pathname, page.state);
		}, 200);
		return () => clearTimeout(timer);
	});
	afterNavigate(({ to, type }) => {
		const given = to?.url.search.slice(1) ?? '';
		const query = given === '' ? (sessionStorage.getItem(remembered) ?? '') : given;
		if (type !== 'enter' || given === '') view.read(query);
		onread(/(^|&)at=/.test(query));
	});
}
