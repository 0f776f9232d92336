import { env } from '$env/dynamic/private';
import {
	boundaryNote,
	countSelection,
	countyBounds,
	listTownships,
	officeNames
} from '$lib/server/selection';
import { listDraws } from '$lib/server/target';
import { dataVersion } from '$lib/server/tiles';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county } }) => {
	const [bounds, townships, counts, boundary, draws, version, offices] = await Promise.all([
		countyBounds(db, county.code),
		listTownships(db, county.code),
		countSelection(db, county.code, { area: null, rule: 'intersects', townships: null }),
		boundaryNote(db, county.code),
		listDraws(db, county.code),
		dataVersion(db, county.code, new Date()),
		officeNames(db, county.code)
	]);
	const labelText = [...townships.map(({ name }) => name), ...offices].join('');
	return {
		bounds,
		townships,
		counts,
		boundary,
		draws,
		version,
		labelText,
		tianditu: Boolean(env.TIANDITU_TOKEN)
	};
};
