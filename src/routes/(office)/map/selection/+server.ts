import { error, json } from '@sveltejs/kit';
import { decodeArea } from '$lib/map/area-param';
import { areaRules, type AreaRule } from '$lib/schema/plan';
import { countSelection } from '$lib/server/selection';
import type { RequestHandler } from './$types';

/** ?area= (area-param), ?rule=, ?townships=code,code: the parameters a plan is made from, counted. */
export const GET: RequestHandler = async ({ url, locals }) => {
	const text = url.searchParams.get('area');
	const area = text === null ? null : decodeArea(text);
	if (text !== null && area === null) error(400, 'area: not an encoded area; draw it again');
	const rule = url.searchParams.get('rule') ?? 'intersects';
	if (!areaRules.includes(rule as AreaRule)) error(400, 'rule: intersects, contains or centre');
	const townships = url.searchParams.get('townships')?.split(',') ?? null;
	const counts = await countSelection(locals.db, locals.county.code, {
		area: area && JSON.stringify({ type: 'MultiPolygon', coordinates: area }),
		rule: rule as AreaRule,
		townships
	});
	return json(counts, { headers: { 'Cache-Control': 'private, no-store' } });
};
