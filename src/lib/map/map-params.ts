// What the map workspace keeps in the URL, so that a view can be sent, bookmarked and returned to. Defaults are left out.
import type { TargetKind } from '../core/model';
import type { AreaRule } from '../schema/plan';
import { decodeArea, encodeArea, type Area } from './area-param';

export const layerNames = [
	'township',
	'office',
	'mining_right',
	'land_parcel',
	'cells',
	'graticule'
] as const;
export type LayerName = (typeof layerNames)[number];
const shownFirst: readonly LayerName[] = ['township', 'office', 'mining_right', 'land_parcel', 'graticule'];

export const baseMaps = ['none', 'vec', 'img'] as const;
export type BaseMap = (typeof baseMaps)[number];

export interface View {
	zoom: number;
	lat: number;
	lon: number;
}

export interface MapParams {
	/** null: the whole county. */
	at: View | null;
	layers: Record<LayerName, boolean>;
	base: BaseMap;
	/** The kind a plan would be about; null: both are shown and none chosen. */
	kind: TargetKind | null;
	area: Area;
	rule: AreaRule;
	townships: string[];
	draw: number | null;
	/** What the panel is about; at most one of the three. */
	target: string | null;
	party: string | null;
	township: string | null;
	/** H3 resolution of the cells; auto: follows the zoom. */
	h3: number | 'auto';
}

const rules: readonly string[] = ['intersects', 'contains', 'centre'] satisfies AreaRule[];

/** Anything unreadable counts as absent: an old or a mangled link still opens the map. */
export function parseParams(text: string | URLSearchParams): MapParams {
	const query = new URLSearchParams(text);
	const layers = query.get('layers')?.split(',');
	const kind = query.get('kind');
	const rule = query.get('rule') ?? '';
	const draw = query.get('draw') ?? '';
	const h3 = Number(query.get('h3') ?? NaN);
	return {
		at: parseView(query.get('at') ?? ''),
		layers: Object.fromEntries(
			layerNames.map((name) => [name, (layers ?? shownFirst).includes(name)])
		) as Record<LayerName, boolean>,
		base: baseMaps.find((name) => name === query.get('base')) ?? 'none',
		kind: kind === 'mining_right' || kind === 'land_parcel' ? kind : null,
		area: decodeArea(query.get('area') ?? '') ?? [],
		rule: rules.includes(rule) ? (rule as AreaRule) : 'intersects',
		townships: (query.get('townships') ?? '').split(',').filter((code) => /^\d{9}$/.test(code)),
		draw: /^[1-9]\d{0,8}$/.test(draw) ? Number(draw) : null,
		target: query.get('target'),
		party: query.get('party'),
		township: query.get('township'),
		h3: Number.isInteger(h3) && h3 >= 4 && h3 <= 9 ? h3 : 'auto'
	};
}

export function formatParams(params: MapParams): URLSearchParams {
	const query = new URLSearchParams();
	const shown = layerNames.filter((name) => params.layers[name]);
	if (params.at) query.set('at', formatView(params.at));
	if (shown.join() !== shownFirst.join()) query.set('layers', shown.join(','));
	if (params.base !== 'none') query.set('base', params.base);
	if (params.h3 !== 'auto') query.set('h3', String(params.h3));
	if (params.draw !== null) query.set('draw', String(params.draw));
	for (const name of ['target', 'party', 'township'] as const) {
		const value = params[name];
		if (value !== null) query.set(name, value);
	}
	for (const [name, value] of scopeParams(params)) query.set(name, value);
	return query;
}

/** The part of the state that a plan is made from: /plans/new reads the same names. */
export function scopeParams(scope: Pick<MapParams, 'area' | 'rule' | 'townships' | 'kind'>): URLSearchParams {
	const query = new URLSearchParams();
	if (scope.area.length > 0) {
		query.set('area', encodeArea(scope.area));
		query.set('rule', scope.rule);
	}
	if (scope.townships.length > 0) query.set('townships', scope.townships.join(','));
	if (scope.kind) query.set('kind', scope.kind);
	return query;
}

export function parseView(text: string): View | null {
	const match = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
	if (!match) return null;
	const [zoom, lat, lon] = match.slice(1).map(Number) as [number, number, number];
	return zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

export const formatView = ({ zoom, lat, lon }: View) =>
	`${+zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
