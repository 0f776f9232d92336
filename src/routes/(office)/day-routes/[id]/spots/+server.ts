import { error, json } from '@sveltejs/kit';
import { openVersion } from '$lib/server/route/open-version';
import { spotsOf } from '$lib/server/route/spots';
import { seriesOf } from '../../series';
import type { RequestHandler } from './$types';

/** What one visit would cost anywhere else in the current version. */
export const GET: RequestHandler = async ({ params, url, locals: { db, county } }) => {
	const [visit, version] = ['visit', 'version'].map((name) => Number(url.searchParams.get(name)));
	const opened = await openVersion(db, county.code, seriesOf(params.id), version);
	if (!opened.ok) error(opened.problem.reason === 'outdated' ? 409 : 404, opened.problem.reason);
	const { ground, draft } = opened;
	if (!draft.visits.some(({ number }) => number === visit)) error(404, 'no such visit');
	return json(spotsOf(ground, draft, visit!));
};
