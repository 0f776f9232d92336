// The state of the workspace: what is shown, what is chosen, what is under the pointer; and the planner's changes, each of
// which the server saves as the next version. Day, route and visit live in the URL.
import { invalidateAll } from '$app/navigation';
import type {
	ChangeAnswer,
	RouteChange,
	RouteProblem,
	RouteView,
	Spot,
	SpotsAnswer,
	VehicleKey
} from '$lib/schema/route';
import { indexOf, keyText } from './desk-index';
import { routeStyle, type RouteStyle } from '$lib/map/route-style';
import { officeText } from '../route-text';
import { theme } from '$lib/ui/shell/theme.svelte';

export class RouteDesk {
	readonly mayPlan: boolean;
	view: RouteView;
	day = $state<string | null>(null);
	/** keyText of the team-day looked at. */
	route = $state<string | null>(null);
	visit = $state<number | null>(null);
	busy = $state(false);
	problem = $state.raw<RouteProblem | 'broken' | null>(null);
	/** What the chosen or dragged visit would cost elsewhere. */
	spots = $state.raw<SpotsAnswer | null>(null);
	dragged = $state<number | null>(null);
	over = $state.raw<(VehicleKey & { position: number }) | null>(null);
	#asked = '';

	readonly #index: ReturnType<typeof indexOf>;

	constructor(view: () => RouteView, mayPlan: boolean) {
		this.mayPlan = mayPlan;
		this.view = $derived(view());
		this.#index = $derived(indexOf(this.view));
	}

	get visits() {
		return this.#index.visits;
	}
	/** The route a visit is on. */
	get home() {
		return this.#index.home;
	}
	get offices() {
		return this.#index.offices;
	}
	get days() {
		return this.#index.days;
	}

	officeName(code: string): string {
		return officeText(this.offices.get(code) ?? code);
	}

	style(key: VehicleKey): RouteStyle {
		const office = this.view.offices.findIndex(({ code }) => code === key.office);
		return routeStyle(office, this.#index.teamDay.get(keyText(key)) ?? 0, theme.dark);
	}

	shows(key: VehicleKey): boolean {
		return (
			(this.day === null || key.day === this.day) && (this.route === null || keyText(key) === this.route)
		);
	}

	choose(visit: number | null): void {
		this.visit = visit;
		this.problem = null;
		if (visit !== null) void this.askSpots(visit);
	}

	/** Asked once for each visit of a version. */
	async askSpots(visit: number): Promise<void> {
		const { series, version } = this.view;
		const asked = `/day-routes/${series}/spots?version=${version}&visit=${visit}`;
		if (this.#asked === asked && this.spots) return;
		this.#asked = asked;
		this.spots = null;
		const answer = await fetch(asked).catch(() => null);
		if (this.#asked !== asked) return;
		if (answer?.ok) this.spots = (await answer.json()) as SpotsAnswer;
		else if (answer?.status === 409) this.problem = { reason: 'outdated' };
	}

	spotAt(to: (VehicleKey & { position: number }) | null): Spot | null {
		if (!to || !this.spots || this.spots.visit !== (this.dragged ?? this.visit)) return null;
		const wanted = keyText(to);
		return this.spots.spots.find((spot) => spot.position === to.position && keyText(spot) === wanted) ?? null;
	}

	grab(visit: number): void {
		this.dragged = visit;
		void this.askSpots(visit);
	}
	letGo(): void {
		this.dragged = null;
		this.over = null;
	}
	async drop(): Promise<void> {
		const [visit, to] = [this.dragged, this.over];
		const spot = this.spotAt(to);
		this.letGo();
		if (visit === null || !to || this.isHere(visit, to)) return;
		if (spot && !spot.fits) {
			this.problem = { reason: 'does_not_fit' };
			return;
		}
		const { day, office, team, position } = to;
		await this.change({ type: 'move', visit, to: { day, office, team, position } });
	}
	isHere(visit: number, to: VehicleKey & { position: number }): boolean {
		const home = this.home.get(visit);
		if (!home || keyText(home) !== keyText(to)) return false;
		return home.stops.findIndex((stop) => stop.visit === visit) === to.position - 1;
	}

	async change(change: RouteChange): Promise<boolean> {
		if (this.busy) return false;
		this.busy = true;
		this.problem = null;
		try {
			const response = await fetch(`/day-routes/${this.view.series}/change`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ version: this.view.version, change })
			});
			if (!response.ok) throw new Error(response.statusText);
			const answer = (await response.json()) as ChangeAnswer;
			if (!answer.ok) this.problem = answer.problem;
			await this.refresh();
			return answer.ok;
		} catch {
			this.problem = 'broken';
			return false;
		} finally {
			this.busy = false;
		}
	}

	async refresh(): Promise<void> {
		await invalidateAll();
		if (this.visit !== null && !this.visits.has(this.visit)) this.visit = null;
		if (this.visit !== null) void this.askSpots(this.visit);
	}
}
