import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	county: locals.county,
	embedded: locals.embedded
});
