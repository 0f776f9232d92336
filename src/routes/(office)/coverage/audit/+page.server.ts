import { auditOwn, officeNamesByCode } from '$lib/server/coverage-audit';
import type { PageServerLoad } from './$types';

/** Our own draws; a list of another system is looked at in the browser and is sent nowhere. */
export const load: PageServerLoad = async ({ locals: { db, county } }) => ({
	own: await auditOwn(db, county.code, new Date()),
	offices: await officeNamesByCode(db, county.code)
});
