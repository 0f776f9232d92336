import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { countyForm, officeForm, readDivisions, zones } from '$lib/schema/setup';
import { actorOf } from '$lib/server/account';
import { requireElevated } from '$lib/server/elevated';
import { endTrial, registerCounty, type SetupProblem } from '$lib/server/setup/county';
import { saveDivisions, saveOffice } from '$lib/server/setup/directory';
import { setupState, setupSteps, type SetupStep } from '$lib/server/setup/state';
import { isElevated } from '$lib/server/sign-in';
import { takeCalendar, takeRules, unreadField } from './year-actions';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, county, user }, url }) => {
	const at = new Date();
	const state = await setupState(db, county, at);
	const next = setupSteps.find((step) => step === 'finish' || !state.done[step]) ?? 'finish';
	const asked = setupSteps.find((step) => step === url.searchParams.get('step'));
	// The step stays in the address: what is done meanwhile does not turn the page.
	if (state.registered && !asked) redirect(303, `/setup?step=${next}`);
	const confirmed = user !== null && isElevated(user, at);
	return { ...state, zones: zones(), step: (state.registered && asked) || 'county', confirmed };
};

const setting = ({ locals }: RequestEvent, at: Date) => ({
	...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at }
});
const wrong = (step: SetupStep, { field, reason, at = '' }: Omit<SetupProblem, 'ok'>) =>
	fail(400, { step, problem: { field, reason, at } });
const unread = (step: SetupStep, issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) =>
	wrong(step, unreadField(issues));
const saved = (step: SetupStep) => ({ step, saved: true as const });

export const actions = {
	county: async (event) => {
		const at = new Date();
		requireElevated(event, at);
		const given = v.safeParse(countyForm, Object.fromEntries(await event.request.formData()));
		if (!given.success) return unread('county', given.issues);
		const result = await registerCounty(setting(event, at), given.output);
		if (!result.ok) return wrong('county', result);
		redirect(303, '/setup?step=townships');
	},
	divisions: async (event) => {
		const text = String((await event.request.formData()).get('divisions') ?? '').normalize('NFC');
		const read = readDivisions(text, event.locals.county.code);
		if (!read.ok) return wrong('townships', { field: 'divisions', ...read });
		await saveDivisions(setting(event, new Date()), read.rows);
		return saved('townships');
	},
	office: async (event) => {
		const form = await event.request.formData();
		const fields = { ...Object.fromEntries(form), townships: form.getAll('townships') };
		const given = v.safeParse(officeForm, fields);
		if (!given.success) return unread('offices', given.issues);
		const result = await saveOffice(setting(event, new Date()), given.output);
		return result.ok ? saved('offices') : wrong('offices', result);
	},
	calendar: async (event) => {
		const problem = await takeCalendar(event);
		return problem ? wrong('calendar', problem) : saved('calendar');
	},
	rules: async (event) => {
		const problem = await takeRules(event);
		return problem ? wrong('rules', problem) : saved('rules');
	},
	leave: async (event) => {
		const at = new Date();
		requireElevated(event, at);
		const result = await endTrial(setting(event, at));
		return result.ok ? saved('finish') : wrong('finish', result);
	}
} satisfies Actions;
