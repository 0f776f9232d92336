// Everything the workspace asks the server for as its state changes, and the counts it makes of the answers.
// Made while the workspace is set up: the effects below live and end with it.
import { encodeArea } from './area-param';
import { hexagons, resolutionAt, type FinestCell } from './hexagons';
import { loadMapFont } from './map-fonts';
import type { MapState } from './map-state.svelte';
import { readPointIndex } from './point-index';
import { Remote } from './remote.svelte';
import { tallyOf, type Tally } from './tally';
import type { DrawnMark, PartyCard, TargetCard, TownshipCount } from './workspace-types';

/** Names of targets appear from here on, and so their characters are needed. */
const nameZoom = 13.5;

export class WorkspaceAnswers {
	readonly target = new Remote<TargetCard>();
	readonly party = new Remote<PartyCard>();
	readonly marks = new Remote<DrawnMark[]>();
	readonly cells = new Remote<FinestCell[]>();
	readonly counts = new Remote<TownshipCount[]>();
	readonly index = new Remote(async (response) => readPointIndex(await response.arrayBuffer()));
	readonly names = new Remote(async (response) => {
		await loadMapFont(await response.text());
		return true;
	});
	#view: MapState;
	#county: () => readonly TownshipCount[];

	/** county: the counts of the whole county, which the page brings along. */
	constructor(view: MapState, county: () => readonly TownshipCount[]) {
		this.#view = view;
		this.#county = county;
		$effect(() => this.target.load(view.target && `/map/target/${encodeURIComponent(view.target)}`));
		$effect(() => this.party.load(view.party && `/map/party/${encodeURIComponent(view.party)}`));
		$effect(() => this.marks.load(view.draw === null ? null : `/map/drawn/${view.draw}`));
		$effect(() => this.cells.load(view.layers.cells ? '/map/cells' : null));
		$effect(() =>
			this.counts.load(this.scoped ? `/map/selection?area=${encodeArea(view.area)}&rule=${view.rule}` : null)
		);
		// Once wanted, kept.
		$effect(() => {
			if (view.tool) this.index.load('/map/points');
		});
		$effect(() => {
			if (view.zoom >= nameZoom) this.names.load('/map/labels');
		});
	}

	get scoped(): boolean {
		return this.#view.area.length > 0;
	}
	/** Whether the counts are those of the shape under the pen, made here. */
	get live(): boolean {
		return this.#view.sketch.length > 0 && this.index.value !== null;
	}

	resolution = $derived.by(() => (this.#view.h3 === 'auto' ? resolutionAt(this.#view.zoom) : this.#view.h3));
	hexagons = $derived.by(() => {
		const { layers } = this.#view;
		if (!layers.cells || !this.cells.value) return null;
		return hexagons(this.cells.value, this.resolution, {
			mining: layers.mining_right,
			parcels: layers.land_parcel
		});
	});
	tallies = $derived.by((): ReadonlyMap<string, Tally> => {
		if (this.live && this.index.value) return this.index.value.count(this.#view.shown);
		return tallyOf(this.scoped ? (this.counts.value ?? []) : this.#county());
	});
}
