// What the coverage page keeps in its URL, and what its print page and workbook are made from. Defaults are left out.
import { measures, type Measure } from '$lib/core/coverage/measure';
import { lastPosition, type Box, type CoverageFilter } from '$lib/core/coverage/select';
import { kinds, standings, type CoverageTable, type Standing } from '$lib/core/coverage/table';
import type { TargetKind } from '$lib/core/model';
import { formatView, parseView, type View } from '$lib/map/map-params';

export const units = ['cells', 'townships'] as const;
export type Unit = (typeof units)[number];

export interface CoverageParams {
	measure: Measure;
	unit: Unit;
	/** Nothing chosen: all. */
	kinds: TargetKind[];
	standings: Standing[];
	offices: string[];
	/** Codes of items, names of departments: of the tasks that batches were drawn for. */
	items: string[];
	departments: string[];
	/** Id of the draw after which things are shown, 0 before the first; null: today. */
	after: number | null;
	at: View | null;
	/** Cell or township. */
	picked: string | null;
	/** For print and workbook: what the figures are of, and how fine the cells are. */
	box: Box | null;
	resolution: number;
}

const listOf = <T extends string>(text: string | null, known: readonly T[]): T[] =>
	known.filter((value) => (text ?? '').split(',').includes(value));

const anyOf = (text: string | null): string[] => (text ?? '').split(',').filter((value) => value !== '');

/** Anything unreadable counts as absent. */
export function parseCoverage(query: URLSearchParams): CoverageParams {
	const after = query.get('after') ?? '';
	const box = (query.get('in') ?? '').split(',').map(Number);
	const resolution = Number(query.get('h3'));
	return {
		measure: measures.find((name) => name === query.get('measure')) ?? 'done',
		unit: units.find((name) => name === query.get('unit')) ?? 'cells',
		kinds: listOf(query.get('kind'), kinds),
		standings: listOf(query.get('standing'), standings),
		offices: anyOf(query.get('office')),
		items: anyOf(query.get('item')),
		departments: anyOf(query.get('department')),
		after: /^\d{1,9}$/.test(after) ? Number(after) : null,
		at: parseView(query.get('at') ?? ''),
		picked: query.get('picked'),
		box: box.length === 4 && box.every(Number.isFinite) ? (box as unknown as Box) : null,
		resolution: [4, 5, 6, 7, 8, 9].includes(resolution) ? resolution : 7
	};
}

/** sheet: with what the print page and the workbook need and the page knows by itself. */
export function formatCoverage(params: CoverageParams, sheet = false): string {
	const query = new URLSearchParams();
	const set = (name: string, value: string) => value !== '' && query.set(name, value);
	set('measure', params.measure === 'done' ? '' : params.measure);
	set('unit', params.unit === 'cells' ? '' : params.unit);
	set('kind', params.kinds.join());
	set('standing', params.standings.join());
	set('office', params.offices.join());
	set('item', params.items.join());
	set('department', params.departments.join());
	if (params.after !== null) query.set('after', String(params.after));
	if (sheet) {
		if (params.box) query.set('in', params.box.map((degrees) => degrees.toFixed(4)).join());
		query.set('h3', String(params.resolution));
	} else {
		if (params.at) query.set('at', formatView(params.at));
		if (params.picked) query.set('picked', params.picked);
	}
	return query.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
}

const placesOf = <T>(list: readonly T[], wanted: readonly string[], nameOf: (one: T) => string): number[] =>
	list.flatMap((one, place) => (wanted.includes(nameOf(one)) ? [place] : []));

export const filterOf = (
	params: Pick<CoverageParams, 'kinds' | 'standings' | 'offices' | 'items' | 'departments'>,
	{ offices, items, departments }: CoverageTable
): CoverageFilter => ({
	kinds: params.kinds.map((kind) => kinds.indexOf(kind)),
	standings: params.standings.map((standing) => standings.indexOf(standing)),
	offices: placesOf([...offices, { code: 'none' }], params.offices, ({ code }) => code),
	items: placesOf(items, params.items, ({ code }) => code),
	departments: placesOf(departments, params.departments, (name) => name)
});

export function positionOf({ after }: Pick<CoverageParams, 'after'>, table: CoverageTable): number {
	if (after === null) return lastPosition(table);
	if (after === 0) return 0;
	const place = table.rounds.findIndex(({ id }) => id === after);
	return place < 0 ? lastPosition(table) : place + 1;
}
