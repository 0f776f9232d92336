// The state of the workspace, one object for all its parts. The URL is its memory; undo lives only as long as the page.
import type { TargetKind } from '../core/model';
import type { AreaRule } from '../schema/plan';
import type { Area } from './area-param';
import {
	formatParams,
	parseParams,
	type BaseMap,
	type LayerName,
	type MapParams,
	type View
} from './map-params';

export type Tool = 'rectangle' | 'polygon' | 'freehand';

export class MapState implements MapParams {
	at = $state.raw<View | null>(null);
	layers = $state.raw<Record<LayerName, boolean>>(parseParams('').layers);
	base = $state<BaseMap>('none');
	kind = $state<TargetKind | null>(null);
	area = $state.raw<Area>([]);
	rule = $state<AreaRule>('intersects');
	townships = $state.raw<string[]>([]);
	draw = $state<number | null>(null);
	target = $state<string | null>(null);
	party = $state<string | null>(null);
	township = $state<string | null>(null);
	h3 = $state<number | 'auto'>('auto');

	/** Not in the URL: the tool in hand, the shape under the pen, and the zoom right now. */
	tool = $state<Tool | null>(null);
	sketch = $state.raw<Area>([]);
	zoom = $state(10);
	#past = $state.raw<Area[]>([]);
	#future = $state.raw<Area[]>([]);

	constructor(query: string | URLSearchParams) {
		this.read(query);
	}

	read(query: string | URLSearchParams): void {
		const { at, ...params } = parseParams(query);
		Object.assign(this, params);
		if (at) this.at = at;
	}

	/** The query to put in the URL; the commas and slashes that need no escaping stay readable. */
	get query(): string {
		return formatParams(this).toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
	}

	/** What is selected or being drawn: the committed shapes and the one under the pen. */
	get shown(): Area {
		return this.sketch.length > 0 ? [...this.area, ...this.sketch] : this.area;
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}
	get canRedo(): boolean {
		return this.#future.length > 0;
	}

	setArea(area: Area): void {
		this.#past = [...this.#past, this.area];
		this.#future = [];
		this.area = area;
	}
	undo(): void {
		const previous = this.#past.at(-1);
		if (!previous) return;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.area];
		this.area = previous;
	}
	redo(): void {
		const next = this.#future.at(-1);
		if (!next) return;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, this.area];
		this.area = next;
	}

	toggle(layer: LayerName): void {
		this.layers = { ...this.layers, [layer]: !this.layers[layer] };
	}
	toggleTownship(code: string): void {
		this.townships = this.townships.includes(code)
			? this.townships.filter((other) => other !== code)
			: [...this.townships, code].sort();
	}

	/** Opens one card and closes the others. */
	open(card: { target?: string; party?: string; township?: string } | null): void {
		this.target = card?.target ?? null;
		this.party = card?.party ?? null;
		this.township = card?.township ?? null;
	}
}
