import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { demoAccounts, demoPassword } from '$lib/server/demo-accounts';
import { stepsDone, yearSteps } from '$lib/server/training';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { training, db, county } }) => {
	if (!training) error(404, m.training_none());
	const done = await stepsDone(db, county.code);
	const next = yearSteps.find(({ step }) => !done.includes(step))?.step;
	const nameOf = (username: string) => demoAccounts.find((one) => one.username === username)!.name;
	return {
		password: demoPassword,
		steps: yearSteps.map(({ step, who, href }) => ({
			...{ step, href, who, name: nameOf(who) },
			state: done.includes(step) ? ('done' as const) : step === next ? ('next' as const) : ('open' as const)
		}))
	};
};
