import { letterOf } from './letter-of';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => ({
	...{ id: params.id, referral: params.referral },
	letter: await letterOf(locals, params)
});
