import { error } from '@sveltejs/kit';
import {
	cellSummary,
	drawnRows,
	drawOrders,
	excludedRows,
	readDraw,
	readManifest,
	townshipNamesAt,
	townshipSummary
} from '$lib/server/draw-reading';
import type { PageServerLoad } from './$types';

/** Rows of a page: what prints on a few sheets. */
const PAGE = 200;

export const load: PageServerLoad = async ({ params, url, locals: { db, county } }) => {
	const id = Number(params.id);
	if (!/^[1-9][0-9]{0,8}$/.test(params.id)) error(404, 'no such draw');
	const draw = await readDraw(db, county.code, id);
	const manifest = draw && (await readManifest(db, county.code, id));
	if (!draw || !manifest) error(404, 'no such draw');
	const townships = townshipSummary(manifest);
	const chosen = url.searchParams.get('township');
	const township = townships.find((known) => known.township === chosen)?.township ?? null;
	const order = drawOrders.find((known) => known === url.searchParams.get('order')) ?? 'serial';
	const count = townships.find((known) => known.township === township)?.drawn ?? draw.sampleSize;
	const pages = Math.max(1, Math.ceil(count / PAGE));
	const page = Math.min(pages, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
	return {
		draw,
		townships,
		names: await townshipNamesAt(db, county.code, draw.drawnAt),
		township,
		order,
		page,
		pages,
		rows: await drawnRows(db, county.code, manifest, draw.drawnAt, {
			township,
			order,
			offset: (page - 1) * PAGE,
			limit: PAGE
		}),
		cells: await cellSummary(db, county.code, id, manifest),
		excluded: await excludedRows(db, county.code, id)
	};
};
