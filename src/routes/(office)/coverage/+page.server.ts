import { boundaryNote, countyBounds, listTownships } from '$lib/server/selection';
import { dataVersion } from '$lib/server/tiles';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county } }) => {
	const [bounds, townships, boundary, tiles] = await Promise.all([
		countyBounds(db, county.code),
		listTownships(db, county.code),
		boundaryNote(db, county.code),
		dataVersion(db, county.code, new Date())
	]);
	return { bounds, townships, boundary, tiles };
};
