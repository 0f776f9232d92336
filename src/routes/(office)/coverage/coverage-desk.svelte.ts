// The state of the coverage page and every figure on it, each counted anew only when what it depends on has changed.
import {
	aggregate,
	asWhole,
	byCell,
	byOffice,
	byStanding,
	byTownship,
	calledIn,
	trendOf
} from '$lib/core/coverage/aggregate';
import { gapsOf } from '$lib/core/coverage/gaps';
import { shownOf, type Measure } from '$lib/core/coverage/measure';
import {
	FAILS,
	facetsOf,
	failuresOf,
	lastPosition,
	momentAt,
	noFilter,
	type Box
} from '$lib/core/coverage/select';
import { decodeCoverage, type CoverageTable, type Standing } from '$lib/core/coverage/table';
import type { TargetKind } from '$lib/core/model';
import type { CoverageMark } from '$lib/map/coverage-shapes';
import { resolutionAt } from '$lib/map/hexagons';
import type { View } from '$lib/map/map-params';
import { Remote } from '$lib/map/remote.svelte';
import { filterOf, formatCoverage, positionOf, type CoverageParams, type Unit } from './coverage-params';
import { markLabel } from './coverage-text';

const STEP_MS = 1100;

export class CoverageDesk implements CoverageParams {
	measure = $state<Measure>('done');
	unit = $state<Unit>('cells');
	kinds = $state.raw<TargetKind[]>([]);
	standings = $state.raw<Standing[]>([]);
	offices = $state.raw<string[]>([]);
	items = $state.raw<string[]>([]);
	departments = $state.raw<string[]>([]);
	after = $state<number | null>(null);
	at = $state.raw<View | null>(null);
	picked = $state<string | null>(null);
	/** What the figures are of; null: the whole county. */
	box = $state.raw<Box | null>(null);
	zoom = $state(9.5);
	playing = $state(false);
	#timer: ReturnType<typeof setInterval> | undefined;

	readonly remote = new Remote(async (response) => decodeCoverage(await response.arrayBuffer()));

	constructor(params: CoverageParams) {
		this.read(params);
	}

	read({ box: _box, resolution: _resolution, ...params }: CoverageParams): void {
		Object.assign(this, params);
		if (params.at) this.zoom = params.at.zoom;
	}

	get table(): CoverageTable | null {
		return this.remote.value;
	}
	resolution = $derived(resolutionAt(this.zoom));

	get query(): string {
		return formatCoverage(this);
	}
	/** For the print page and the workbook. */
	get sheetQuery(): string {
		return formatCoverage(this, true);
	}

	figures = $derived.by(() => (this.table ? this.#figures(this.table) : null));

	#position = $derived.by(() => (this.table ? positionOf(this, this.table) : 0));
	get position(): number {
		return this.#position;
	}
	set position(place: number) {
		if (!this.table) return;
		this.after =
			place >= lastPosition(this.table) ? null : place === 0 ? 0 : (this.table.rounds[place - 1]?.id ?? null);
	}

	#filter = $derived.by(() => (this.table ? filterOf(this, this.table) : noFilter));
	fails = $derived.by(() => (this.table ? failuresOf(this.table, this.#filter, this.box) : new Uint8Array()));
	trend = $derived.by(() => (this.table ? trendOf(this.table, this.fails, this.#filter) : []));
	called = $derived.by(() => (this.table ? calledIn(this.table, this.fails, this.#filter) : []));

	#figures(table: CoverageTable) {
		const moment = momentAt(table, this.position, this.#filter);
		const { fails, measure, unit } = this;
		const cells = byCell(table, this.resolution);
		const cellSums = aggregate(table, cells, fails, moment, FAILS.box);
		const grouping = unit === 'cells' ? cells : byTownship(table);
		const sums = unit === 'cells' ? cellSums : aggregate(table, grouping, fails, moment, FAILS.box);
		const shown = shownOf(measure, sums, moment);
		const marks: CoverageMark[] = [];
		for (const [g, id] of grouping.names.entries()) {
			if (sums.due[g] === 0) continue;
			const { shade, small, gap } = shown[g]!;
			marks.push({ id, shade, small, gap, label: markLabel(measure, shown[g]!, sums, g) });
		}
		const count = (by: typeof grouping) => ({ names: by.names, sums: aggregate(table, by, fails, moment) });
		return {
			...{ table, moment, marks, cells, cellSums, grouping, sums, shown },
			gaps: gapsOf(table, cells, cellSums, moment, this.box),
			whole: count(asWhole(table)).sums,
			standing: count(byStanding(table)).sums,
			office: count(byOffice(table)),
			facets: facetsOf(table, fails, moment, this.#filter)
		};
	}

	toggle<T extends string>(list: readonly T[], value: T): T[] {
		return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
	}
	clear(): void {
		this.kinds = [];
		this.standings = [];
		this.offices = [];
		this.items = [];
		this.departments = [];
	}
	get filtered(): boolean {
		const { kinds, standings, offices, items, departments } = this;
		return [kinds, standings, offices, items, departments].some(({ length }) => length > 0);
	}

	/** Plays the rounds from where the slider stands, from the first when it stands at the end. */
	play(): void {
		if (!this.table) return;
		if (this.position >= lastPosition(this.table)) this.position = 0;
		this.playing = true;
		this.#timer = setInterval(() => {
			if (!this.table || this.position >= lastPosition(this.table)) return this.pause();
			this.position++;
		}, STEP_MS);
	}
	pause(): void {
		clearInterval(this.#timer);
		this.playing = false;
	}
}

export type Figures = NonNullable<CoverageDesk['figures']>;
