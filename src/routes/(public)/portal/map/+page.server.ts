import { publicPostings } from '$lib/server/portal/list';
import { townshipOutlines } from '$lib/server/portal/postings';
import { townshipSketch } from '$lib/server/portal/township-sketch';
import type { PageServerLoad } from './$types';

export const csr = false;

export const load: PageServerLoad = async ({ locals: { portal: db, county } }) => {
	const outlines = await townshipOutlines(db, county.code);
	const postings = await publicPostings(db, county.code, new Date());
	const [first] = outlines;
	return {
		sketch: first ? townshipSketch(outlines, postings) : null,
		source: first && {
			...{ provenance: first.provenance, licence: first.licence },
			...{ reviewNumber: first.reviewNumber, sketch: first.sketch }
		}
	};
};
